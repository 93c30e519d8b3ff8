import { type Apart, effectsOf } from '#functions/commands/conflict-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { applicationsIn, eachOf, readForm } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { profilesOf } from '#functions/commands/staff-names.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import {
  type Committee,
  type CommitteeEvent,
  committeeAggregate,
  comparedOn,
} from '#shared/domain/committee.ts';
import type { Finding } from '#shared/domain/conflict.ts';
import {
  type ComparedApplicant,
  type ComparedMember,
  findConflicts,
} from '#shared/domain/conflict-grounds.ts';
import { newFindings } from '#shared/domain/conflict-rulings.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { PersonId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type SearchDeps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'> & Pick<SignInDeps, 'people'>;

/** Forms read at once. */
const width = 64;

/** Findings stored in one transaction: each may hand an application over, which costs three items of its hundred. */
const perCommit = 30;

/**
 * Compares what each member disclosed with every submitted application of a round that asks for it, and stores what is new: from
 * that commit on the member is kept away. Nothing while the call is open and once the round has ended. Repeatable; what was
 * cut short is found again. What is compared lives only while this runs: neither event nor log holds any of it.
 * @throws when it loses its races too often: whoever asked tries again
 */
export const searchConflicts = async (
  deps: SearchDeps,
  roundId: RoundId,
  by: Actor = { kind: 'system', name: 'workflow' },
): Promise<void> => {
  const round = await deps.records.find(roundAggregate, roundId);
  if (!round || !isGatedRound(round.state)) return;
  const file = await roundFileOf(deps.records, round.state.plan);
  const committee = await deps.records.find(committeeAggregate, roundId);
  if (!file.conflicts || !committee) return;
  const members = await membersOf(deps, committee.state);
  if (members.length === 0) return;
  const register = await vacanciesOf(deps.records, round.state.register.sha256);
  const schools = new Map(register.map(({ code, school }) => [code, [school.kk, school.ru]]));
  const found = findConflicts(members, await applicantsOf(deps, roundId, schools), file.conflicts);
  const compared = members.map(({ memberId }) => memberId);
  for (let more = true; more; ) {
    const stored = await decideAgain(() => storeNext(deps, { roundId, by, file, found, compared }));
    if (!stored.ok) throw new Error(`Conflicts could not be stored: ${stored.error.kind}.`);
    more = stored.value;
  }
};

/** Who sits on the committee or scores as a guest, and has told something of themselves. */
const membersOf = async (deps: SearchDeps, committee: Committee): Promise<ComparedMember[]> => {
  const profiles = await profilesOf(deps, comparedOn(committee, deps.clock.now()));
  return profiles.flatMap(({ personId: memberId, disclosure }) =>
    disclosure ? [{ memberId, disclosure }] : [],
  );
};

type Schools = ReadonlyMap<VacancyCode, readonly string[]>;

const applicantsOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  roundId: RoundId,
  schools: Schools,
): Promise<ComparedApplicant[]> => {
  const submitted = (await applicationsIn(records, roundId)).flatMap(({ state }) =>
    state.stage === 'submitted' ? [state] : [],
  );
  const read = await eachOf(submitted, width, (application) =>
    applicantOf({ records }, application, schools),
  );
  return read.flatMap((applicant) => applicant ?? []);
};

/** Nothing of somebody whose form was erased. */
const applicantOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { id: applicationId, form: ref, choices }: ApplicationIn<'submitted'>,
  schools: Schools,
): Promise<ComparedApplicant | undefined> => {
  const form = await readForm(records, ref);
  if (!form) return undefined;
  const { fullName, latinName, employer, institution, address } = form;
  const wanted = choices.flatMap((code) => schools.get(code) ?? []);
  return { applicationId, fullName, latinName, employer, institution, address, schools: wanted };
};

type Search = {
  roundId: RoundId;
  by: Actor;
  file: RoundFile;
  found: readonly Finding[];
  compared: readonly PersonId[];
};

/** Stores the next findings that are new, the last ones with who was compared. Answers whether there are more. */
const storeNext = async (
  deps: SearchDeps,
  { roundId, by, file, found, compared }: Search,
): Promise<Result<boolean, Refusal | LostRace>> => {
  const round = await deps.records.find(roundAggregate, roundId);
  const committee = await deps.records.find(committeeAggregate, roundId);
  if (!round || !committee || !isGatedRound(round.state)) return ok(false);
  const fresh = newFindings(committee.state, found);
  const next = fresh.slice(0, perCommit);
  const isLast = next.length === fresh.length;
  const events = eventsOf(committee, next, { compared: isLast ? compared : [], now: deps.clock.now() });
  if (events.length === 0) return ok(false);
  const { change, after } = changed(committeeAggregate, roundId, committee, events);
  const apart: readonly Apart[] = next;
  const { changes, requires } = await effectsOf(deps, { round, file, committee: after.state }, apart);
  const stored = await store(deps, { by, changes: [change, ...changes], requires });
  return stored.ok ? ok(!isLast) : refuse(stored.error);
};

const eventsOf = (
  { state }: Versioned<Committee>,
  found: Finding[],
  { compared, now: at }: { compared: readonly PersonId[]; now: Instant },
): CommitteeEvent[] => {
  const members = compared.filter((id) => !state.compared?.includes(id));
  return [
    ...(found.length > 0 ? [{ type: 'conflicts-found' as const, at, found }] : []),
    ...(members.length > 0 ? [{ type: 'disclosures-compared' as const, at, members }] : []),
  ];
};
