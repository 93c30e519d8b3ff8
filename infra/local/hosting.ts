import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AccessKeys } from '#infra/local/access-keys.ts';
import { createActivity } from '#infra/local/activity.ts';
import { createMetrics } from '#infra/local/alarms/metrics.ts';
import type { Problems } from '#infra/local/alarms/problems.ts';
import { countInvocation, logCounter } from '#infra/local/alarms/sources.ts';
import { lettersLeave, watchHome } from '#infra/local/alarms/watch.ts';
import { takeCut } from '#infra/local/backup/cut.ts';
import type { Engine } from '#infra/local/engine/engine.ts';
import { hasEvents } from '#infra/local/engine/events.ts';
import { startExpirySweep } from '#infra/local/engine/expiry.ts';
import { ensureTables } from '#infra/local/engine/tables.ts';
import { writeWhole } from '#infra/local/files.ts';
import { openClock } from '#infra/local/home-clock.ts';
import { type HomeFile, homeFilePath } from '#infra/local/home-file.ts';
import { httpApi } from '#infra/local/http-api/server.ts';
import type { Surroundings } from '#infra/local/lambda/environment.ts';
import { type Functions, startFunctions } from '#infra/local/lambda/functions.ts';
import type { LoopbackPort } from '#infra/local/loopback.ts';
import { operatorPort } from '#infra/local/operator/server.ts';
import type { OperatorSources } from '#infra/local/operator/sources.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import type { HomeLog } from '#infra/local/ports.ts';
import { startSchedules } from '#infra/local/schedules/schedules.ts';
import { openServices } from '#infra/local/services.ts';
import type { Description } from '#infra/local/template/description.ts';
import { createUsage, type Usage } from '#infra/local/usage.ts';

/** Keeps what must be closed when the home stops, the last one first. */
export type OnStop = (close: () => unknown) => void;

export type Ports = { pages: LoopbackPort; operator: LoopbackPort; aws: LoopbackPort };

/** What a home has before it hosts anything. */
export type Base = {
  options: HomeOptions;
  dataFolder: string;
  log: HomeLog;
  problems: Problems;
  ports: Ports;
  origin: string;
  description: Description;
  keys: AccessKeys;
  engine: Engine;
  onStop: OnStop;
};

type Hosted = HomeFile & { dataFolder: string; idle: () => Promise<void> };

/** How long a stop waits for what is under way: as long as an answer may take. */
const graceMilliseconds = 30_000;

/** Functions that a first visitor would wait for. */
const warm = ['Web', 'Api'] as const;

/** Hosts everything of the description and opens the doors, the public one last. */
export const host = async (base: Base): Promise<Hosted> => {
  const { dataFolder, log, ports, options, onStop } = base;
  const parts = await startParts(base);
  const secret = randomBytes(32).toString('base64url');
  ports.operator.answerWith(operatorPort({ ...operatorSources(base, parts), secret }, log));
  ports.pages.answerWith(publicDoor(base, parts));
  onStop(() => ports.pages.close(graceMilliseconds));
  const home = homeFile(base, parts.functions, secret);
  writeWhole(homeFilePath(dataFolder), JSON.stringify(home));
  log('HOME_STARTED', 'The home serves its pages.', { region: options.region, origin: home.origin });
  onStop(() => log('HOME_STOPPING', 'The home lets what is under way come to its end.'));
  return { ...home, dataFolder, idle: parts.activity.idle };
};

type Parts = Awaited<ReturnType<typeof startParts>>;

const startParts = async (base: Base) => {
  const { options, dataFolder, log, problems, ports, origin, description, keys, engine, onStop } = base;
  const client = storeClient(engine, description.awsRegion);
  onStop(() => client.destroy());
  await ensureTables(client, description.tables, log);
  const activity = createActivity();
  const { clock, stop, rehearsal } = openClock(dataFolder, options.rehearsal, activity);
  onStop(stop);
  onStop(startExpirySweep(client, { tables: description.tables, clock, log }));
  const metrics = createMetrics(Date.now);
  // A rehearsal says what the same would have cost on AWS; counting costs a little itself.
  const usage = options.rehearsal ? createUsage() : undefined;
  const threads = startFunctions({
    functions: description.functions,
    surroundings: surroundingsOf(base),
    keyOf: keys.ofFunction,
    dataFolder,
    activity,
    log,
    clockOffset: rehearsal?.offset,
    warm,
    onInvoked: (name, result) => countInvocation(metrics, name, result),
    onOutput: counting(usage, logCounter(metrics, description.metricFilters)),
  });
  const functions = { ...threads, invoke: usage?.functions(threads.invoke, threads.find) ?? threads.invoke };
  // For a start that fails; later they are closed in their turn.
  onStop(() => functions.close(graceMilliseconds));
  const smtpUrl = lettersLeave(options) ? options.smtpUrl : undefined;
  const ground = {
    dataFolder,
    description,
    clock,
    activity,
    log,
    keys,
    engine,
    functions,
    origin,
    smtpUrl,
    metrics,
    usage,
  };
  const services = await openServices(ground, ports.aws);
  // First those that call functions, then the functions, and only then what functions call.
  onStop(services.closeStores);
  onStop(() => functions.close(graceMilliseconds));
  onStop(services.closeCallers);
  const schedules = startSchedules({
    schedules: description.schedules,
    clock,
    file: join(dataFolder, 'schedules.json'),
    run: async ({ functionArn, input }) => void (await functions.invoke(functionArn, input)),
    log,
  });
  onStop(schedules.stop);
  rehearsal?.clock.onStop(schedules.runDue);
  const from = functions.environment['MAIL_FROM'];
  const alarms = watchHome({ options, description, log, problems, metrics, services, from });
  onStop(alarms.stop);
  return { client, activity, clock, rehearsal, metrics, usage, functions, services, schedules, alarms };
};

