import { describe, expect, it } from 'vitest';
import { sourceOf } from '#infra/local/http-api/source.ts';

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

describe('where a visitor comes from', () => {
  it.for([
    ['203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:50123', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]:50123', '2001:db8::7'],
  ] as const)('is the last address that the proxy of this machine wrote in %j', ([forwarded, address]) => {
    expect(sourceOf(from('127.0.0.1', forwarded), true)).toBe(address);
    expect(sourceOf(from('::1', forwarded), true)).toBe(address);
  });

  it.for([['unknown'], ['203.0.113.7, '], ['<script>'], ['999.1.1.1']] as const)(
    'is the proxy where %j names no address',
    ([forwarded]) => {
      expect(sourceOf(from('::ffff:127.0.0.1', forwarded), true)).toBe('127.0.0.1');
    },
  );

  it('is never what a visitor writes who did not come through the proxy', () => {
    expect(sourceOf(from('192.0.2.9', '203.0.113.7'), true)).toBe('192.0.2.9');
    expect(sourceOf(from('127.0.0.1', '203.0.113.7'), false)).toBe('127.0.0.1');
  });
});
