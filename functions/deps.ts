import { randomBytes } from 'node:crypto';
import { s3Erasures } from '#functions/adapters/documents/s3-erasures.ts';
import { s3Files } from '#functions/adapters/documents/s3-files.ts';
import { s3Papers } from '#functions/adapters/documents/s3-papers.ts';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { type DynamoDBClient, dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoReadLog } from '#functions/adapters/dynamodb/read-log.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { lambdaDrawing } from '#functions/adapters/lambda/draw-paper.ts';
import { lambdaJoining } from '#functions/adapters/lambda/join-slices.ts';
import { lambdaNudge } from '#functions/adapters/lambda/nudge.ts';
import { sesMail } from '#functions/adapters/mail/ses.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { Config } from '#functions/config.ts';
import { log } from '#functions/log.ts';
import { idAlphabet } from '#shared/domain/ids.ts';
import type { MachineName } from '#shared/domain/outbox.ts';
import { instantOf } from '#shared/domain/time.ts';
import type { Sender } from '#shared/letters.ts';
import type { ErasureList } from '#shared/ports/erasure.ts';
import type { Mail } from '#shared/ports/mail.ts';
import type { Papers } from '#shared/ports/papers.ts';
import type { Chance, Clock } from '#shared/ports/world.ts';

/*
 * The one place where the application meets AWS. Each function takes the parts that it uses.
 */

export const realClock: Clock = { now: () => instantOf(new Date()) };

export const realChance: Chance = {
  // 32 letters, so the low five bits of each byte choose one without bias.
  id: () => Array.from(randomBytes(20), (byte) => idAlphabet.charAt(byte % idAlphabet.length)).join(''),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};

/** One client, and so one pool of connections, for all parts of a function. */
let shared: DynamoDBClient | undefined;
const sharedClient = (): DynamoDBClient => {
  shared ??= dynamoClient();
  return shared;
};

/** What every command needs. A variable that a function was not given is missed when its part is used, by name. */
export const commandDeps = (config: Config, client: DynamoDBClient = sharedClient()): CommandDeps => ({
  records: dynamoRecords({
    client,
    recordsTable: config.need('RECORDS_TABLE'),
    get personsTable() {
      return config.need('PERSONS_TABLE');
    },
  }),
  files: s3Files(() => storageOf(config)),
  joinSlices: lambdaJoining(() => config.need('DOCUMENTS_FUNCTION')),
  papers: papersOf(config),
  drawPaper: lambdaDrawing(() => config.need('PAPERS_FUNCTION')),
  readLog: dynamoReadLog({
    client,
    get recordsTable() {
      return config.need('RECORDS_TABLE');
    },
    chance: realChance,
  }),
  checks: dynamoCheckReports({
    client,
    get recordsTable() {
      return config.need('RECORDS_TABLE');
    },
  }),
  nudge: lambdaNudge(
    () => config.need('OUTBOX_FUNCTION'),
    (error) => log.error('NUDGE_LOST', {}, error),
  ),
  region: config.need('REGION_CODE'),
  clock: realClock,
  chance: realChance,
});

/** What signing in and staff need. The code's letter goes out at once: it must not lie in the outbox. */
export const signInDeps = (config: Config, client: DynamoDBClient = sharedClient()): SignInDeps => ({
  records: commandDeps(config, client).records,
  people: dynamoPeople({ client, personsTable: config.need('PERSONS_TABLE') }),
  clock: realClock,
  chance: realChance,
  publicOrigin: config.need('PUBLIC_ORIGIN'),
  sendCode: async ({ to, template, letterId, locale, ...facts }) => {
    // Loaded here: a step that writes no letter must not carry the texts of all pages.
    const { renderLetter } = await import('#shared/letters.ts');
    const letter = renderLetter({ template, facts }, locale, senderOf(config));
    await mailDeps(config).send({ to, letterId, template, ...letter });
  },
});

/** Official papers; whoever only draws them needs nothing else. */
export const papersOf = (config: Config): Papers => s3Papers(() => storageOf(config));

/** What was erased, beside the tables. */
export const erasureList = (config: Config): ErasureList => s3Erasures(() => storageOf(config));

/** Where uploaded files and papers lie. */
export const storageOf = (config: Config) => ({
  bucket: config.need('DOCUMENTS_BUCKET'),
  browserEndpoint: config.optional('BROWSER_S3_ENDPOINT'),
});

/** Where the state machines are, for the functions that start or look at them. */
export const machineArns = (config: Config): Record<MachineName, string> => ({
  'selection-round': config.need('SELECTION_ROUND_ARN'),
  offer: config.need('OFFER_ARN'),
  onboarding: config.need('ONBOARDING_ARN'),
});

export const mailDeps = (config: Config): Mail =>
  sesMail({ from: config.need('MAIL_FROM'), events: config.need('MAIL_EVENTS') });

export const senderOf = (config: Config): Sender => ({
  origin: config.need('PUBLIC_ORIGIN'),
  region: config.need('REGION_CODE'),
});
