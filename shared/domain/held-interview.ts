import * as z from 'zod';
import { type Candidacy, heldEvents } from '#shared/domain/candidacy.ts';

const HeldEvent = z.discriminatedUnion('type', heldEvents);
export type HeldEvent = z.infer<typeof HeldEvent>;

const heldTypes: ReadonlySet<string> = new Set(heldEvents.map(({ shape }) => shape.type.value));

export const isHeldEvent = (event: { type: string }): event is HeldEvent => heldTypes.has(event.type);

/** What is kept of an interview while it is held: of a candidacy, or of an interview that was owed (`owed-interview.ts`). */
export type HeldRecord = Pick<
  Candidacy,
  'applicationId' | 'number' | 'scorecards' | 'scorecardDrafts' | 'notes' | 'missedInterview'
>;

/** How events of holding an interview change the record. A card that is given takes the place of its draft. */
export const heldThen = <Held extends HeldRecord>(held: Held, event: HeldEvent): Held => {
  const { scorecardDrafts = [] } = held;
  switch (event.type) {
    case 'interview-missed':
      return { ...held, missedInterview: true };
    case 'interview-attended':
      return { ...held, missedInterview: false };
    case 'interview-noted':
      return { ...held, notes: newest(held.notes ?? [], event.note) };
    case 'scorecard-drafted':
      return { ...held, scorecardDrafts: newest(scorecardDrafts, event.draft) };
    case 'scorecard-given': {
      const scorecards = newest(held.scorecards, event.score);
      const left = scorecardDrafts.length > 0 && { scorecardDrafts: without(scorecardDrafts, event.score) };
      return { ...held, scorecards, ...left };
    }
    default:
      return event satisfies never;
  }
};

type Rated = { raterId: string; station?: string | undefined };

export const without = <Card extends Rated>(
  cards: readonly Card[],
  { raterId: rater, station: at }: Rated,
): Card[] => cards.filter(({ raterId, station }) => raterId !== rater || station !== at);

export const newest = <Card extends Rated>(cards: readonly Card[], card: Card): Card[] => [
  ...without(cards, card),
  card,
];
