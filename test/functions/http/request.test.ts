import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { networkOf } from '#functions/http/request.ts';

const from = async (sourceIp: string | undefined): Promise<string> => {
  const app = new Hono().get('/', (c) => c.text(networkOf(c)));
  const env = sourceIp === undefined ? {} : { event: { requestContext: { http: { sourceIp } } } };
  return await (await app.request('/', {}, env)).text();
};

describe('the network that a request comes from', () => {
  it.for([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::5', '2001:db8:0:0'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.8', '203.0.113.8'],
    ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    [undefined, 'unknown'],
  ] as const)('%s is %s', async ([sourceIp, network]) => {
    expect(await from(sourceIp)).toBe(network);
  });
});
