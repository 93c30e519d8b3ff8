import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Retold, retoldSince } from '#functions/commands/disclosure-history.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { candidaciesIn, readCandidacies, readForm } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { type CommitteeCommand, type Person, workplace } from '#functions/commands/workplace.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { type Committee, comparedOn, inConflict, type SeatKind, seatOf } from '#shared/domain/committee.ts';
import { type Conflict, conflictOf, isBarring } from '#shared/domain/conflict.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { hasOpenTies, lookedThrough } from '#shared/domain/ties.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'> & Pick<SignInDeps, 'people'>;

/** What keeps a member away from an application, without why: a ground could tell a rater who the applicant is. */
type OwnConflict = {
  number: ApplicationNumber;
  because: 'declared' | 'found' | 'pinned';
  at: Instant;
};

/** A conflict as the secretary sees it, by number; the applicant's name is not in it. */
export type ConflictView = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  memberId: PersonId;
  name: string;
  bars: boolean;
  declaredAt?: Instant | undefined;
  found?: Conflict['found'];
  ruling?: { ruling: 'pinned' | 'cleared'; at: Instant; reason: string | undefined } | undefined;
};

type NamedBy = { applicationId: ApplicationId; number: ApplicationNumber };

export type ConflictsView = {
  round: Round;
  file: RoundFile;
  own: OwnConflict[];
  /** Everybody's, for the secretary alone: those that wait for a ruling first, then by number. */
  all: ConflictView[] | undefined;
  /** How many more there are with applications that the secretary's own conflicts close. */
  closed: number;
  /** Applications whose applicants named somebody, where nobody has looked it through; told to the secretary. */
  named: NamedBy[];
  /** Members whom nothing was compared of yet; told to the secretary where the round compares. */
  untold: string[];
  /** Who told of themselves anew since the call closed, and how often; told to the secretary where the round compares. */
  retold: (Retold & { name: string })[];
};

/** The conflicts of interest of a round: the own ones, and for the secretary those of everybody. */
export const conflictsView = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<ConflictsView, Refusal>> => {
  const found = await workplace(deps, command, 'conflict.read');
  if (!found.ok) return found;
  const { by, round, file, committee } = found.value;
  if (!committee || !seatOf(committee.state, by.id)) return refuse({ kind: 'not-found', what: 'round' });
  const { conflicts } = committee.state;
  const ids = [...new Set(conflicts.map(({ applicationId }) => applicationId))];
  const read = await readCandidacies(deps.records, ids);
  const numbers = new Map(read.map(({ state }) => [state.applicationId, state.number]));
  const own = conflicts.flatMap((one): OwnConflict[] => {
    const number = numbers.get(one.applicationId);
    return one.memberId === by.id && number && isBarring(one) ? [{ number, ...because(one) }] : [];
  });
  const there = { round: round.state, file, own: own.toSorted(byNumber) };
  if (by.role !== 'secretary') {
    return ok({ ...there, all: undefined, closed: 0, named: [], untold: [], retold: [] });
  }
  const isClosed = ({ applicationId }: Conflict): boolean =>
    inConflict(committee.state, by.id, applicationId);
  const open = conflicts.filter((one) => !isClosed(one) && isSaid(one));
  const all = await Promise.all(
    open.flatMap((one) => {
      const number = numbers.get(one.applicationId);
      return number ? [viewOf(deps, one, number)] : [];
    }),
  );
  return ok({
    ...there,
    all: (await withNames(deps, all)).toSorted(
      (a, b) => Number(waits(b)) - Number(waits(a)) || byNumber(a, b),
    ),
    closed: conflicts.filter((one) => isClosed(one) && one.memberId !== by.id && isSaid(one)).length,
    named: await namedIn(deps, committee.state, by.id),
    untold: file.conflicts ? await untoldIn(deps, committee.state) : [],
    retold: file.conflicts ? await retoldIn(deps, committee.state, round.state) : [],
  });
};

/** Whose texts are still to be looked through, where the secretary may look. */
const namedIn = async (
  { records }: Pick<Reads, 'records'>,
  committee: Committee,
  reader: PersonId,
): Promise<NamedBy[]> =>
  (await candidaciesIn(records, committee.roundId)).flatMap(({ state }) => {
    const { applicationId, number } = state;
    const isOpen = hasOpenTies(committee, state) && !inConflict(committee, reader, applicationId);
    return isOpen ? [{ applicationId, number }] : [];
  });

/** What was lifted whole leaves only a moment behind, which says nothing to anybody. */
const isSaid = ({ declaredAt, found, ruling }: Conflict): boolean =>
  declaredAt !== undefined || found !== undefined || ruling !== undefined;

/** Found, and neither pinned nor cleared yet. */
export const waits = ({ found, ruling, declaredAt }: Pick<ConflictView, 'found' | 'ruling' | 'declaredAt'>) =>
  found !== undefined && ruling === undefined && declaredAt === undefined;

const because = ({ ruling, declaredAt, found }: Conflict): Pick<OwnConflict, 'because' | 'at'> => {
  if (declaredAt) return { because: 'declared', at: declaredAt };
  if (ruling) return { because: 'pinned', at: ruling.at };
  if (!found) throw new Error('A conflict that bars was declared, found or pinned.');
  return { because: 'found', at: found.at };
};

