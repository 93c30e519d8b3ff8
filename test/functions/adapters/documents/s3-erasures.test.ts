import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { s3Erasures } from '#functions/adapters/documents/s3-erasures.ts';
import { PersonId } from '#shared/domain/ids.ts';

const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
const erasures = s3Erasures(() => ({ bucket: 'documents' }));
const person = PersonId.parse('P'.repeat(20));

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
  s3.reset();
});

describe('the list of erasures', () => {
  it('is keys without a content', async () => {
    s3.on(PutObjectCommand).resolves({});
    await erasures.add({ kind: 'account', id: person });

    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'documents',
      Key: `erased/account/${person}`,
      Body: '',
    });
  });

  it('is read to its last page, and what is no erasure is passed over', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'erased/' })
      .resolvesOnce({
        Contents: [{ Key: `erased/account/${person}` }, { Key: 'erased/readme' }],
        IsTruncated: true,
        NextContinuationToken: 'next',
      })
      .resolvesOnce({ Contents: [{ Key: `erased/application/${'A'.repeat(20)}` }] });

    expect(await erasures.all()).toEqual([
      { kind: 'account', id: person },
      { kind: 'application', id: 'A'.repeat(20) },
    ]);
  });
});
