import { claimsIn } from '#functions/commands/claim-reading.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { roundFileOf, standingListOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { severityAdjuster } from '#functions/commands/severity.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { withCapacities } from '#shared/domain/capacity.ts';
import type { ResultClaim } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { decidedIn, standingMotions, type Wanted } from '#shared/domain/departure-decisions.ts';
import { exchangedIn } from '#shared/domain/exchange.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { OfferPlan } from '#shared/domain/offer-wave.ts';
import { promisedFirsts } from '#shared/domain/promised-first.ts';
import { firstIn } from '#shared/domain/remedy.ts';
import { type Round, RoundEvent } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { RecordReads } from '#shared/ports/records.ts';
import type { Posts } from '#shared/replay/affected.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { type Drawn, proposalsIn, readsNamed } from '#shared/replay/drawn.ts';
import { drawnFrom, pastOf } from '#shared/replay/past.ts';
import type { Basis } from '#shared/replay/recount.ts';

/** What a round can be counted again from. */
export type RecountBasis = {
  basis: Basis;
  posts: Posts;
  /** The newest list that ranks, as it was decided. */
  decided: StandingList;
  /** Claims that were upheld. */
  upheld: ResultClaim[];
};

/** Everything that the results of a round follow from, by its events until a moment; undefined before anything was ranked. */
export const recountBasis = async (
  chronicle: Chronicle,
  until: Instant,
): Promise<RecountBasis | undefined> => {
  const now = pastOf(chronicle, until);
  const round = (await now.find(roundAggregate, chronicle.roundId))?.state;
  const decisions = round && 'decisions' in round ? round.decisions : {};
  if (!round || !('register' in round) || !round.register || !decisions.scoring) return undefined;
  const file = await roundFileOf(now, round.plan);
  const scoring = await standingListOf(now, decisions.scoring);
  const decided = await newestOf(now, decisions);
  const listOf = async (decision: Sha256 | undefined) => decision && (await standingListOf(now, decision));
  const drawSeed = scoring.drawSeed ?? decided.drawSeed;
  if (!drawSeed) return undefined;
  const [scored, interviewed, final] = (['scoring', 'interviews', 'claims'] as const).map((stage) =>
    decidedAt(chronicle, decisions[stage]),
  );
  const candidacies = await candidaciesAt(now, round);
  const [interviewList, finalList] = [await listOf(decisions.interviews), await listOf(decisions.claims)];
  const then = final ? drawnFrom(chronicle, final) : now;
  const claimed = async () => (final ? asRead(await candidaciesAt(then, round), finalList) : candidacies);
  return {
    decided,
    upheld: (await claimsIn(now, round.id)).flatMap(({ state }) =>
      state.status === 'upheld' ? [state] : [],
    ),
    basis: {
      roundId: round.id,
      file,
      drawSeed,
      wanted: {
        scoring: decidedIn(scoring),
        interviews: decidedOn(interviewList),
        claims: [
          ...decidedOn(interviewList),
          ...(await movedAtClaims(then, round, final)),
          ...decidedOn(finalList),
        ],
      },
      scoring: await scoringBasis(drawnFrom(chronicle, scored ?? { at: until }), {
        round,
        file,
        decided: scoring,
      }),
      ...(interviewed && {
        interviews: await interviewBasis(drawnFrom(chronicle, interviewed), round, interviewList),
      }),
      claims: await claimed(),
    },
    posts: {
      candidacies,
      vacancies: await postsIn(now, round, round.register.sha256),
      plan: planIn(round, file, candidacies),
      begun: isFinal(round) && round.offersReleasedAt !== undefined,
    },
  };
};

const decidedOn = (list: StandingList | undefined): Wanted[] => (list ? decidedIn(list) : []);

/** What was moved on the final results, also where the points came to the same when they were drawn up. */
const movedAtClaims = async (
  records: RecordReads,
  round: Round,
  decided: { gate?: string } | undefined,
): Promise<Wanted[]> => {
  const committee = (await records.find(committeeAggregate, round.id))?.state;
  const open = round.stage === 'claims' ? await gateOfRound(records, round) : undefined;
  const gate = decided?.gate === undefined ? open : await records.find(gateAggregate, decided.gate);
  return gate && committee ? standingMotions(gate.state, committee) : [];
};

