import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import { type CandidateView, candidateView } from '#functions/commands/candidate-views.ts';
import { type OthersCard, type OwnCard, othersCards, ownCard } from '#functions/commands/card-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn, markedCards } from '#functions/commands/discussed.ts';
import { type PracticeOverview, practiceOverview } from '#functions/commands/practice-views.ts';
import { spreadFor } from '#functions/commands/rater-feedback.ts';
import { type RaterOverview, raterOverview } from '#functions/commands/rater-overview.ts';
import { scoredIn } from '#functions/commands/rater-place.ts';
import { leftAmong } from '#functions/commands/same-iin.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { SeveritySpread } from '#shared/analysis/feedback.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { sittingGuests } from '#shared/domain/guest.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { PracticeStanding } from '#shared/domain/practice.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import {
  givenScores,
  liesApart,
  owedScores,
  ownScore,
  scoreBy,
  scoresSeenBy,
} from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** An application on a rater's list. */
type OwnItem = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  /** The own total in percent, once it is in. */
  total: number | undefined;
  /** Something is saved that is not given. */
  drafted: boolean;
};

type MovedItem = { number: ApplicationNumber; at: Instant };

/** How far one rater has come, for the secretary: counts, and no application. */
type RaterProgress = {
  personId: PersonId;
  asked: number;
  given: number;
  sits: boolean;
  /** Of a guest: the region. */
  guest?: RegionCode | undefined;
  /** Where the round asks for practice: how the rater stands. */
  practice?: PracticeStanding['kind'] | undefined;
};

export type ScoringView = {
  /** As what the reader acts on this round. */
  role: Role;
  round: Round;
  file: RoundFile;
  own: OwnItem[];
  /** What went to somebody else before the reader began it, so that other applications get their raters. */
  moved: MovedItem[];
  /** For the secretary and the chair. */
  progress: RaterProgress[] | undefined;
  /** Applications whose scores lie further apart than the round file allows; for the same, once they owe no score themselves. */
  apart: number | undefined;
  /** For the secretary where the round file says so: how far the severities of raters lie apart. */
  spread: SeveritySpread | undefined;
  /** Whether raters are told what their own scores say of them. */
  feedback: boolean;
  /** Places that no rater fills, or that somebody fills who cannot score any more; none is told to a guest. */
  open: number;
  /** For the secretary and the chair, while scoring goes on: how raters were assigned, and what keeps places open. */
  assignment: RaterOverview | undefined;
};

/** The own list, and for who runs the committee how far everyone has come. */
export const scoringView = async (
  { records, clock }: Reads,
  command: CommitteeCommand,
): Promise<Result<ScoringView, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'scoring.read');
  if (!found.ok) return found;
  const place = found.value;
  const all = await scoredAt({ records }, place);
  const committee = place.committee?.state;
  const practice = await practiceOverview({ records, clock }, { ...command, committee, file: place.file });
  const { id, role } = place.by;
  const runs = role === 'secretary' || role === 'chair';
  const guests = committee ? sittingGuests(committee, clock.now()) : [];
  const sits = new Set([
    ...(committee ? votersOf(committee) : []),
    ...guests.map(({ joined }) => joined.personId),
  ]);
  const progress = progressOf(all, place, { sits, practice });
  const own = ownItems(all, place, id);
  const owes = own.some(({ total }) => total === undefined);
  const assignment = await raterOverview({ records, clock }, place, all, { gauged: runs });
  return ok({
    role,
    round: place.round.state,
    file: place.file,
    own,
    moved: movedFrom(all, place, id),
    progress: runs ? progress : undefined,
    apart: runs && !owes ? apartIn(all, place.file) : undefined,
    spread: await spreadFor(
      role,
      all.map(({ state }) => state),
      place.file,
    ),
    feedback: place.file.raters.feedback !== undefined,
    open: role === 'guest' ? 0 : openPlaces(all, place, { sits, practice }) + unlinkedIn(assignment),
    assignment: runs ? assignment : undefined,
  });
};

export type ScorecardView = {
  role: Role;
  round: Round;
  file: RoundFile;
  candidate: CandidateView;
  asked: boolean;
  own: Score | undefined;
  card: OwnCard;
  /** Hidden until the own score is in; without who gave them. */
  others: OthersCard[] | undefined;
  /** The next own application without a score, this one left out. */
  next: ApplicationId | undefined;
};

