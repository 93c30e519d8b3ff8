import * as z from 'zod';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { rankVacancies, saveSection, startApplication } from '#functions/commands/applications.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { choicesOf } from '#infra/demo/applicant.ts';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import { enrol } from '#infra/rehearsal/sign-in.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type ApplicationId, PersonId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { addSeconds, type Instant, instantOf } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { memoryRecords } from '#test/builders/memory-records.ts';
import { granted } from '#test/builders/scenes.ts';
import type { HomeProcess } from '#test/journeys/home-process.ts';
import { ratePerSecond } from './harness.ts';

/** Somebody who has filled everything in and has only to press the last button. */
export type Ready = { applicationId: ApplicationId; mail: string; cookie: string };

export type Prepared = {
  roundId: RoundId;
  closesAt: Instant;
  people: Ready[];
  deps: ReturnType<typeof commandDeps>;
};

const Loose = z.looseObject({});
const atOnce = 8;

/**
 * An open call without documents to upload, and so many complete drafts of signed-in people, ten minutes before its deadline.
 * They are written by the product's own commands into the store of the running home: two thousand sign-ins from one
 * machine would rightly be refused.
 */
export const prepare = async (home: HomeProcess, count: number): Promise<Prepared> => {
  const file = await readIntakeFile();
  await home.operator.setClock(new Date(file.start).toISOString());
  const person = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
  const { client } = await enrol(home.operator, home.origin, person);
  const text = JSON.stringify({ ...Loose.parse(JSON.parse(file.text)), documents: [] });
  const call = await readCall(client, await openRound(client, text));
  const closesAt = instantOf(new Date(file.closesAt));
  const tenMinutesBefore = addSeconds(closesAt, -600);

  const { environment, ...access } = readHomeFile(home.data);
  process.env['AWS_ENDPOINT_URL'] = access.endpoint;
  process.env['AWS_REGION'] = access.awsRegion;
  process.env['AWS_ACCESS_KEY_ID'] = access.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = access.secretAccessKey;
  const deps = { ...commandDeps(readConfig(environment)), clock: { now: () => tenMinutesBefore } };
  const { dynamoClient } = await import('#functions/adapters/dynamodb/client.ts');
  const people = dynamoPeople({
    client: dynamoClient(),
    personsTable: environment['PERSONS_TABLE'] ?? '',
  });

  const roundId = RoundId.parse(call.id);
  const consent = { consent: 'yes', consentVersion: call.consentVersion };
  const ready: Ready[] = [];
  await ratePerSecond(count, atOnce, async (index) => {
    const applicant = syntheticApplicant(index);
    const by = { personId: PersonId.parse(sha256Of(applicant.mail).toUpperCase().slice(0, 20)) };
    const mail = MailAddress.parse(applicant.mail);
    const { locale } = applicant;
    await people.profiles.register({ personId: by.personId, mail, locale, registeredAt: tenMinutesBefore });
    const seen = { device: '', createdAt: tenMinutesBefore, lastSeenAt: tenMinutesBefore };
    const id = sha256Of(`session of ${mail}`);
    await people.sessions.begin({ id, personId: by.personId, staff: false, strength: 'code', ...seen });

    const { records, commit } = atOnceIn(deps.records);
    const desk = { ...deps, records };
    const { id: applicationId } = granted(await startApplication(desk, { by, roundId })).state;
    const mine = { by, applicationId };
    for (const [name, typed] of Object.entries({ ...applicant.typed, consent })) {
      granted(await saveSection(desk, { ...mine, section: SectionId.parse(name), basedOn: 0, typed }));
    }
    const codes = choicesOf(applicant, call).map((code) => VacancyCode.parse(code));
    granted(await rankVacancies(desk, { ...mine, basedOn: [], codes }));
    granted(await commit());
    ready.push({ ...mine, mail, cookie: `__Host-irikteu=session of ${mail}` });
  });
  // Only now: time goes on here while people are prepared, and their ten minutes are theirs.
  await home.operator.setClock(tenMinutesBefore);
  return { roundId, closesAt, people: ready, deps };
};

/** The commits of one new record, stored as one: preparing is not what is measured. */
const atOnceIn = (store: Records): { records: Records; commit: () => ReturnType<Records['commit']> } => {
  const memory = memoryRecords();
  const records: Records = {
    ...memory,
    blob: store.blob,
    find: (aggregate, id) =>
      aggregate.name === 'round' ? store.find(aggregate, id) : memory.find(aggregate, id),
  };
  const commit: ReturnType<typeof atOnceIn>['commit'] = () => {
    const changes = memory.commits.flatMap((one) => one.changes);
    const [first, last] = [changes[0], changes.at(-1)];
    if (!first || !last) throw new Error('Nothing was prepared.');
    return store.commit({
      by: memory.commits[0]?.by ?? { kind: 'operator' },
      changes: [
        { ...last, expectedVersion: first.expectedVersion, facts: changes.flatMap(({ facts }) => facts) },
      ],
      documents: memory.commits.flatMap(({ documents = [] }) => documents),
      claims: memory.commits.flatMap(({ claims = [] }) => claims),
    });
  };
  return { records, commit };
};
