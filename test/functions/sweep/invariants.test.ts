import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { changed } from '#functions/commands/storing.ts';
import { checkPage } from '#functions/sweep/invariants.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { dana, erlan } from '#test/builders/selection.ts';
import { storePeople } from '#test/contracts/people.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

describe('the sweep over all records', () => {
  let engine: Engine;
  let ids: string[];
  const sweep = () => checkPage({ records: dynamoRecords(engine), pages: dynamoRecordPages(engine) });

  beforeEach(async () => {
    engine = await startEngine();
    ids = await storePeople(dynamoRecords(engine), 30);
  });
  afterEach(() => engine.stop());

  it('finds nothing wrong with records that were only written by commits', async () => {
    expect(await sweep()).toEqual({ checked: 30, findings: [] });
  });

  it('finds a record whose snapshot was changed by hand', async () => {
    await engine.client.send(
      new UpdateItemCommand({
        TableName: engine.recordsTable,
        Key: keyOf(keys.snapshot('person', ids[7] ?? '')),
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':state': text(`{"id":"${ids[8]}","passkeys":[],"registeredAt":"2027-03-01T12:00:00.000Z"}`),
        },
      }),
    );

    const finding = { invariant: 'snapshot-differs', aggregate: 'person', id: ids[7], version: 2 };
    expect(await sweep()).toEqual({ checked: 30, findings: [finding] });
  });

  it('finds a record whose snapshot is gone', async () => {
    await engine.client.send(
      new DeleteItemCommand({
        TableName: engine.recordsTable,
        Key: keyOf(keys.snapshot('person', ids[3] ?? '')),
      }),
    );

    const finding = { invariant: 'no-snapshot', aggregate: 'person', id: ids[3], version: 2 };
    expect(await sweep()).toEqual({ checked: 30, findings: [finding] });
    expect(await checkRecord(dynamoRecords(engine), { aggregate: 'person', id: ids[3] ?? '' })).toEqual({
      events: 2,
      fault: { version: 2, fault: 'no-snapshot' },
    });
  });

  it.for([
    ['by the system', theSystem, dana.id],
    ['in the name of another member', dana, erlan.id],
  ] as const)('finds a decision that was stored %s', async ([, by, named]) => {
    const records = dynamoRecords(engine);
    const { applicationId, roundId, number, facts, screened } = aCandidacy();
    const about = { applicationId, roundId, number, facts, screened };
    const opened = { type: 'candidacy-opened', at: noon, ...about } as const;
    const judged = { type: 'application-judged', at: noon, by: named, verdict: 'admitted' } as const;
    const { change } = changed(candidacyAggregate, applicationId, undefined, [opened, judged]);
    await records.commit({ by, changes: [change] });

    const finding = { invariant: 'no-judge', aggregate: 'candidacy', id: applicationId, version: 2 };
    expect((await sweep()).findings).toEqual([finding]);
  });
});
