import {
  type ApplicationCommand,
  equalityAnswers,
  openApplication,
  openDraft,
  savedSections,
} from '#functions/commands/application-reading.ts';
import { type Applicant, actorOf, type CommandDeps, isInPerson } from '#functions/commands/deps.ts';
import { asCommittee, partInRound } from '#functions/commands/part-in-round.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { namedReferees } from '#functions/commands/references.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application, ApplicationIn } from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import { begin, missingBesidesForm, rank } from '#shared/domain/application-decisions.ts';
import { SectionId, type Typed } from '#shared/domain/application-form.ts';
import { answersIn, checkForm } from '#shared/domain/application-form-check.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import { applicationAggregate, numberClaim, ownedBy } from '#shared/domain/application-record.ts';
import { awaitedFaults } from '#shared/domain/application-submission.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, type RoundId, type VacancyCode } from '#shared/domain/ids.ts';
import { refereesMissing } from '#shared/domain/reference.ts';
import { type Round } from '#shared/domain/round.ts';
import { acceptsApplications, graceOf } from '#shared/domain/round-call.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export { beginAmendment, giveUpAmendment } from '#functions/commands/application-amendment.ts';
export { saveSection } from '#functions/commands/application-sections.ts';
export { readReceipt, submitApplication } from '#functions/commands/application-submission.ts';
export { withdrawApplication } from '#functions/commands/application-withdrawal.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;
type Answer<T = Versioned<Application>> = Promise<Result<T, Refusal>>;

/** What is stored of a section: `version` 0 and no fields when it was never saved. */
type SectionView = { version: number; typed: Typed };

/** Everything an applicant's own pages show. `missing` is what submission would still be refused for. */
export type ApplicationView = {
  application: Application;
  version: number;
  round: Round;
  file: RoundFile;
  /** Whether the call takes applications now. */
  open: boolean;
  /** After the deadline, until when what was begun before it is still taken. */
  grace: Instant | undefined;
  /** What can be changed: a draft, or the copy of what was opened again while changes are taken. */
  draft: ApplicationIn<'draft'> | undefined;
  /** Whether whoever looks is the person: nobody acting for them is asked the equality questions, or shown the answers. */
  inPerson: boolean;
  /** Of what can be changed, else of what was submitted. */
  sections: Record<SectionId, SectionView>;
  /** Everything typed, whether it is asked or not. */
  answers: Typed;
  missing: readonly Fault[];
  /** How many people it names for references. */
  referees: number;
};

/** Begins an application in an open call; a second time answers the one that was begun. */
export const startApplication = (
  deps: Deps & Pick<CommandDeps, 'chance' | 'region'>,
  { by, roundId }: { by: Applicant; roundId: RoundId },
): Answer =>
  decideAgain(async (): Attempt => {
    const standing = await deps.records.claimed(partInRound(roundId, by.personId));
    if (standing === asCommittee) return refuse({ kind: 'takes-part' });
    const begun = standing && (await deps.records.find(applicationAggregate, standing));
    if (begun) return ok(begun);
    const round = await deps.records.find(roundAggregate, roundId);
    if (!round) return refuse({ kind: 'not-found', what: 'round' });
    const id = ApplicationId.parse(deps.chance.id());
    const number = numberFrom(deps.chance.id(), deps.region);
    const assisted = by.assistant !== undefined && { assisted: true as const };
    const beginning = { id, number, roundId, personId: by.personId, ...assisted };
    const decision = begin(beginning, round.state, deps.clock.now());
    if (!decision.ok) return decision;
    const { change, after } = changed(applicationAggregate, id, undefined, decision.value);
    const stored = await store(deps, {
      by: actorOf(by),
      changes: [change],
      claims: [
        { key: partInRound(roundId, by.personId), value: id },
        { key: numberClaim(number), value: id },
      ],
    });
    return stored.ok ? ok(after) : stored;
  });