/** What functions write counts for alarms and, where somebody asks, for the bill. */
const counting =
  (usage: Usage | undefined, countLines: (logGroup: string, text: string) => void) =>
  (logGroup: string, text: string): void => {
    usage?.logged(text);
    countLines(logGroup, text);
  };

const operatorSources = (
  { options, origin, dataFolder, description, problems, log }: Base,
  { client, clock, rehearsal, usage, functions, services, schedules, alarms }: Parts,
): Omit<OperatorSources, 'secret'> => ({
  region: options.region,
  rehearsal: options.rehearsal,
  origin,
  dataFolder,
  now: clock.now,
  letters: services.letters,
  backlog: () => ({ ...services.mail.backlog(), leaves: lettersLeave(options) }),
  executions: services.executions,
  schedules: schedules.upcoming,
  threads: functions.sizes,
  alarms: () => alarms.states().filter(({ raised }) => raised),
  problems: problems.standing,
  ...(rehearsal && { moveClock: rehearsal.clock.advanceTo }),
  ...(usage && { usage: usage.counts }),
  boundForward: async () =>
    (await hasEvents(client, description.tables))
      ? 'Events are stored: time can only go forward.'
      : undefined,
  invite: (invitation) => functions.invoke(nameOfInvite(description), invitation),
  ...(options.engineEndpoint === undefined && {
    backUp: takeCut({ dataFolder, hold: services.hold, copyExecutions: services.states.copyTo, log }),
  }),
});

const publicDoor = (
  { options, description }: Base,
  { activity, clock, functions, metrics, usage, services: { s3 } }: Parts,
) =>
  httpApi({
    routes: description.routes,
    account: description.account,
    clock,
    invoke: functions.invoke,
    behindProxy: options.publicOrigin !== undefined,
    cors: description.api.cors,
    // A rehearsal plays months in a minute: a rate a second means nothing there.
    throttle: options.rehearsal ? undefined : description.api.throttle,
    onAnswer: (status) => {
      if (status >= 500) metrics.count('AWS/ApiGateway', '5xx', description.api.id);
    },
    files: (request, response) => {
      if (!s3.owns(request.url ?? '/')) return false;
      usage?.storage(request);
      void activity.track(s3.handleBrowser(request, response));
      return true;
    },
  });

/** What every function finds here. */
const surroundingsOf = ({ options, ports, origin, description }: Base): Surroundings => ({
  awsRegion: description.awsRegion,
  endpoint: addressOf(ports.aws),
  origin,
  clamdAddress: options.clamdAddress,
});

const addressOf = ({ port }: LoopbackPort): string => `http://127.0.0.1:${port}`;

const nameOfInvite = ({ functions }: Description): string =>
  functions.find(({ logicalId }) => logicalId === 'Invite')?.name ?? 'Invite';

/** The home's own way to the engine, past the permissions. */
const storeClient = ({ host: name, port }: Engine, region: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: `http://${name}:${port}`,
    region,
    credentials: { accessKeyId: 'home', secretAccessKey: 'home' },
  });

const homeFile = (
  { options, ports, origin, description, keys }: Base,
  { environment }: Functions,
  operatorSecret: string,
): HomeFile => ({
  pid: process.pid,
  region: options.region,
  rehearsal: options.rehearsal,
  origin,
  operator: `http://localhost:${ports.operator.port}`,
  operatorSecret,
  endpoint: addressOf(ports.aws),
  awsRegion: description.awsRegion,
  ...keys.operator,
  environment: { ...environment },
});
