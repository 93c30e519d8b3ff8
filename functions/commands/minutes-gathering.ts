import { claimsIn } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { absencesAt } from '#functions/commands/meeting-room.ts';
import { changedCardsOf } from '#functions/commands/minutes-cards.ts';
import { codedIn } from '#functions/commands/minutes-codes.ts';
import { correctionsIn, doersIn, heededIn, reasonsIn } from '#functions/commands/minutes-corrections.ts';
import { importersIn, marksIn, marksReasonsIn } from '#functions/commands/minutes-marks.ts';
import { roundFileOf, standingListOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { eachOf, readCandidacies } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { givenNamesOf } from '#functions/commands/staff-names.ts';
import { type Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { withCapacities } from '#shared/domain/capacity.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { fold } from '#shared/domain/event.ts';
import { type Gate, gateAggregate, gateClaim, noGate } from '#shared/domain/gate.ts';
import type { ApplicationId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { passportAggregate, passportId } from '#shared/domain/passport.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { type Poll, pollsAggregate } from '#shared/domain/poll.ts';
import { RoundEvent, type RoundIn } from '#shared/domain/round.ts';
import { gatedStages } from '#shared/domain/stage.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Gathered, Judgement } from '#shared/papers/gathered.ts';
import type { Records } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'chance'> & Pick<SignInDeps, 'people'>;

const readsAtOnce = 32;

/**
 * Reads all that the minutes of a closed round speak of. Everything by its id or its claim, since a list may lag behind; only
 * claims are found by a list, which was last added to days before. Names are those of this moment.
 */
export const gatherRound = async (deps: Deps, round: RoundIn<'closed'>): Promise<Gathered> => {
  const { records } = deps;
  const [history, committee, file, vacancies, gates, claims, marks, panels, elsewhere, corrected] =
    await Promise.all([
      records.history('round', round.id),
      records.history(committeeAggregate.name, round.id),
      roundFileOf(records, round.plan),
      vacanciesOf(records, round.register.sha256),
      gatesIn(records, round),
      claimsIn(records, round.id),
      marksIn(records, round.id),
      records.find(panelsAggregate, round.id),
      records.find(elsewhereAggregate, round.id),
      correctionsIn(records, round.id),
    ]);
  const beside = await besideGates(deps, { round, file }, gates);
  const lists = await listsOf(records, gates);
  const everyone = (round.decisions.screening && lists.get(round.decisions.screening)?.standings) ?? [];
  const ids = everyone.map(({ applicationId }) => applicationId);
  const candidacies = (await readCandidacies(records, ids)).map(({ state }) => state);
  const judgements = await judgementsOf(records, candidacies, gates);
  const owed = await owedIn(records, candidacies);
  const seatedNow = fold(committeeAggregate, committee);
  const { seats = [], guests = [], conflicts = [] } = seatedNow ?? {};
  const told = { ...corrected, candidacies, claims: claims.map(({ state }) => state) };
  const joined = guests.flatMap((guest) => guest.joined?.personId ?? []);
  // Guests practise as members do, and their scores count.
  const practising = [...new Set([...seats.map(({ personId }) => personId), ...joined])];
  const passportOf = (id: PersonId) => records.find(passportAggregate, passportId(round.id, id));
  const passports = await eachOf(practising, readsAtOnce, passportOf);
  return {
    round,
    file,
    vacancies: withCapacities(vacancies, round),
    history,
    committee,
    panels: panels?.state.panels,
    names: await givenNamesOf(deps, [...practising, ...doersIn(corrected, history), ...importersIn(marks)]),
    passports: passports.flatMap((found) => found?.state ?? []),
    gates,
    ...beside,
    lists,
    ...marks,
    changedCards: await changedCardsOf(records, candidacies),
    judgements,
    owed,
    elsewhere: elsewhere?.state,
    placements: await placementsOf(records, candidacies),
    ...told,
    ...(await codedIn(deps, { id: round.id, committee: seatedNow }, told)),
    said: await typedIn(records, [
      ...reasonsAtGates(gates, lists, judgements),
      ...history.map(({ fact }) => RoundEvent.parse(fact)).flatMap(reasonOfRound),
      ...marksReasonsIn(marks),
      ...reasonsIn(corrected),
      ...reasonsBeside(beside),
      ...conflicts.flatMap(({ ruling }) => ruling?.reason ?? []),
    ]),
  };
};

/** Whoever was interviewed in the stage is owed nothing. */
const owedIn = async (records: Pick<Records, 'find'>, candidacies: readonly Candidacy[]) => {
  const others = candidacies.filter(({ scorecards }) => scorecards.length === 0);
  const found = await eachOf(others, readsAtOnce, ({ applicationId }) =>
    records.find(owedInterviewAggregate, applicationId),
  );
  return found.flatMap((one) => one?.state ?? []);
};

const placementsOf = async (records: Pick<Records, 'find'>, candidacies: readonly Candidacy[]) => {
  const placed = candidacies.flatMap((one) => acceptedOffer(one)?.placementId ?? []);
  const found = await eachOf(placed, readsAtOnce, (id) => records.find(placementAggregate, id));
  return found.flatMap((placement) => placement?.state ?? []);
};

/** Of votes and meetings, of what a committee decided otherwise than proposed, and of judgements. */
const reasonsAtGates = (
  gates: readonly Gate[],
  lists: Gathered['lists'],
  judgements: Gathered['judgements'],
): DocumentRef[] => [
  ...gates.flatMap(({ votes, meetings }) => [...votes, ...meetings].flatMap(({ reason }) => reason ?? [])),
  ...[...lists.values()].flatMap(({ departures = [] }) => departures.map(({ reason }) => reason)),
  ...[...judgements.values()].flat().flatMap(({ reason }) => reason ?? []),
];

const reasonOfRound = (event: RoundEvent): DocumentRef[] => {
  if (event.type === 'advance-undone' || event.type === 'beacon-waived' || event.type === 'offers-stopped')
    return [event.reason];
  const heeded = heededIn(event);
  return heeded ? [heeded.reason] : [];
};

/** What was discussed at the gates and ranked by ballot, and when their chair was away. */
const besideGates = async (
  { records }: Pick<Deps, 'records'>,
  { round: { id: roundId }, file }: Pick<Gathered, 'round' | 'file'>,
  gates: readonly Gate[],
) => {
  const discussions = await eachOf(gates, readsAtOnce, ({ id }) => records.find(discussionsAggregate, id));
  const polls: readonly Poll[] = (await records.find(pollsAggregate, roundId))?.state.polls ?? [];
  const absences = await eachOf(
    gates,
    readsAtOnce,
    async (gate) => [gate.id, await absencesAt({ records }, { gate, file })] as const,
  );
  return {
    discussions: discussions.flatMap((found) => found?.state ?? []),
    polls,
    absences: new Map(absences),
  };
};

const reasonsBeside = ({ discussions, polls }: Awaited<ReturnType<typeof besideGates>>): DocumentRef[] => [
  ...polls.flatMap((poll) => (poll.status === 'annulled' ? [poll.reason] : [])),
  ...discussions
    .flatMap(({ meetings }) => meetings)
    .flatMap(({ despite = [] }) => despite.map(({ reason }) => reason)),
];

/** Every gate that the round has had, by the claims that make each the only one of its stage and attempt. */
const gatesIn = async (records: Pick<Records, 'claimed' | 'find'>, round: RoundIn<'closed'>) => {
  const places = gatedStages.flatMap((stage) =>
    Array.from({ length: round.visits[stage] ?? 0 }, (_, visit) => ({
      roundId: round.id,
      stage,
      attempt: visit + 1,
    })),
  );
  const found = await eachOf(places, readsAtOnce, async (place) => {
    const id = await records.claimed(gateClaim(place));
    return id === undefined || id === noGate ? undefined : await records.find(gateAggregate, id);
  });
  return found.flatMap((gate) => gate?.state ?? []);
};

const listsOf = async (
  records: Pick<Records, 'blob'>,
  gates: readonly Gate[],
): Promise<ReadonlyMap<Sha256, StandingList>> => {
  const lists = new Map<Sha256, StandingList>();
  for (const { proposal } of gates) {
    if (proposal) lists.set(proposal, await standingListOf(records, proposal));
  }
  return lists;
};

/** The newest judgement, and the earlier ones where it was given after a gate that decided on an earlier one. */
const judgementsOf = async (
  records: Pick<Records, 'history'>,
  candidacies: readonly Candidacy[],
  gates: readonly Gate[],
): Promise<ReadonlyMap<ApplicationId, readonly Judgement[]>> => {
  const decisions = gates.flatMap((gate) =>
    gate.stage === 'screening' && gate.status === 'decided' ? [gate.decidedAt] : [],
  );
  const judged = await eachOf(candidacies, readsAtOnce, async (candidacy) => {
    const { judgement, applicationId } = candidacy;
    if (!judgement) return [];
    const isLater = decisions.some((decidedAt) => judgement.at > decidedAt);
    return isLater ? await earlierJudgements(records, applicationId) : [judgement];
  });
  return new Map(candidacies.map(({ applicationId }, index) => [applicationId, judged[index] ?? []]));
};

const earlierJudgements = async (
  { history }: Pick<Records, 'history'>,
  id: ApplicationId,
): Promise<Judgement[]> =>
  (await history('candidacy', id))
    .map(({ fact }) => CandidacyEvent.parse(fact))
    .flatMap((event) => (event.type === 'application-judged' ? [event] : []));

/** What was typed, by the digest of its document. */
const typedIn = async (
  records: Pick<Records, 'document'>,
  refs: readonly DocumentRef[],
): Promise<Gathered['said']> => {
  const texts = new Map<Sha256, string>();
  await eachOf(refs, readsAtOnce, async (ref) => {
    const text = await reasonText(records, ref);
    if (text?.trim()) texts.set(ref.digest, text.trim());
  });
  return (ref) => ref && texts.get(ref.digest);
};
