import { myDataRequests } from '#functions/commands/data-requests.ts';
import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { heldApplication, readingsOf } from '#functions/commands/held-application.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { currentStaff } from '#functions/commands/staff.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { type DataRequest, receivedPapers, refusedPapers } from '#shared/domain/data-request.ts';
import type { HeldApplication, PersonalData } from '#shared/domain/personal-data.ts';
import { rolesOf } from '#shared/domain/staff.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { Sender } from '#shared/letters.ts';
import type { SentLetter } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'region'> &
  Pick<SignInDeps, 'people' | 'publicOrigin'>;

/**
 * What is held about the person who asks (law 94-V, art. 24): what they typed and sent, what happened as far as
 * they were told, who read it, which letters went out. Subjects of letters are in the language of the account. Where
 * somebody at the desk asks for the person, answers about equality are left out.
 */
export const personalDataOf = async (deps: Deps, by: Applicant): Promise<PersonalData> => {
  const { personId } = by;
  const profile = await deps.people.profiles.find(personId);
  if (!profile) throw new Error(`Person ${personId} has a session, but no profile.`);
  const [sessions, passkeys, staff, found] = await Promise.all([
    deps.people.sessions.ofPerson(personId),
    deps.people.passkeys.ofPerson(personId),
    currentStaff(deps),
    everyOf(deps.records, applicationAggregate, ownedBy(personId), { index: 'owner', newestFirst: true }),
  ]);
  // The index may lag: what is read again by id is what stands.
  const applications = await Promise.all(found.map(({ state }) => heldApplication(deps, state, by)));
  const requests = await requestsOf(deps, by, applications);
  const { mail, formerMail, name, phone, address, locale, registeredAt, disclosure } = profile;
  return {
    schemaVersion: 1,
    region: deps.region,
    madeAt: deps.clock.now(),
    account: {
      ...(mail && { mail }),
      ...(formerMail && { formerMail }),
      ...(name && { name }),
      ...(phone && { phone }),
      ...(address && { address }),
      locale,
      registeredAt,
      roles: [...rolesOf(staff, personId)],
      sessions: sessions.map(({ device, createdAt, lastSeenAt }) => ({ device, createdAt, lastSeenAt })),
      passkeys: passkeys.map(({ createdAt }) => ({ createdAt })),
      ...(disclosure && { disclosure }),
      readings: await accountReadings(deps, by, requests),
    },
    applications,
    letters: await lettersOf(deps, await deps.records.lettersTo(personId), locale),
    requests,
  };
};

const accountReadings = async (
  deps: Deps,
  { personId }: Applicant,
  requests: PersonalData['requests'],
): Promise<PersonalData['account']['readings']> => {
  const owners = [`person#${personId}`, ...requests.map(({ id }) => `data-request#${id}`)];
  const read = await Promise.all(owners.map((owner) => readingsOf(deps, owner)));
  return read.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1));
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
  request: DataRequest,
  applications: readonly HeldApplication[],
): Promise<PersonalData['requests'][number]> => {
  const { id, kind, applicationId, filedAt, dueAt, text, answered } = request;
  const number = applications.find((one) => one.id === applicationId)?.number;
  const papers = receivedPapers(request).flatMap(({ sha256 }) => sha256 ?? []);
  const papersRefused = refusedPapers(request);
  const [typed, answer] = await Promise.all([reasonText(records, text), reasonText(records, answered?.text)]);
  return {
    id,
    kind,
    ...(number && { number }),
    filedAt,
    dueAt,
    ...(typed !== undefined && { text: typed }),
    ...(papers.length > 0 && { papers }),
    ...(papersRefused.length > 0 && { papersRefused }),
    ...(answered && { answeredAt: answered.at, outcome: answered.outcome }),
    ...(answer !== undefined && { answer }),
  };
};
