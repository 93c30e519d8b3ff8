import type { Barred } from '#shared/checks/barred.ts';
import type { RoundInvariant } from '#shared/checks/finding.ts';
import type { Candidacy, Offer, Score } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Points, ratedCriteria, scaleFaults } from '#shared/domain/rubric.ts';
import type { Seats } from '#shared/domain/seats.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

/** A candidacy with all that its invariants ask about. */
export type CandidacyScene = {
  candidacy: Candidacy;
  file: Pick<RoundFile, 'rubric' | 'interviews'>;
  barred: Barred;
  /** The one that it names. */
  slot: Slot | undefined;
  /** Of each vacancy that it has a live offer for. */
  seats: ReadonlyMap<string, Seats>;
  now: Instant;
};

/** A machine that was down, or an outbox that is behind, ends an offer late; by the next night it has. */
const lateSeconds = 86_400;

/** States of one candidacy that should be impossible; true where it is in one. */
export const candidacyInvariants = {
  'score-in-conflict': ({ candidacy, barred }) =>
    [...candidacy.scores, ...candidacy.scorecards].some(({ raterId, at }) =>
      barred(raterId, candidacy.applicationId, at),
    ),
  'score-off-scale': ({ candidacy: { scores, scorecards }, file }) =>
    scores.some((score) => isOff(score, ratedCriteria(file.rubric.criteria))) ||
    scorecards.some((card) => isOff(card, file.interviews.criteria)),
  'judged-twice-by-one': ({ candidacy: { judgement } }) =>
    judgement?.confirmed !== undefined && judgement.confirmed.by === judgement.by,
  'offer-to-nobody': ({ candidacy }) =>
    (candidacy.withdrawnAt !== undefined || candidacy.deferred !== undefined) &&
    candidacy.offers.some(isLive),
  'two-acceptances': ({ candidacy }) => candidacy.offers.filter(isTaken).length > 1,
  'offer-past-due': ({ candidacy, now }) =>
    candidacy.offers.some(
      ({ status, expiresAt }) => status === 'open' && addSeconds(expiresAt, lateSeconds) < now,
    ),
  'offer-without-seat': ({ candidacy, seats }) =>
    candidacy.offers.filter(isLive).some(({ id, vacancy, status }) => {
      const seat = seats.get(vacancy)?.taken.find(({ offer }) => offer === id);
      return seat?.status !== (status === 'open' ? 'held' : 'accepted');
    }),
  'person-without-slot': ({ candidacy, slot }) =>
    candidacy.slotId !== undefined && slot?.applicationId !== candidacy.applicationId,
} satisfies Partial<Record<RoundInvariant, (scene: CandidacyScene) => boolean>>;

export const isLive = ({ status }: Pick<Offer, 'status'>): boolean =>
  status === 'open' || status === 'accepted';

/** For good, or on a condition. */
const isTaken = ({ status, condition }: Offer): boolean =>
  status === 'accepted' || (status === 'open' && condition !== undefined);

const isOff = (
  { points, total }: { points: Points } & Pick<Score, 'total'>,
  criteria: Parameters<typeof scaleFaults>[0],
): boolean => scaleFaults(criteria, points).length > 0 || !(total >= 0 && total <= 100);
