import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '#infra/build/functions.ts';
import { MachineName } from '#shared/domain/outbox.ts';
import { indexNames, type Names } from './names.ts';
import type { Region } from './regions.ts';
import type { RegionStack } from './stack.ts';

/** What a function may be allowed to do. Each is a set of statements with named actions on named resources. */
export type Grant =
  | 'read-records'
  | 'write-records'
  | 'release-claims'
  | 'mark-outbox'
  | 'scan-records'
  | 'read-persons'
  | 'write-persons'
  | 'erase-persons'
  | 'sign-uploads'
  | 'sign-documents'
  | 'read-brought'
  | 'sort-documents'
  | 'remove-documents'
  | 'note-erasures'
  | 'list-erasures'
  | 'write-papers'
  | 'keep-minutes'
  | 'keep-anchors'
  | 'carry-packets'
  | 'sign-papers'
  | 'sign-results'
  | 'nudge-outbox'
  | 'draw-papers'
  | 'join-slices'
  | 'send-letters'
  | 'start-executions'
  | 'resume-executions'
  | 'look-at-executions';

/** @returns the statements of one grant, in the region's own names */
export const statementsOf = (grant: Grant, place: Place): PolicyStatement[] => grants[grant](place);

type Place = { stack: RegionStack; region: Region; names: Names };

