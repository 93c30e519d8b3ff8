import { effectsOf, type HandOvers, nextApart } from '#functions/commands/conflict-effects.ts';
import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { choosesLater } from '#functions/commands/rater-turn.ts';
import { type Contact, contactBehind } from '#functions/commands/reference-contact.ts';
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
import { comparesReferees } from '#shared/domain/conflict-rule.ts';
import { newFindings } from '#shared/domain/conflict-rulings.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type SearchDeps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'> & Pick<SignInDeps, 'people'>;

/** Forms read at once. */
const width = 64;

/**
 * Compares what each member disclosed with every submitted application of a round that asks for it, and stores what is new: from
 * that commit on the member is kept away. Nothing while the call is open and once the round has ended. Repeatable; what was
 * cut short is found again. What is compared lives only while this runs: neither event nor log holds any of it.
 * @throws when it loses its races too often: whoever asked tries again
 */
export const searchConflicts = async (
  deps: SearchDeps,
  roundId: RoundId,
  by: Actor = workflow,
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
  const year = Number(dayAt(file.timeZone, round.state.closesAt).slice(0, 4));
  const applicants = await applicantsOf(deps, roundId, { schools, file });
  const found = findConflicts(members, applicants, { ...file.conflicts, year });
  const compared = members.map(({ memberId }) => memberId);
  const search = { roundId, by, file, found, compared };
  let settled: Stored = { more: true };
  while (settled.more) {
    const { drawing } = settled;
    const stored = await decideAgain((lost) => storeNext(deps, search, { lost, drawn: drawing }));
    if (!stored.ok) throw new Error(`Conflicts could not be stored: ${stored.error.kind}.`);
    settled = stored.value;
  }
};

/** Who sits on the committee or scores as a guest, and has told something of themselves. */
const membersOf = async (deps: SearchDeps, committee: Committee): Promise<ComparedMember[]> => {
  const profiles = await profilesOf(deps, comparedOn(committee, deps.clock.now()));
  return profiles.flatMap(({ personId: memberId, disclosure, name, mail, formerMail }) => {
    const mails = [mail ?? [], formerMail ?? []].flat();
    return disclosure ? [{ memberId, disclosure, name, mails }] : [];
  });
};

type Schools = ReadonlyMap<VacancyCode, readonly string[]>;

const applicantsOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  roundId: RoundId,
  compared: { schools: Schools; file: RoundFile },
): Promise<ComparedApplicant[]> => {
  const submitted = (await applicationsIn(records, roundId)).flatMap(({ state }) =>
    state.stage === 'submitted' ? [state] : [],
  );
  const read = await eachOf(submitted, width, (application) =>
    applicantOf({ records }, application, compared),
  );
  return read.flatMap((applicant) => applicant ?? []);
};

/** Nothing of somebody whose form was erased. */
const applicantOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { id: applicationId, form: ref, choices }: ApplicationIn<'submitted'>,
  { schools, file }: { schools: Schools; file: RoundFile },
): Promise<ComparedApplicant | undefined> => {
  const form = await readForm(records, ref);
  if (!form) return undefined;
  const { fullName, latinName, employer, pastEmployers, institution, address } = form;
  const wanted = choices.flatMap((code) => schools.get(code) ?? []);
  return {
    applicationId,
    fullName,
    latinName,
    employer,
    pastEmployers,
    institution,
    address,
    schools: wanted,
    referees: comparesReferees(file) ? await namedBy(records, applicationId) : [],
  };
};

const namedBy = async (
  records: Pick<Records, 'find' | 'document'>,
  applicationId: ApplicationId,
): Promise<Contact[]> => {
  const named = (await records.find(referencesAggregate, applicationId))?.state.referees ?? [];
  return (await Promise.all(named.map((referee) => contactBehind(records, referee)))).flatMap(
    (contact) => contact ?? [],
  );
};

type Search = {
  roundId: RoundId;
  by: Actor;
  file: RoundFile;
  found: readonly Finding[];
  compared: readonly PersonId[];
};

type Stored = { more: boolean; drawing?: HandOvers | undefined };

/** Stores the next findings that are new, the last ones with who was compared. */
const storeNext = async (
  deps: SearchDeps,
  { roundId, by, file, found, compared }: Search,
  { lost, drawn }: { lost: number; drawn: HandOvers | undefined },
): Promise<Result<Stored, Refusal | LostRace>> => {
  const round = await deps.records.find(roundAggregate, roundId);
  const committee = await deps.records.find(committeeAggregate, roundId);
  if (!round || !committee || !isGatedRound(round.state)) return ok({ more: false });
  const fresh = newFindings(committee.state, found);
  const now = deps.clock.now();
  const { next, rest } = nextApart(fresh);
  const more = rest > 0;
  const events = eventsOf(committee, next, { compared: more ? [] : compared, now });
  if (events.length === 0) return ok({ more: false });
  const { change, after } = changed(committeeAggregate, roundId, committee, events);
  const whole = changed(
    committeeAggregate,
    roundId,
    committee,
    eventsOf(committee, fresh, { compared, now }),
  );
  const { commit, drawing } = await effectsOf(
    deps,
    { round, file, committee: after.state },
    {
      apart: next,
      before: committee.version,
      after: after.version,
      all: { apart: fresh, committee: whole.after.state },
      drawing: lost > 0 ? undefined : drawn,
      later: choosesLater(file, lost),
    },
  );
  const stored = await store(deps, { by, ...commit, changes: [change, ...commit.changes] });
  return stored.ok ? ok({ more, drawing }) : refuse(stored.error);
};

const eventsOf = (
  { state }: Versioned<Committee>,
  found: readonly Finding[],
  { compared, now: at }: { compared: readonly PersonId[]; now: Instant },
): CommitteeEvent[] => {
  const members = compared.filter((id) => !state.compared?.includes(id));
  return [
    ...(found.length > 0 ? [{ type: 'conflicts-found' as const, at, found: [...found] }] : []),
    ...(members.length > 0 ? [{ type: 'disclosures-compared' as const, at, members }] : []),
  ];
};
