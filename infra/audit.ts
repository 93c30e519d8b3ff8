import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Place } from '#functions/adapters/documents/s3-client.ts';
import { s3Papers } from '#functions/adapters/documents/s3-papers.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { checkedOn, type InvariantDeps } from '#functions/sweep/invariants.ts';
import { auditAnchor } from '#infra/audit-anchor.ts';
import { auditRound, roundOptions, textOf } from '#infra/audit-round.ts';
import { command, type Print, runAsProcess } from '#infra/local/command.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { type Checked, checkRecord, type RecordName, recordAt } from '#shared/domain/audit.ts';
import { type Actor, AggregateName, type StoredEvent } from '#shared/domain/event.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';

/** Where an audit reads, and what. Without named records every record is verified. */
export type Audit = {
  client: DynamoDBClient;
  recordsTable: string;
  named: readonly RecordName[];
  print: Print;
  /** The named records are shown as they were then. */
  until?: Instant | undefined;
};

const usage = `npm run audit [-- OPTIONS]

Verifies that the events of every record are unbroken and add up to the record, and prints histories.

  --data DIR            data folder of the running home (default .data/KZ-19)
  --record KIND#ID      verify and print this record only: round#…, application#…, person#…, gate#…; may be repeated
  --round ID            print a round as its events give it, and whether each proposal follows from what had happened before it
  --until INSTANT       only what had happened by then, and the record or the round as it was, folded anew
  --export FILE         with --round: also write its chronicle, every event and text that it followed from
  --from FILE           the round of such a file instead; no home is needed
  --anchor FILE         compare the records with an anchor that was kept elsewhere (/ru/anchors): what it signed must still stand
  --all                 verify every record besides the printed ones
  --records-table NAME  read this table on AWS instead, with the environment's credentials and region
  --documents-bucket NAME  with --records-table and --anchor: where its papers lie
`;

/** Verifies and prints. @returns how many records have a fault */
export const audit = async (
  { client, recordsTable, named, print, until }: Audit,
  all: boolean,
): Promise<number> => {
  const records = dynamoRecords({ client, recordsTable, personsTable: '' });
  let faults = 0;
  for (const name of named) {
    const history = await records.history(name.aggregate, name.id);
    const shown = history.filter(({ fact }) => until === undefined || fact.at <= until);
    for (const line of historyLines(shown)) print(line);
    if (until !== undefined)
      print(JSON.stringify(await recordAt(records, name, until), null, 2) ?? 'Nothing yet.');
    if (!told(name, await checkRecord(records, name), print)) faults += 1;
  }
  if (named.length > 0 && !all) return faults;
  const sum = await verifyAll({ records, pages: dynamoRecordPages({ client, recordsTable }) }, print);
  print(`${sum.records} records with ${sum.events} events verified, ${sum.faults} with a fault.`);
  return faults + sum.faults;
};

const verifyAll = async (
  deps: InvariantDeps,
  print: Print,
): Promise<{ records: number; events: number; faults: number }> => {
  const sum = { records: 0, events: 0, faults: 0 };
  let after: string | undefined;
  do {
    const page = await checkedOn(deps, after);
    for (const [name, checked] of page.checked) {
      sum.records += 1;
      sum.events += checked.events;
      if (checked.fault) sum.faults += 1;
      if (checked.fault) told(name, checked, print);
    }
    after = page.next;
  } while (after !== undefined);
  return sum;
};

/** Says what one record came to; true when nothing is wrong. */
const told = ({ aggregate, id }: RecordName, { events, fault }: Checked, print: Print): boolean => {
  if (fault && events === 0 && fault.fault === 'no-snapshot') print(`There is no ${aggregate}#${id}.`);
  else if (fault) print(`FAULT ${aggregate}#${id} at version ${fault.version}: ${faultWords[fault.fault]}`);
  else print(`${aggregate}#${id}: ${events} events, unbroken, equal to the record.`);
  return !fault;
};

const faultWords: Record<NonNullable<Checked['fault']>['fault'], string> = {
  gap: 'an event is missing.',
  'broken-link': 'the event does not follow the one before.',
  changed: 'the event was changed after it was written.',
  'no-snapshot': 'there are events, but no record.',
  'snapshot-differs': 'the record is not what its events add up to.',
  unreadable: 'it cannot be read: its shape is unknown.',
  'no-judge': 'the decision names no person who made it.',
};

