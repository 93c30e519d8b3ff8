import { join } from 'node:path';
import type { AccessKeys } from '#infra/local/access-keys.ts';
import type { Metrics } from '#infra/local/alarms/metrics.ts';
import { dynamodbService } from '#infra/local/endpoint/dynamodb.ts';
import { kmsService } from '#infra/local/endpoint/kms.ts';
import { lambdaService } from '#infra/local/endpoint/lambda.ts';
import { awsEndpoint } from '#infra/local/endpoint/server.ts';
import { tableGrants } from '#infra/local/endpoint/table-grants.ts';
import type { Engine } from '#infra/local/engine/engine.ts';
import { createHold, type Hold } from '#infra/local/hold.ts';
import { createDeliveries, reasonOf } from '#infra/local/lambda/deliveries.ts';
import type { Functions } from '#infra/local/lambda/functions.ts';
import type { LoopbackPort } from '#infra/local/loopback.ts';
import { type Mail, openMail } from '#infra/local/mail/mail.ts';
import type { Bounced } from '#infra/local/mail/returned.ts';
import type { ExecutionView, OperatorSources } from '#infra/local/operator/sources.ts';
import { createAuthorize } from '#infra/local/permissions/authorize.ts';
import type { Activity, Authorize, HomeClock, HomeLog } from '#infra/local/ports.ts';
import { bucketOptions } from '#infra/local/s3/from-template.ts';
import type { ObjectCreated, Patience } from '#infra/local/s3/notifications.ts';
import { openS3, type S3 } from '#infra/local/s3/s3.ts';
import { fitsPattern } from '#infra/local/schedules/pattern.ts';
import type { Listed } from '#infra/local/step-functions/api/listing.ts';
import { openStepFunctions, type StepFunctions } from '#infra/local/step-functions/step-functions.ts';
import type { Description } from '#infra/local/template/description.ts';
import type { Usage } from '#infra/local/usage.ts';

/** What the services of the home stand on. */
export type Ground = {
  dataFolder: string;
  description: Description;
  clock: HomeClock;
  activity: Activity;
  log: HomeLog;
  keys: AccessKeys;
  engine: Engine;
  functions: Functions;
  origin: string;
  /** Where letters leave; without it they stay for the operator. */
  smtpUrl: string | undefined;
  metrics: Metrics;
  /** Counts what AWS would bill, where somebody asks. */
  usage: Usage | undefined;
};

export type Services = {
  s3: S3;
  letters: OperatorSources['letters'];
  executions: OperatorSources['executions'];
  states: StepFunctions;
  mail: Mail;
  /**
   * Of calls that write somewhere else or in several steps. Machines write each transition at once, by themselves; and whoever
   * waits for a function must not hold up the calls by which it writes.
   */
  hold: Hold;
  /** Those that call functions; they end before the functions do. */
  closeCallers: () => Promise<void>;
  /** Those that functions call; they end after them. */
  closeStores: () => Promise<void>;
};

/** Letters that the operator's port lists. */
const mostLetters = 1_000;

/** Opens every AWS service of the home behind its one internal address. */
export const openServices = async (ground: Ground, endpoint: LoopbackPort): Promise<Services> => {
  const { description, clock, activity, log, keys, engine, functions, metrics, usage } = ground;
  const authorize = createAuthorize(description, log);
  const deliveries = createDeliveries({
    invoke: functions.invoke,
    clock,
    log,
    retriesOf: (name) => functions.find(name)?.retries ?? 2,
    onDropped: (name) => metrics.count('AWS/Lambda', 'AsyncEventsDropped', name),
  });
  const dynamodb = dynamodbService({ engine, log, grants: tableGrants(description, authorize) });
  const lambda = lambdaService({ functions, deliveries, authorize });
  const s3 = await openBuckets(ground, authorize);
  const hold = createHold();
  const mail = await openLetters(ground, authorize, hold);
  const tables: typeof dynamodb.answer = (request) => hold.pass(() => dynamodb.answer(request));
  // Last, because it goes on at once with what a stop cut, and that may call every other service.
  const states = openMachines(ground, authorize);
  endpoint.answerWith(
    awsEndpoint({
      clock,
      log,
      secretOf: keys.secretOf,
      callerOf: keys.callerOf,
      services: {
        dynamodb: usage?.dynamodb(tables) ?? tables,
        lambda: lambda.answer,
        states: states.handle,
        ses: usage?.letters(mail.handle) ?? mail.handle,
        kms: keysOf(ground, authorize).answer,
      },
      s3: (request, response) => {
        usage?.storage(request);
        return hold.pass(() => activity.track(s3.handle(request, response)));
      },
    }),
  );
  const closeCallers = async (): Promise<void> => {
    deliveries.close();
    await states.close();
  };
  const closeStores = async (): Promise<void> => {
    await mail.close();
    s3.close();
    dynamodb.close();
  };
  return {
    s3,
    letters: lettersIn(mail),
    executions: executionsOf(states),
    states,
    mail,
    hold,
    closeCallers,
    closeStores,
  };
};