/** One application with the own scorecard. */
export const scorecardView = async (
  { records, clock }: Reads,
  command: CandidacyCommand,
): Promise<Result<ScorecardView, Refusal>> => {
  const found = await candidacyPlace({ records, clock }, command, 'scoring.read');
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const { by } = place;
  const { applicationId } = command;
  const { own, others } = scoresSeenBy(candidacy.state, by.id);
  const left = await leftAmong(records, candidacy.state.screened.sameIin);
  return ok({
    role: by.role,
    round: place.round.state,
    file: place.file,
    candidate: candidateView(candidacy.state, { by, now: clock.now(), left }),
    asked: candidacy.state.raters.includes(by.id),
    own,
    card: await ownCard(records, ownScore(candidacy.state, by.id)),
    others: others && (await othersCards(records, others, await marksIn(records, place, candidacy.state))),
    next: nextOf(ownItems(await scoredAt({ records }, place), place, by.id), applicationId),
  });
};

/** What says of scores of an application that they do not stand apart. */
const marksIn = async (
  records: CommandDeps['records'],
  { round }: Workplace,
  { applicationId, scores: cards }: Candidacy,
) =>
  await markedCards(records, await discussedIn(records, round.state, 'scoring'), {
    applicationId,
    type: 'score-given',
    cards,
  });

/** The next open application behind this one, or the first open one. */
const nextOf = (own: readonly OwnItem[], after: ApplicationId): ApplicationId | undefined => {
  const at = own.findIndex(({ applicationId }) => applicationId === after);
  const turned = [...own.slice(at + 1), ...own.slice(0, Math.max(at, 0))];
  return turned.find(({ total }) => total === undefined)?.applicationId;
};

const scoredAt = async (
  { records }: Pick<Reads, 'records'>,
  { round }: Workplace,
): Promise<Versioned<Candidacy>[]> =>
  round.state.stage === 'scoring' ? await scoredIn(records, round.state) : [];

const ownItems = (
  all: readonly Versioned<Candidacy>[],
  { committee }: Workplace,
  rater: PersonId,
): OwnItem[] =>
  all
    .filter(
      ({ state }) =>
        state.raters.includes(rater) && !inConflict(committee?.state, rater, state.applicationId),
    )
    .map(({ state }) => ({
      applicationId: state.applicationId,
      number: state.number,
      total: scoreBy(state, rater)?.total,
      drafted: ownScore(state, rater).draft !== undefined,
    }));

const movedFrom = (
  all: readonly Versioned<Candidacy>[],
  { committee }: Workplace,
  reader: PersonId,
): MovedItem[] =>
  all.flatMap(({ state: { applicationId, number, raters, moved = [] } }) => {
    const last = moved.findLast(({ rater }) => rater === reader);
    const isGone = !raters.includes(reader) && !inConflict(committee?.state, reader, applicationId);
    return last && isGone ? [{ number, at: last.at }] : [];
  });

const apartIn = (all: readonly Versioned<Candidacy>[], { raters }: RoundFile): number =>
  all.filter(({ state }) => liesApart(state, raters)).length;

const unlinkedIn = (assignment: RaterOverview | undefined): number => assignment?.unlinked ?? 0;

/** Who may be asked now, and how they practised. */
type Raters = { sits: ReadonlySet<PersonId>; practice: PracticeOverview | undefined };

const progressOf = (
  all: readonly Versioned<Candidacy>[],
  { committee }: Workplace,
  { sits, practice }: Raters,
): RaterProgress[] => {
  const regions = new Map(
    (committee?.state.guests ?? []).flatMap(({ joined, region }) =>
      joined ? [[joined.personId, region] as const] : [],
    ),
  );
  const counts = new Map<PersonId, { asked: number; given: number }>();
  for (const { state } of all) {
    for (const rater of state.raters) {
      const before = counts.get(rater) ?? { asked: 0, given: 0 };
      const given = before.given + (scoreBy(state, rater) ? 1 : 0);
      counts.set(rater, { asked: before.asked + 1, given });
    }
  }
  for (const rater of sits) if (!counts.has(rater)) counts.set(rater, { asked: 0, given: 0 });
  return [...counts].map(([personId, { asked, given }]) => ({
    personId,
    asked,
    given,
    sits: sits.has(personId),
    guest: regions.get(personId),
    practice: practice?.standings.get(personId)?.kind,
  }));
};

const openPlaces = (
  all: readonly Versioned<Candidacy>[],
  { committee, file }: Workplace,
  { sits, practice }: Raters,
): number =>
  all.reduce((sum, { state }) => {
    const able = state.raters.filter(
      (rater) =>
        scoreBy(state, rater) ||
        (sits.has(rater) &&
          practice?.standings.get(rater)?.kind !== 'used-up' &&
          !inConflict(committee?.state, rater, state.applicationId)),
    );
    const owed = owedScores(state, file.raters) + givenScores(state).length;
    return sum + Math.max(0, owed - able.length);
  }, 0);
