import { describe, expect, it } from 'vitest';
import { fileIn, isRound, readArrival, readScan } from '#functions/documents/arrival.ts';

const created = (key: string) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'documents' }, object: { key, size: 5, etag: 'e' } },
});

describe('a file that arrived', () => {
  it('is known by its place in quarantine', () => {
    expect(readArrival(created('quarantine/A00000000000000000A1/D00000000000000000D1'))).toEqual({
      applicationId: 'A00000000000000000A1',
      documentId: 'D00000000000000000D1',
    });
  });

  it.for([
    'clean/A00000000000000000A1/D00000000000000000D1',
    'quarantine/A00000000000000000A1',
    'quarantine/A00000000000000000A1/D00000000000000000D1/more',
    'quarantine/../D00000000000000000D1',
  ])('is not one of ours under %s', (key) => {
    expect(() => readArrival(created(key))).toThrow();
  });

  it('is found again by its place where files are held, and by the schedule that looks there', () => {
    expect(fileIn('held', 'held/gate-GATE0000000000000000/D00000000000000000D1')).toEqual({
      gateId: 'GATE0000000000000000',
      documentId: 'D00000000000000000D1',
    });
    expect(fileIn('held', 'held/request-REQVEST0000000000000/D00000000000000000D1')).toEqual({
      requestId: 'REQVEST0000000000000',
      documentId: 'D00000000000000000D1',
    });
    expect([isRound({ documents: 'held' }), isRound(created('held/a/b'))]).toEqual([true, false]);
  });

  it('is no other event', () => {
    expect(() => readArrival({ ...created('quarantine/a/b'), 'detail-type': 'Object Deleted' })).toThrow();
  });
});

/** As the GuardDuty user guide shows it, shortened to what is read. */
const scanned = (status: string, key = 'held/A00000000000000000A1/D00000000000000000D1') => ({
  version: '0',
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  source: 'aws.guardduty',
  resources: ['arn:aws:guardduty:eu-central-1:111122223333:malware-protection-plan/b4c7f464ab3a4EXAMPLE'],
  detail: {
    schemaVersion: '1.0',
    scanStatus: 'COMPLETED',
    resourceType: 'S3_OBJECT',
    s3ObjectDetails: {
      bucketName: 'documents',
      objectKey: key,
      eTag: '9b2cf535f27731c974343645a3985328',
      versionId: 'v1',
      s3Throttled: false,
    },
    scanResultDetails: { scanResultStatus: status, threats: null },
  },
});

describe('what GuardDuty says of a file', () => {
  it.for([
    ['NO_THREATS_FOUND', 'clean'],
    ['THREATS_FOUND', 'infected'],
    // Behind a password, or of a kind that it does not know.
    ['UNSUPPORTED', 'unreadable'],
  ] as const)('%s is a verdict about one version of it: %s', ([status, says]) => {
    expect(readScan(scanned(status))).toEqual({
      file: { applicationId: 'A00000000000000000A1', documentId: 'D00000000000000000D1' },
      status,
      verdict: { version: '"9b2cf535f27731c974343645a3985328"', says },
    });
  });

  it.for(['ACCESS_DENIED', 'FAILED'])('%s is no verdict', (status) => {
    expect(readScan(scanned(status))).toMatchObject({ status, verdict: undefined });
  });

  it('can be about a sheet of votes, and about nothing but what is held', () => {
    const sheet = readScan(scanned('THREATS_FOUND', 'held/gate-GATE0000000000000000/D00000000000000000D1'));

    expect(sheet?.file).toMatchObject({ gateId: 'GATE0000000000000000' });
    expect(() =>
      readScan(scanned('THREATS_FOUND', 'clean/A00000000000000000A1/D00000000000000000D1')),
    ).toThrow('Not a file in held');
    expect(readScan(created('quarantine/A00000000000000000A1/D00000000000000000D1'))).toBeUndefined();
  });
});
