import * as z from 'zod';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { PaperTranslator } from './words.ts';

/** Who did something and when. An administrator has no seat, so the name stands with the deed; absent where none was given. */
export const Doer = z.strictObject({
  personId: PersonId,
  name: z.string().trim().min(1).optional(),
  at: Instant,
});
export type Doer = z.infer<typeof Doer>;

/** Typed by a person; absent once it was erased. */
export const Reason = z.string().trim().min(1);

export const doerOf = (
  { by: personId, at }: { by: PersonId; at: Instant },
  { names }: Pick<Gathered, 'names'>,
): Doer => {
  const name = names.get(personId);
  return { personId, at, ...(name && { name }) };
};

/** Both as facts of a text. */
export const doerSaid = ({ name, at }: Doer, zone: string, t: PaperTranslator) => ({
  name: name ?? t('papers.nameNotGiven'),
  at: t.moment(at, zone),
});
