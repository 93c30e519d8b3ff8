/** ListObjectsV2: keys in the order of their bytes, rolled up at a delimiter, a page at a time. */

import { uriEncode } from '#infra/local/signature/canonical.ts';
import { answerXml, bucketArn, type Call } from './call.ts';
import { S3Error } from './errors.ts';
import type { ObjectFacts } from './object-file.ts';
import { type Element, element } from './xml.ts';

const largestPage = 1000;

type Entry = { name: string; facts?: ObjectFacts };

export const listObjects = async (call: Call): Promise<void> => {
  const { bucket, query, response } = call;
  call.demand('s3:ListBucket', bucketArn(bucket.options.name));
  if (query.get('list-type') !== '2')
    throw new S3Error('NotImplemented', 'Only ListObjectsV2 is hosted here.');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const after = token === undefined ? (query.get('start-after') ?? '') : readToken(token);
  const most = pageSize(query.get('max-keys'));
  const { entries, more } = page(await bucket.store.all(prefix), { prefix, delimiter, after, most });
  const spell = query.get('encoding-type') === 'url' ? uriEncode : (text: string) => text;
  const last = entries.at(-1);
  answerXml(
    response,
    200,
    element(
      'ListBucketResult',
      element('Name', bucket.options.name),
      element('Prefix', spell(prefix)),
      delimiter === '' ? undefined : element('Delimiter', spell(delimiter)),
      element('MaxKeys', most),
      element('KeyCount', entries.length),
      element('IsTruncated', more),
      token === undefined ? undefined : element('ContinuationToken', token),
      more && last
        ? element('NextContinuationToken', Buffer.from(last.name).toString('base64url'))
        : undefined,
      ...entries.map((entry) => written(entry, spell)),
    ),
  );
};

const pageSize = (text: string | undefined): number => {
  if (text === undefined) return largestPage;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', 'max-keys is not a number.');
  return Math.min(Number(text), largestPage);
};

const readToken = (token: string): string => {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (text === '') throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect.');
  return text;
};

const page = (
  all: readonly ObjectFacts[],
  asked: { prefix: string; delimiter: string; after: string; most: number },
): { entries: Entry[]; more: boolean } => {
  const { prefix, delimiter, after, most } = asked;
  const entries: Entry[] = [];
  const afterBytes = Buffer.from(after);
  let rolled: string | undefined;
  for (const facts of all) {
    const cut = delimiter === '' ? -1 : facts.key.indexOf(delimiter, prefix.length);
    const name = cut === -1 ? facts.key : facts.key.slice(0, cut + delimiter.length);
    const seen = cut !== -1 && (name === rolled || name === after);
    if (seen || (after !== '' && Buffer.compare(Buffer.from(name), afterBytes) <= 0)) continue;
    if (entries.length === most) return { entries, more: most > 0 };
    rolled = cut === -1 ? undefined : name;
    entries.push(cut === -1 ? { name, facts } : { name });
  }
  return { entries, more: false };
};

const written = ({ name, facts }: Entry, spell: (text: string) => string): Element =>
  facts
    ? element(
        'Contents',
        element('Key', spell(name)),
        element('LastModified', new Date(facts.lastModified).toISOString()),
        element('ETag', `"${facts.etag}"`),
        element('Size', facts.size),
        element('StorageClass', 'STANDARD'),
      )
    : element('CommonPrefixes', element('Prefix', spell(name)));