const historyLines = (history: readonly StoredEvent[]): string[] =>
  history.map(({ version, by, fact, hash }) => {
    const { type, at, ...facts } = fact;
    const words = Object.entries(facts).map(([key, value]) => `${key}=${wordOf(value)}`);
    return [String(version).padStart(5), at, type, `by ${actorWord(by)}`, ...words, hash.slice(0, 12)].join(
      '  ',
    );
  });

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const actorWord = (actor: Actor): string => {
  if (actor.kind === 'person') return `${actor.role} ${actor.id}`;
  return actor.kind === 'system' ? actor.name : 'operator';
};

/** `application#ID` as people write it. @throws HomeFault when it names no kind of record */
const readName = (text: string): RecordName => {
  const [kind, id, ...more] = text.split('#');
  const aggregate = AggregateName.safeParse(kind);
  if (aggregate.success && id && more.length === 0) return { aggregate: aggregate.data, id };
  const kinds = AggregateName.options.join(', ');
  throw new HomeFault(`"${text}" names no record. Write KIND#ID with a kind of ${kinds}.`, exitCodes.usage);
};

/** @throws HomeFault when it names no moment */
const momentOf = (text: string): Instant => {
  const moment = readInstant(text);
  if (moment) return moment;
  throw new HomeFault(`"${text}" is no moment. Write one as 2022-11-14T09:00:00+06:00.`, exitCodes.usage);
};

const options = {
  data: { type: 'string', default: '.data/KZ-19' },
  record: { type: 'string', multiple: true },
  until: { type: 'string' },
  anchor: { type: 'string' },
  all: { type: 'boolean', default: false },
  'documents-bucket': { type: 'string' },
  'records-table': { type: 'string' },
  ...roundOptions,
} as const;

/** @throws HomeFault when it is not said where papers lie, or the file cannot be read */
const comparedWith = async (
  file: string,
  { data, table, bucket }: { data: string; table: string | undefined; bucket: string | undefined },
  print: Print,
): Promise<number> => {
  const { client, recordsTable } = placeOf(data, table);
  const papers = s3Papers(() => papersPlaceOf(data, table, bucket));
  return await auditAnchor(textOf(file), { heads: dynamoHeads({ client, recordsTable }), papers }, print);
};

const papersPlaceOf = (data: string, table: string | undefined, bucket: string | undefined): S3Place => {
  if (table !== undefined) {
    if (bucket === undefined)
      throw new HomeFault('Say with --documents-bucket where papers lie.', exitCodes.usage);
    return { bucket };
  }
  const { endpoint, awsRegion: region, environment, ...keys } = readHomeFile(data);
  const { accessKeyId, secretAccessKey } = keys;
  const access = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  return { bucket: bucket ?? environment['DOCUMENTS_BUCKET'] ?? '', access };
};

const placeOf = (data: string, table: string | undefined): Pick<Audit, 'client' | 'recordsTable'> => {
  if (table !== undefined) return { client: new DynamoDBClient({}), recordsTable: table };
  const home = readHomeFile(data);
  const recordsTable = home.environment['RECORDS_TABLE'];
  if (recordsTable === undefined) throw new HomeFault('The home names no records table.', exitCodes.data);
  const { accessKeyId, secretAccessKey } = home;
  const client = new DynamoDBClient({
    endpoint: home.endpoint,
    region: home.awsRegion,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 2,
  });
  return { client, recordsTable };
};

/** The command line. Ends with 1 when a record has a fault. */
export const main = command(
  { usage, options },
  async ({ data, record, all, until: moment, ...values }, print) => {
    const named = (record ?? []).map(readName);
    const until = moment === undefined ? undefined : momentOf(moment);
    if (values.round !== undefined || values.from !== undefined) {
      const home = () => dynamoRecords({ ...placeOf(data, values['records-table']), personsTable: '' });
      return (await auditRound({ ...values, until }, home, print)) > 0 ? 1 : 0;
    }
    if (values.anchor !== undefined) {
      const where = { data, table: values['records-table'], bucket: values['documents-bucket'] };
      return (await comparedWith(values.anchor, where, print)) > 0 ? 1 : 0;
    }
    const place = placeOf(data, values['records-table']);
    return (await audit({ ...place, named, print, until }, all)) > 0 ? 1 : 0;
  },
);

if (import.meta.main) await runAsProcess(main);