/** What the round file says of its posts, whether second choices counted by then, and whom remedies put first. */
const planIn = (round: Round, { posts }: RoundFile, candidacies: readonly Candidacy[]): OfferPlan => ({
  ...posts,
  ...exchangedIn('exchange' in round ? round : {}),
  ...firstIn('remedies' in round ? round : {}, promisedFirsts(candidacies)),
});

/** The vacancies, each with the number of posts that counts. */
const postsIn = async (
  records: Pick<RecordReads, 'blob'>,
  round: Round,
  register: Sha256,
): Promise<readonly Vacancy[]> =>
  withCapacities(await vacanciesOf(records, register), 'capacities' in round ? round : {});

type Decisions = Partial<Record<GatedStage, Sha256 | undefined>>;

/** When the list that was decided on was drawn up, of what and at which gate: from then on nothing moved under the votes. */
const decidedAt = (
  chronicle: Chronicle,
  decision: Sha256 | undefined,
): (Drawn & { gate?: string }) | undefined => {
  const [newest] = proposalsIn(chronicle.events)
    .filter(({ proposal }) => proposal === decision)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (newest) return { at: newest.at, reads: readsNamed(chronicle, newest.reads), gate: newest.gate };
  const advanced = chronicle.events.flatMap(({ aggregate, fact }) => {
    const event = aggregate === 'round' ? RoundEvent.parse(fact) : undefined;
    return event?.type === 'stage-advanced' && event.decision === decision ? event.at : [];
  });
  const at = advanced.toSorted().at(-1);
  return at && { at };
};

const candidaciesAt = async (records: RecordReads, { id }: Pick<Round, 'id'>): Promise<Candidacy[]> =>
  (await candidaciesIn(records, id)).map(({ state }) => state);

/**
 * Applications as they were when their list was made. A list that does not say which versions it read had its moment after the reading, so whoever
 * withdrew in between counts in it, for others' ranks and for what their scores were adjusted by.
 */
const asRead = (candidacies: readonly Candidacy[], list: StandingList | undefined): Candidacy[] => {
  if (!list) return [...candidacies];
  const gone = new Set(
    list.standings.flatMap(({ applicationId, reasons }) =>
      reasons.includes('withdrawn') ? [applicationId] : [],
    ),
  );
  return candidacies.map((one) => {
    const { withdrawnAt: _since, ...there } = one;
    return gone.has(one.applicationId) ? one : there;
  });
};

const scoringBasis = async (
  records: RecordReads,
  {
    round,
    file,
    decided,
  }: { round: Round; file: Awaited<ReturnType<typeof roundFileOf>>; decided: StandingList },
): Promise<Basis['scoring']> => {
  const { marksOf } = await marksBasis(records, { roundId: round.id, file });
  const on = new Set(
    decided.standings.flatMap(({ applicationId, total }) => (total === undefined ? [] : [applicationId])),
  );
  const candidacies = await candidaciesAt(records, round);
  const adjust = await severityAdjuster(file, decided.adjustment);
  return {
    decided: decided.standings,
    candidacies: asRead(
      candidacies.filter(({ applicationId }) => on.has(applicationId)),
      decided,
    ),
    marksOf,
    ...(adjust && { adjust }),
  };
};

const interviewBasis = async (
  records: RecordReads,
  { id }: Pick<Round, 'id'>,
  decided: StandingList | undefined,
): Promise<NonNullable<Basis['interviews']>> => {
  const committee = (await records.find(committeeAggregate, id))?.state;
  if (!committee) throw new Error(`The round ${id} has no committee.`);
  return { committee, candidacies: asRead(await candidaciesAt(records, { id }), decided) };
};

const newestOf = async (
  records: Pick<RecordReads, 'blob'>,
  { scoring, interviews, claims }: Decisions,
): Promise<StandingList> => {
  const newest = claims ?? interviews ?? scoring;
  if (!newest) throw new Error('Nothing was ranked yet.');
  return await standingListOf(records, newest);
};
