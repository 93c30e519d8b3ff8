import * as z from 'zod';
import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { ElsewhereChoices } from '#shared/domain/elsewhere-choices.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';

/** What came of a post that another region proposed: it was accepted, or nothing came of it. */
export const Answer = z.enum(['accepted', 'ended']);
export type Answer = z.infer<typeof Answer>;

/** The part by which somebody is out of the own round, since they accepted a post of another region; undefined for everybody else. */
export const goneElsewhere = ({
  elsewhere = [],
}: Pick<Contender, 'elsewhere'>): (ElsewhereChoices & { goneAt: Instant }) | undefined =>
  elsewhere.find((one): one is ElsewhereChoices & { goneAt: Instant } => one.goneAt !== undefined);

/** Offers by which somebody has a post here, for good or on a condition. */
const standingHere = ({ offers }: Pick<Contender, 'offers'>): Offer[] =>
  offers.filter(
    ({ status, condition }) => status === 'accepted' || (status === 'open' && condition !== undefined),
  );

/** What the statement of another region does to somebody of the own round. */
export type Effect =
  /** Out of the round, with the offers that are still open. */
  | { kind: 'closes'; offers: Offer[] }
  /** Holds another post for good or on a condition, here or in a further region: the person is to say which one it is to be. */
  | { kind: 'conflict'; offers: Offer[]; further: ElsewhereChoices[] }
  /** Was out by an earlier statement of that region, and is in again: what ended with it may be offered anew. */
  | { kind: 'returns'; offers: Offer[] }
  /** Was out by an earlier statement of that region and stays so, since no offers are made any more. */
  | { kind: 'over' }
  /** Is noted and changes nothing; whoever accepted a post of a further region as well stays out by that one. */
  | { kind: 'noted'; stays?: ElsewhereChoices };

/** What a region states of one person, and the stage of the own round at which it is heard. */
type AtList = { list: Sha256; answer: Answer; stage: Stage };

/** Nothing is taken from anybody who accepted a post here: a statement that says otherwise is a conflict, which the person ends. */
export const effectOf = (candidacy: Contender, { list, answer, stage }: AtList): Effect => {
  const gone = goneElsewhere(candidacy);
  const isBy = gone?.list === list;
  const further = (candidacy.elsewhere ?? []).filter(
    (one) => one.list !== list && one.answer?.kind === 'accepted',
  );
  // Whoever withdrew or waits for another intake is out of this round whatever a region states.
  if (candidacy.withdrawnAt || candidacy.deferred) return { kind: 'noted' };
  if (answer === 'ended') {
    const [stays] = further;
    if (!isBy || stays) return { kind: 'noted', ...(isBy && stays && { stays }) };
    if (stage !== 'offers') return { kind: 'over' };
    const ended = candidacy.offers.filter((one) => one.status === 'closed' && one.endedAt === gone.goneAt);
    return { kind: 'returns', offers: ended };
  }
  if (isBy) return { kind: 'noted' };
  const offers = standingHere(candidacy);
  if (offers.length > 0 || further.length > 0) return { kind: 'conflict', offers, further };
  return { kind: 'closes', offers: candidacy.offers.filter(({ status }) => status === 'open') };
};

/**
 * Notes with somebody who was handed over what they answered there, and what follows from it here: open offers end, nothing that was accepted does. The same again changes
 * nothing.
 */
export const noteAnswer = (
  candidacy: Candidacy,
  { list, answer, stage, on }: AtList & { on: string },
  now: Instant,
): CandidacyEvent[] => {
  const own = candidacy.elsewhere?.find((one) => one.list === list);
  if (!own?.handedAt || (own.answer?.kind === answer && own.answer.on === on)) return [];
  const effect = effectOf(candidacy, { list, answer, stage });
  const said = { type: 'elsewhere-answered', at: now, list, answer, on } as const;
  if (effect.kind === 'returns') {
    const offers = effect.offers.map(({ id }) => id);
    return [said, { type: 'elsewhere-returned', at: now, list, offers }];
  }
  if (effect.kind === 'noted' && effect.stays)
    return [said, { type: 'elsewhere-gone', at: now, list: effect.stays.list }];
  if (effect.kind !== 'closes') return [said];
  return [said, ...effect.offers.map(closing(now)), { type: 'elsewhere-gone', at: now, list }];
};

/**
 * With what ends somebody's conditional acceptance, when they accepted a post of another region meanwhile: from then on that one alone stands, and nothing more is
 * offered here.
 */
export const goneWith = (
  candidacy: Candidacy,
  ended: Pick<Offer, 'condition'>,
  now: Instant,
): CandidacyEvent[] => {
  const accepted = candidacy.elsewhere?.find(({ answer }) => answer?.kind === 'accepted');
  if (!ended.condition || !accepted || goneElsewhere(candidacy)) return [];
  return [{ type: 'elsewhere-gone', at: now, list: accepted.list }];
};

const closing =
  (at: Instant) =>
  ({ id: offer }: Offer): CandidacyEvent => ({ type: 'offer-closed', at, offer });