const grants: Record<Grant, (place: Place) => PolicyStatement[]> = {
  'read-records': (place) => [
    allow({ actions: tableReads, resources: recordsWithIndexes(place) }),
    useKey(place, place.names.recordsKeyAlias, 'dynamodb', keyReads),
  ],
  'write-records': (place) => [
    allow({ actions: tablePuts, resources: [tableArn(place, place.names.recordsTable)] }),
    useKey(place, place.names.recordsKeyAlias, 'dynamodb', keyWrites),
  ],
  // Beside write-records: events and snapshots are only ever put.
  'release-claims': (place) => [
    allow({ actions: ['dynamodb:DeleteItem'], resources: [tableArn(place, place.names.recordsTable)] }),
  ],
  'mark-outbox': (place) => [
    allow({ actions: ['dynamodb:UpdateItem'], resources: [tableArn(place, place.names.recordsTable)] }),
  ],
  // The nightly check must also see what no list shows.
  'scan-records': (place) => [
    allow({ actions: ['dynamodb:Scan'], resources: [tableArn(place, place.names.recordsTable)] }),
  ],
  'read-persons': (place) => [
    allow({ actions: tableReads, resources: [tableArn(place, place.names.personsTable)] }),
    useKey(place, place.names.personsKeyAlias, 'dynamodb', keyReads),
  ],
  'write-persons': (place) => [
    allow({ actions: tableWrites, resources: [tableArn(place, place.names.personsTable)] }),
    useKey(place, place.names.personsKeyAlias, 'dynamodb', keyWrites),
  ],
  // What is erased is read, to find everything of it, and deleted; nothing is changed.
  'erase-persons': (place) => [
    allow({ actions: ['dynamodb:DeleteItem'], resources: [tableArn(place, place.names.personsTable)] }),
    useKey(place, place.names.personsKeyAlias, 'dynamodb', keyReads),
  ],
  // A presigned address or form can do what its signer may: so the pages may put files and slices of them, and nothing else.
  'sign-uploads': (place) => [
    allow({
      actions: ['s3:PutObject'],
      resources: ['quarantine/*', 'slices/*', 'brought/*'].map((key) => objectArn(place, key)),
    }),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:GenerateDataKey']),
  ],
  // As above: a document can be opened once it was looked at, and nothing that still waits for that.
  'sign-documents': (place) => [
    allow({ actions: ['s3:GetObject'], resources: [objectArn(place, 'clean/*')] }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt']),
  ],
  // Signed files of other regions, which are read and held against their signature; nobody opens them. Beside sign-documents.
  'read-brought': (place) => [
    allow({ actions: ['s3:GetObject'], resources: [objectArn(place, 'brought/*')] }),
  ],
  'sort-documents': (place) => [
    allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      resources: [objectArn(place, 'quarantine/*')],
    }),
    allow({ actions: ['s3:GetObject', 's3:DeleteObject'], resources: [objectArn(place, 'slices/*')] }),
    allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      resources: [objectArn(place, 'held/*'), objectArn(place, 'clean/*')],
    }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  'remove-documents': (place) => [
    allow({
      actions: ['s3:DeleteObject'],
      resources: ['slices/*', 'quarantine/*', 'held/*', 'clean/*'].map((key) => objectArn(place, key)),
    }),
  ],
  // The list has no content, but S3 encrypts that too.
  'note-erasures': (place) => [
    allow({ actions: ['s3:PutObject'], resources: [objectArn(place, 'erased/*')] }),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:GenerateDataKey']),
  ],
  'list-erasures': (place) => [findMissing(place)],
  'write-papers': (place) => [
    allow({ actions: ['s3:PutObject', 's3:GetObject'], resources: [objectArn(place, 'papers/*')] }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  // What is drawn from, and no paper itself: those are signed.
  'keep-minutes': (place) => [
    allow({ actions: ['s3:PutObject', 's3:GetObject'], resources: [objectArn(place, 'papers/*.json')] }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  'keep-anchors': (place) => [
    allow({ actions: ['s3:PutObject', 's3:GetObject'], resources: [objectArn(place, 'papers/checks/*')] }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  // What crosses between regions is kept apart from papers: it is erased when its time is over.
  'carry-packets': (place) => [
    allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      resources: [objectArn(place, 'packets/*')],
    }),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  // A presigned address can do what its signer may: so the pages may get papers and packets, and nothing else of the bucket.
  'sign-papers': (place) => [
    allow({
      actions: ['s3:GetObject'],
      resources: [objectArn(place, 'papers/*'), objectArn(place, 'packets/*')],
    }),
    findMissing(place),
    useKey(place, place.names.documentsKeyAlias, 's3', ['kms:Decrypt']),
  ],
  // A signature of the region: for what publishes results that it has checked, and for what signs how far all records have come.
  'sign-results': ({ stack, names }) => [
    allow({
      actions: ['kms:Sign', 'kms:GetPublicKey'],
      resources: [arn(stack, 'kms', 'key/*')],
      conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.resultsKeyAlias } },
    }),
  ],
  'nudge-outbox': (place) => [invoke(place, 'outbox')],
  'draw-papers': (place) => [invoke(place, 'papers')],
  'join-slices': (place) => [invoke(place, 'documents')],
  'send-letters': ({ stack, region, names }) => [
    allow({
      actions: ['ses:SendEmail'],
      resources: [
        arn(stack, 'ses', `identity/${domainOf(region.mailFrom)}`),
        arn(stack, 'ses', `configuration-set/${names.mailEvents}`),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': region.mailFrom } },
    }),
  ],
  'start-executions': (place) => [
    allow({ actions: ['states:StartExecution'], resources: machineArns(place) }),
  ],
  'resume-executions': (place) => [
    allow({ actions: ['states:SendTaskSuccess'], resources: machineArns(place) }),
  ],
  'look-at-executions': ({ stack, names }) => [
    allow({
      actions: ['states:DescribeExecution'],
      resources: MachineName.options.map((name) =>
        arn(stack, 'states', `execution:${names.machine(name)}:*`),
      ),
    }),
  ],
};

/** Transactions need no action of their own: they are allowed as the reads and writes that they hold. */
const tableReads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const tablePuts = ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'];
const tableWrites = [...tablePuts, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
/** What DynamoDB asks of the key in the caller's name. */
const keyReads = ['kms:Decrypt', 'kms:DescribeKey'];
const keyWrites = [...keyReads, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** By its name, since functions are made one after the other. */
const invoke = ({ stack, names }: Place, name: FunctionName): PolicyStatement =>
  allow({
    actions: ['lambda:InvokeFunction'],
    resources: [arn(stack, 'lambda', `function:${names.function(name)}`)],
  });

const allow = (props: PolicyStatementProps): PolicyStatement => new PolicyStatement(props);

/** The key is found by its alias and may be used only through the service that stores the data. */
const useKey = (
  { stack }: Place,
  alias: string,
  service: 'dynamodb' | 's3',
  actions: string[],
): PolicyStatement =>
  allow({
    actions,
    resources: [arn(stack, 'kms', 'key/*')],
    conditions: {
      StringEquals: { 'kms:ViaService': `${service}.${stack.region}.amazonaws.com` },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias },
    },
  });

const recordsWithIndexes = (place: Place): string[] => {
  const table = tableArn(place, place.names.recordsTable);
  return [table, ...indexNames.map((index) => `${table}/index/${index}`)];
};

const tableArn = ({ stack }: Place, table: string): string => arn(stack, 'dynamodb', `table/${table}`);

/** Without it S3 answers a missing file as forbidden, not as missing. */
const findMissing = (place: Place): PolicyStatement =>
  allow({ actions: ['s3:ListBucket'], resources: [bucketArn(place)] });

const machineArns = ({ stack, names }: Place): string[] =>
  MachineName.options.map((name) => arn(stack, 'states', `stateMachine:${names.machine(name)}`));

const bucketArn = ({ stack, names }: Place): string => `arn:${stack.partition}:s3:::${names.documentsBucket}`;

const objectArn = (place: Place, key: string): string => `${bucketArn(place)}/${key}`;

const arn = (stack: RegionStack, service: string, resource: string): string =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);