const viewOf = async (
  { records }: Pick<Reads, 'records'>,
  { applicationId, memberId, declaredAt, found, ruling, ...rest }: Conflict,
  number: ApplicationNumber,
): Promise<Omit<ConflictView, 'name'>> => ({
  applicationId,
  number,
  memberId,
  bars: isBarring({ applicationId, memberId, declaredAt, found, ruling, ...rest }),
  declaredAt,
  found,
  ruling: ruling && {
    ruling: ruling.ruling,
    at: ruling.at,
    reason: await reasonText(records, ruling.reason),
  },
});

const withNames = async <T extends { memberId: PersonId }>(
  deps: Pick<Reads, 'people'>,
  views: readonly T[],
): Promise<(T & { name: string })[]> => {
  const names = await namesOf(
    deps,
    views.map(({ memberId }) => memberId),
  );
  return views.map((one) => Object.assign(one, { name: names.get(one.memberId) ?? one.memberId }));
};

const untoldIn = async (deps: Pick<Reads, 'people' | 'clock'>, committee: Committee): Promise<string[]> => {
  const untold = comparedOn(committee, deps.clock.now()).filter((id) => !committee.compared?.includes(id));
  const names = await namesOf(deps, untold);
  return untold.map((id) => names.get(id) ?? id);
};

const retoldIn = async (
  deps: Reads,
  committee: Committee,
  round: Round,
): Promise<ConflictsView['retold']> => {
  if (!isGatedRound(round)) return [];
  const retold = await retoldSince(deps, comparedOn(committee, deps.clock.now()), round.closesAt);
  return await withNames(deps, retold);
};

/** One member of a committee, or a guest, beside one application. */
export type MemberBeside = {
  memberId: PersonId;
  name: string;
  seat: SeatKind | 'guest';
  conflict?: ConflictView;
};

export type ConflictPlace = {
  round: Round;
  file: RoundFile;
  applicationId: ApplicationId;
  number: ApplicationNumber;
  members: MemberBeside[];
  /** What the applicant wrote of people on the committee and near it. */
  said: string | undefined;
  /** Where something was written: when it was looked through, and whether it still is to be, or again. */
  ties: { isOpen: boolean; looked: Instant | undefined } | undefined;
};

/**
 * Everybody on the committee beside one application, for the secretary to rule, with what the applicant wrote of them: that
 * reading is logged before it is answered (law 94-V, art. 22).
 */
export const conflictPlace = async (
  deps: Reads & Pick<CommandDeps, 'readLog'>,
  command: CandidacyCommand,
): Promise<Result<ConflictPlace, Refusal>> => {
  const found = await candidacyPlace(deps, command, 'conflict.rule');
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const { applicationId, number } = candidacy.state;
  const { committee, round, file, by } = place;
  const others = everybodyIn(committee?.state).filter(({ personId }) => personId !== by.id);
  const names = await namesOf(
    deps,
    others.map(({ personId }) => personId),
  );
  const members = await Promise.all(
    others.map(async ({ personId: memberId, seat, leftAt }): Promise<MemberBeside[]> => {
      const conflict = conflictOf(committee?.state.conflicts ?? [], memberId, applicationId);
      const name = names.get(memberId) ?? memberId;
      const isShown = conflict && isSaid(conflict);
      // Who has left is here only for what was known of them.
      if (leftAt !== undefined && !isShown) return [];
      const shown = isShown ? await viewOf(deps, conflict, number) : undefined;
      return [{ memberId, name, seat, ...(shown && { conflict: { ...shown, name } }) }];
    }),
  );
  const said = candidacy.state.facts.tiesTold ? await saidIn(deps, by, applicationId) : undefined;
  const ties =
    candidacy.state.facts.tiesTold && committee
      ? {
          isOpen: hasOpenTies(committee.state, candidacy.state),
          looked: lookedThrough(committee.state, applicationId)?.at,
        }
      : undefined;
  return ok({ round: round.state, file, applicationId, number, members: members.flat(), said, ties });
};

const everybodyIn = (
  committee: Committee | undefined,
): { personId: PersonId; seat: MemberBeside['seat']; leftAt?: Instant | undefined }[] => [
  ...(committee?.seats ?? []),
  ...(committee?.guests ?? []).flatMap(({ joined, endedAt }) =>
    joined ? [{ personId: joined.personId, seat: 'guest' as const, leftAt: endedAt }] : [],
  ),
];

/** Nothing of who withdrew the consent, and nothing that was erased. */
const saidIn = async (
  { records, readLog, clock }: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  by: Person,
  id: ApplicationId,
): Promise<string | undefined> => {
  const application = (await records.find(applicationAggregate, id))?.state;
  if (application?.stage !== 'submitted' || endsProcessing(application)) return undefined;
  const form = await readForm(records, application.form);
  if (!form?.committeeTies) return undefined;
  await readLog.add({ reader: by, owner: `application#${id}`, what: 'committee-ties', at: clock.now() });
  return form.committeeTies;
};

const byNumber = (a: { number: ApplicationNumber }, b: { number: ApplicationNumber }): number =>
  a.number < b.number ? -1 : 1;