export const viewApplication = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Answer<ApplicationView> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, round, file } = opened.value;
  const application = found.state;
  const now = deps.clock.now();
  const open = acceptsApplications(round.state, now).ok;
  const grace = graceOf(round.state, now);
  const draft = open || grace || application.stage === 'draft' ? workingCopy(application) : undefined;
  const shown = draft ?? application;
  const answers = answersIn(await savedSections(deps.records, shown));
  const inPerson = isInPerson(command.by);
  const apart = inPerson ? await equalityAnswers(deps.records, shown) : {};
  const all = sectionsOf(shown, { ...answers, ...apart });
  const sections = inPerson ? all : { ...all, equality: { version: 0, typed: {} } };
  const form = checkForm(answers, file);
  const referees = await namedReferees(deps.records, shown, file);
  const missing = draft
    ? [
        ...(form.ok ? [] : form.error),
        ...awaitedFaults(draft, now),
        ...missingBesidesForm(draft, file, answers),
        ...refereesMissing(referees, file),
      ]
    : [];
  const { version } = found;
  return ok({
    application,
    version,
    round: round.state,
    file,
    open,
    grace,
    draft,
    inPerson,
    sections,
    answers,
    missing,
    referees,
  });
};

type RankingCommand = ApplicationCommand & {
  codes: readonly VacancyCode[];
  basedOn: readonly VacancyCode[];
};

/**
 * Best first; at most the round file's limit, each once, only vacancies of the round. `basedOn` is the order that the
 * page showed: another tab's ranking in between answers `changed-meanwhile`. The same order again changes nothing.
 */
export const rankVacancies = (deps: Deps, command: RankingCommand): Answer =>
  decideAgain(async (): Attempt => {
    const now = deps.clock.now();
    const opened = await openDraft(deps, command, now);
    if (!opened.ok) return opened;
    const { found, draft, round, file } = opened.value;
    const register = round.state.register;
    const vacancies = register ? await vacanciesOf(deps.records, register.sha256) : [];
    const { codes: choices, basedOn } = command;
    const posts = new Set(vacancies.map(({ code }) => code));
    const decision = rank(draft, { choices, basedOn, posts, limit: file.choices.limit }, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(found);
    const { change, after } = changed(applicationAggregate, found.id, found, decision.value);
    const stored = await store(deps, { by: actorOf(command.by), changes: [change] });
    return stored.ok ? ok(after) : stored;
  });

/** A person's applications, newest first. */
export const myApplications = async (
  { records }: Pick<CommandDeps, 'records'>,
  { personId }: Applicant,
): Promise<Versioned<Application>[]> => {
  const page = await records.list(applicationAggregate, 'owner', ownedBy(personId), { newestFirst: true });
  return page.items;
};

/** `KZ19-7Q4M-0C2X`, from chance of its own, so that a number does not give away the id. */
const numberFrom = (chance: string, region: string): ApplicationNumber =>
  ApplicationNumber.parse(`${region.replace('-', '')}-${chance.slice(0, 4)}-${chance.slice(4, 8)}`);

/** Each section with the answers to its questions, wherever they were typed. */
const sectionsOf = (application: Application, answers: Typed): Record<SectionId, SectionView> => {
  const view = (section: SectionId): SectionView => {
    const own = fields.filter((field) => field.section === section && answers[field.name] !== undefined);
    return {
      version: application.sections[section]?.version ?? 0,
      typed: Object.fromEntries(own.map(({ name }) => [name, answers[name]])),
    };
  };
  return bySection(view);
};

const bySection = <T>(view: (section: SectionId) => T): Record<SectionId, T> => ({
  identity: view('identity'),
  contacts: view('contacts'),
  education: view('education'),
  work: view('work'),
  test: view('test'),
  achievements: view('achievements'),
  motivation: view('motivation'),
  household: view('household'),
  adjustments: view('adjustments'),
  equality: view('equality'),
  consent: view('consent'),
});
