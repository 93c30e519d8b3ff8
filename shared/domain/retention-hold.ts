import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a person keeps an application for beyond its time. Everyday words, not terms of a law: which law asks for it, they write into the reason. */
export const HoldCause = z.enum(['dispute', 'court', 'audit']);
export type HoldCause = z.infer<typeof HoldCause>;

const terms = {
  /** Who put it. */
  by: PersonId,
  /** What they typed about it. */
  reason: DocumentRef,
  /** Counts until then; absent where it counts until somebody lifts it. */
  until: Instant.optional(),
};

const Hold = z.object({ ...terms, heldAt: Instant });

/** One for each cause: who lifts that of the court does not lift that of an audit. */
export const Holds = z.partialRecord(HoldCause, Hold);
export type Holds = z.infer<typeof Holds>;

export const HoldEvent = z.discriminatedUnion('type', [
  /** Where one of this cause stands already, it takes its place. */
  z.object({ type: z.literal('retention-held'), at: Instant, because: HoldCause, ...terms }),
  z.object({ type: z.literal('retention-hold-lifted'), at: Instant, because: HoldCause, by: PersonId }),
]);
export type HoldEvent = z.infer<typeof HoldEvent>;

type Held = { holds?: Holds | undefined };

/** The causes for which an application is held at this moment. */
export const heldFor = ({ holds = {} }: Held, now: Instant): HoldCause[] =>
  HoldCause.options.filter((cause) => {
    const hold = holds[cause];
    return hold !== undefined && (hold.until === undefined || now < hold.until);
  });

/** Lifts a hold; one that is not there stays so. */
export const liftHold = (
  { holds = {} }: Held,
  { because, by }: { because: HoldCause; by: PersonId },
  at: Instant,
): HoldEvent[] => (holds[because] ? [{ type: 'retention-hold-lifted', at, because, by }] : []);

export const evolveHolds = ({ holds = {} }: Held, event: HoldEvent): Holds => {
  const { [event.because]: _before, ...others } = holds;
  if (event.type === 'retention-hold-lifted') return others;
  const { at: heldAt, by, reason, until } = event;
  return { ...others, [event.because]: { heldAt, by, reason, ...(until && { until }) } };
};