const lettersIn = ({ letters, letter, release }: Mail): OperatorSources['letters'] => ({
  list: (to) => letters({ to, most: mostLetters }),
  find: letter,
  release,
});

const keysOf = ({ dataFolder, description }: Ground, authorize: Authorize) =>
  kmsService({
    folder: join(dataFolder, 'keys'),
    keys: description.keys.filter(({ KeyUsage }) => KeyUsage === 'SIGN_VERIFY'),
    aliases: description.keyAliases,
    authorize,
  });

const openMachines = (
  { dataFolder, description, clock, activity, functions, log }: Ground,
  authorize: Authorize,
): StepFunctions =>
  openStepFunctions({
    file: join(dataFolder, 'executions.sqlite'),
    machines: description.machines.map(({ role: _role, ...machine }) => machine),
    clock,
    activity,
    invoke: functions.invoke,
    authorize,
    log,
  });

const executionsOf = ({ executions, look }: StepFunctions): OperatorSources['executions'] => ({
  list: async () => executions().map(viewOf),
  find: async (name) => {
    const found = look(name);
    return found && { ...found, view: viewOf(found.listed) };
  },
});

const viewOf = ({
  name,
  machine,
  status,
  waits,
  startedAt,
  stoppedAt,
  error,
  cause,
}: Listed): ExecutionView => ({
  name,
  machine,
  status,
  waits: waits.map(({ state, doing, since, until }) => ({
    state,
    doing,
    since: isoOf(since),
    ...(until !== undefined && { until: isoOf(until) }),
  })),
  startedAt: isoOf(startedAt),
  ...(stoppedAt !== undefined && { stoppedAt: isoOf(stoppedAt) }),
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});

const isoOf = (instant: number): string => new Date(instant).toISOString();

const openLetters = (ground: Ground, authorize: Authorize, hold: Hold): Promise<Mail> => {
  const { dataFolder, description, clock, activity, log, smtpUrl } = ground;
  return openMail({
    folder: join(dataFolder, 'letters'),
    clock,
    log,
    authorize,
    account: description.account,
    region: description.awsRegion,
    smtpUrl,
    hold,
    onReturned: (event) => activity.track(tellRules(ground, event)),
  });
};

const openBuckets = (ground: Ground, authorize: Authorize): Promise<S3> => {
  const { dataFolder, description, clock, activity, log, keys, origin } = ground;
  return openS3({
    folder: join(dataFolder, 'buckets'),
    buckets: description.buckets.map((bucket) =>
      bucketOptions(bucket.name, bucket, {
        awsRegion: description.awsRegion,
        aliases: description.keyAliases,
      }),
    ),
    clock,
    secretOf: keys.secretOf,
    callerOf: keys.callerOf,
    authorize,
    onObjectCreated: (event) => activity.track(tellRules(ground, event)),
    patienceOf: (event) => patienceOf(description, event),
    onGivenUp: (event) => {
      for (const { functionArn } of targetsFor(description, event)) {
        ground.metrics.count('AWS/Lambda', 'AsyncEventsDropped', nameOf(functionArn));
      }
    },
    log,
    account: description.account,
    region: description.awsRegion,
    browserHost: new URL(origin).host,
  });
};

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const targetsFor = ({ rules }: Description, event: ObjectCreated | Bounced) =>
  rules.flatMap(({ name, pattern, targets }) =>
    fitsPattern(pattern, event) ? targets.map((target) => ({ ...target, name })) : [],
  );

/** Rejects while a function fails, so that bucket or mail keeps the event and tells it again. */
const tellRules = async (
  { description, functions }: Ground,
  event: ObjectCreated | Bounced,
): Promise<void> => {
  for (const { name, functionArn, input = event } of targetsFor(description, event)) {
    const result = await functions.invoke(functionArn, input);
    if (result.outcome !== 'returned')
      throw new Error(`The rule ${name} could not be followed: ${reasonOf(result)}`);
  }
};

/** As patient as the most patient rule that the event is for. */
const patienceOf = (description: Description, event: ObjectCreated): Patience => {
  const targets = targetsFor(description, event);
  return {
    retries: Math.max(0, ...targets.map(({ retries }) => retries)),
    longestAgeMilliseconds: Math.max(
      0,
      ...targets.map(({ longestAgeMilliseconds }) => longestAgeMilliseconds),
    ),
  };
};
