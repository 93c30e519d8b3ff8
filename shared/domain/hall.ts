import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { joined, leaving, Sitting } from '#shared/domain/sittings.ts';

/** Where the whole committee sits, as it was typed with times that were planned together, and when. */
export const Hall = z.object({ place: DocumentRef, sittings: z.array(Sitting) });
export type Hall = z.infer<typeof Hall>;

export const hallTaken = (
  halls: readonly Hall[],
  place: DocumentRef,
  sittings: readonly Sitting[],
): Hall[] => {
  const before = halls.find((hall) => isAt(hall, place))?.sittings ?? [];
  const taken = { place, sittings: joined([...before, ...sittings]) };
  return [...halls.filter((hall) => !isAt(hall, place)), taken];
};

/** Times leave the plan; a hall without any is none. */
export const hallLeft = (halls: readonly Hall[], place: DocumentRef, sittings: readonly Sitting[]): Hall[] =>
  halls
    .map((hall) =>
      isAt(hall, place) ? { ...hall, sittings: sittings.reduce(leaving, [...hall.sittings]) } : hall,
    )
    .filter((hall) => hall.sittings.length > 0);

const isAt = (hall: Hall, { digest }: DocumentRef): boolean => hall.place.digest === digest;
