import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Percent of the scale: how far from the reference on average, and how far above it (below 0: stricter). */
const nearness = { distance: z.number(), lean: z.number() };

const Sheet = z.object({
  /** Code of a text of the round file. */
  text: z.string(),
  points: z.record(z.string(), z.number()),
  ...nearness,
  at: Instant,
});
export type PracticeSheet = z.infer<typeof Sheet>;

const Try = z.object({
  sheets: z.array(Sheet),
  ended: z.object({ at: Instant, ...nearness, passed: z.boolean() }).optional(),
});

const Certificate = z.object({
  at: Instant,
  until: Instant,
  ...nearness,
  /** Somebody asked for practice anew before it ran out. */
  endedAt: Instant.optional(),
});
export type Certificate = z.infer<typeof Certificate>;

/** How one person practised for the scoring of one round. Nothing of it is about an applicant. */
const Passport = z.object({
  roundId: RoundId,
  personId: PersonId,
  tries: z.array(Try),
  /** Tries that were not passed since the last certificate, or since more were allowed. */
  failed: z.int(),
  certificates: z.array(Certificate),
});
export type Passport = z.infer<typeof Passport>;

export const PassportEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('practice-scored'),
    at: Instant,
    roundId: RoundId,
    personId: PersonId,
    sheet: Sheet,
  }),
  z.object({ type: z.literal('practice-ended'), at: Instant, ...nearness, passed: z.boolean() }),
  z.object({ type: z.literal('rater-certified'), at: Instant, until: Instant, ...nearness }),
  /** The secretary asks for practice anew: a certificate ends, used-up tries begin again. */
  z.object({ type: z.literal('practice-asked'), at: Instant, by: PersonId }),
]);
export type PassportEvent = z.infer<typeof PassportEvent>;

/** Named by round and person, so that nothing has to be looked up. */
export const passportId = (roundId: RoundId, personId: PersonId): string => `${roundId}.${personId}`;

export const passportAggregate: Aggregate<Passport, PassportEvent> = {
  name: 'passport',
  event: PassportEvent,
  snapshot: Passport,
  evolve: (passport, event) => {
    if (event.type === 'practice-scored') {
      const { roundId, personId } = event;
      return scored(passport ?? { roundId, personId, tries: [], failed: 0, certificates: [] }, event.sheet);
    }
    if (!passport) throw new Error(`A passport cannot begin with ${event.type}.`);
    return evolvePassport(passport, event);
  },
  lists: () => ({}),
};

const scored = (passport: Passport, sheet: PracticeSheet): Passport => {
  const last = passport.tries.at(-1);
  const tries =
    last && !last.ended
      ? [...passport.tries.slice(0, -1), { sheets: [...last.sheets, sheet] }]
      : [...passport.tries, { sheets: [sheet] }];
  return { ...passport, tries };
};

const evolvePassport = (
  passport: Passport,
  event: Exclude<PassportEvent, { type: 'practice-scored' }>,
): Passport => {
  const { tries, failed, certificates } = passport;
  switch (event.type) {
    case 'practice-ended': {
      const { at, distance, lean, passed } = event;
      const last = { sheets: tries.at(-1)?.sheets ?? [], ended: { at, distance, lean, passed } };
      return { ...passport, tries: [...tries.slice(0, -1), last], failed: passed ? 0 : failed + 1 };
    }
    case 'rater-certified': {
      const { at, until, distance, lean } = event;
      return { ...passport, certificates: [...certificates, { at, until, distance, lean }] };
    }
    case 'practice-asked': {
      const last = certificates.at(-1);
      const ended = last && last.until > event.at && !last.endedAt ? [{ ...last, endedAt: event.at }] : [];
      return {
        ...passport,
        failed: 0,
        certificates: ended.length > 0 ? [...certificates.slice(0, -1), ...ended] : certificates,
      };
    }
    default:
      return event satisfies never;
  }
};
