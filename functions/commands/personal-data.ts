import { roundOf, typedOf } from '#functions/commands/application-reading.ts';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { claimTexts } from '#functions/commands/claim-reading.ts';
import { myDataRequests } from '#functions/commands/data-requests.ts';
import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { currentStaff } from '#functions/commands/staff.ts';
import type { Application } from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { claimAggregate, onlyClaim } from '#shared/domain/claim.ts';
import type { DataRequest } from '#shared/domain/data-request.ts';
import type { HeldApplication, PersonalData } from '#shared/domain/personal-data.ts';
import { rolesOf } from '#shared/domain/staff.ts';
import type { Texts } from '#shared/domain/texts.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { Sender } from '#shared/letters.ts';
import type { SentLetter } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'region'> &
  Pick<SignInDeps, 'people' | 'publicOrigin'>;

/**
 * What is held about the person who asks (law 94-V, art. 24): what they typed and sent, what happened as far as
 * they were told, who read it, which letters went out. Subjects of letters are in the language of the account.
 */
export const personalDataOf = async (deps: Deps, { personId }: Applicant): Promise<PersonalData> => {
  const profile = await deps.people.profiles.find(personId);
  if (!profile) throw new Error(`Person ${personId} has a session, but no profile.`);
  const [sessions, passkeys, staff, found] = await Promise.all([
    deps.people.sessions.ofPerson(personId),
    deps.people.passkeys.ofPerson(personId),
    currentStaff(deps),
    everyOf(deps.records, applicationAggregate, ownedBy(personId), { index: 'owner', newestFirst: true }),
  ]);
  // The index may lag: what is read again by id is what stands.
  const applications = await Promise.all(found.map(({ state }) => heldApplication(deps, state, personId)));
  const { mail, name, locale, registeredAt } = profile;
  return {
    schemaVersion: 1,
    region: deps.region,
    madeAt: deps.clock.now(),
    account: {
      ...(mail && { mail }),
      ...(name && { name }),
      locale,
      registeredAt,
      roles: [...rolesOf(staff, personId)],
      sessions: sessions.map(({ device, createdAt, lastSeenAt }) => ({ device, createdAt, lastSeenAt })),
      passkeys: passkeys.map(({ createdAt }) => ({ createdAt })),
    },
    applications,
    letters: await lettersOf(deps, await deps.records.lettersTo(personId), locale),
    requests: await requestsOf(deps, { personId }, applications),
  };
};

const heldApplication = async (
  deps: Deps,
  application: Application,
  personId: Applicant['personId'],
): Promise<HeldApplication> => {
  const { records } = deps;
  const { id, number, stage, startedAt, erasedAt, documents, choices } = application;
  const { file } = await roundOf(deps, application);
  const timeline = await ownTimeline(deps, { by: { personId }, applicationId: id });
  const amended = stage === 'submitted' ? workingCopy(application) : undefined;
  const claim = await claimOf(deps, id);
  const titles = new Map(file.documents.map(({ code, title }) => [code, title]));
  return {
    id,
    number,
    intake: file.intake,
    title: file.title,
    zone: file.timeZone,
    stage,
    startedAt,
    ...(erasedAt && { erasedAt }),
    ...submission(application),
    answers: await typedOf(records, application),
    ...(amended && { amendment: await typedOf(records, amended) }),
    files: documents.map((document) => heldFile(document, titles.get(document.requirement))),
    choices,
    steps: timeline.ok ? timeline.value.steps : [],
    ...(claim && { claim }),
    readings: (await deps.readLog.of(`application#${id}`)).map(({ reader, what, at }) => ({
      at,
      role: reader.kind === 'person' ? reader.role : 'other',
      what,
    })),
  };
};

const heldFile = (
  document: Application['documents'][number],
  title: Texts | undefined,
): HeldApplication['files'][number] => {
  const { requirement, status } = document;
  const received = status === 'received' ? { bytes: document.bytes, sha256: document.sha256 } : {};
  return { requirement, title, status, ...received };
};

const submission = (
  application: Application,
): Pick<HeldApplication, 'submittedAt' | 'withdrawnAt' | 'consentVersion' | 'receipt'> => {
  if (application.stage === 'draft') return {};
  const { submittedAt, consentVersion, receipt } = application;
  const withdrawnAt = application.stage === 'withdrawn' ? application.withdrawnAt : undefined;
  return {
    ...(submittedAt && { submittedAt }),
    ...(withdrawnAt && { withdrawnAt }),
    ...(consentVersion && { consentVersion }),
    ...(receipt && { receipt }),
  };
};

const claimOf = async ({ records }: Deps, id: Application['id']): Promise<string | undefined> => {
  const claimId = await records.claimed(onlyClaim(id));
  const claim = claimId === undefined ? undefined : await records.find(claimAggregate, claimId);
  return claim && (await claimTexts(records, claim.state)).text;
};

/** Loaded when somebody looks: the texts of all letters weigh more than most pages. */
const lettersOf = async (
  { publicOrigin: origin, region }: Deps,
  letters: readonly SentLetter[],
  locale: Locale,
): Promise<PersonalData['letters']> => {
  const { letterFacts, renderLetter } = await import('#shared/letters.ts');
  const sender: Sender = { origin, region };
  return letters.map(({ at, template, facts }) => {
    // A letter of an older version of the program may lack a fact of today's.
    const whole = letterFacts[template].safeParse(facts).success;
    const subject = whole ? renderLetter({ template, facts }, locale, sender).subject : template;
    return { at, template, subject };
  });
};

const requestsOf = async (
  deps: Deps,
  by: Applicant,
  applications: readonly HeldApplication[],
): Promise<PersonalData['requests']> => {
  const requests = await myDataRequests(deps, by);
  return Promise.all(requests.map((request) => heldRequest(deps, request, applications)));
};

const heldRequest = async (
  { records }: Deps,
  { id, kind, applicationId, filedAt, dueAt, text, answered }: DataRequest,
  applications: readonly HeldApplication[],
): Promise<PersonalData['requests'][number]> => {
  const number = applications.find((one) => one.id === applicationId)?.number;
  const [typed, answer] = await Promise.all([reasonText(records, text), reasonText(records, answered?.text)]);
  return {
    id,
    kind,
    ...(number && { number }),
    filedAt,
    dueAt,
    ...(typed !== undefined && { text: typed }),
    ...(answered && { answeredAt: answered.at, outcome: answered.outcome }),
    ...(answer !== undefined && { answer }),
  };
};
