import { describe, expect, it } from 'vitest';
import { fileIn, isRound, readArrival } from '#functions/documents/arrival.ts';

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
    expect([isRound({ documents: 'held' }), isRound(created('held/a/b'))]).toEqual([true, false]);
  });

  it('is no other event', () => {
    expect(() => readArrival({ ...created('quarantine/a/b'), 'detail-type': 'Object Deleted' })).toThrow();
  });
});
