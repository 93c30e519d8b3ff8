import { describe, expect, it } from 'vitest';
import type { ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';
import { createUsage } from '#infra/local/usage.ts';

const asks = (operation: string, body: unknown): ServiceRequest => ({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
  body: Buffer.from(JSON.stringify(body)),
  caller: { kind: 'operator' },
});

const answers = (status: number, body: unknown) => async (): Promise<ServiceAnswer> => ({
  status,
  body: JSON.stringify(body),
});

/** Somebody has asked, so it counts. */
const askedFor = () => {
  const usage = createUsage();
  usage.counts();
  return usage;
};

describe('what a home used', () => {
  it('is counted by the units of the tables; what failed is no unit', async () => {
    const usage = askedFor();
    const put = asks('PutItem', { Item: { pk: { S: 'x' } } });

    await usage.dynamodb(answers(200, {}))(put);
    await usage.dynamodb(answers(400, {}))(put);
    await usage.dynamodb(answers(200, { Item: { pk: { S: 'x' } } }))(
      asks('GetItem', { ConsistentRead: true }),
    );

    expect(usage.counts()).toEqual({
      'dynamodb.PutItem': 2,
      'dynamodb.GetItem': 1,
      'dynamodb.writeUnits': 1,
      'dynamodb.readUnits': 1,
    });
  });

  it('is not weighed before somebody asks', async () => {
    const usage = createUsage();

    await usage.dynamodb(answers(200, {}))(asks('GetItem', {}));

    expect(usage.counts()).toEqual({});
  });

  it('passes the answer on as it came', async () => {
    const answer = answers(200, { Items: [] });

    expect(await askedFor().dynamodb(answer)(asks('Query', {}))).toEqual(await answer());
  });

  it('is counted by letters that were taken, by files and by functions', async () => {
    const usage = askedFor();
    const run = usage.functions(
      async () => ({ outcome: 'returned', payload: null }),
      () => undefined,
    );

    await usage.letters(answers(200, {}))(asks('', {}));
    await usage.letters(answers(429, {}))(asks('', {}));
    await run('web', {});
    usage.logged('ә');

    expect(usage.counts()).toEqual({
      'ses.letters': 1,
      'lambda.unknown.requests': 1,
      'logs.bytes': 2,
    });
  });
});
