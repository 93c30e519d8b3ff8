import { generateKeyPairSync } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { changed } from '#functions/commands/storing.ts';
import { beginChecks, type CheckDeps } from '#functions/sweep/checks.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { fold, type StoredEvent } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { endSessions, personAggregate } from '#shared/domain/person.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { memoryPapers } from '#test/builders/memory-papers.ts';
import { signerOf } from '#test/builders/signer.ts';
import { aClock } from '#test/builders/worlds.ts';
import { storePeople } from '#test/contracts/people.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { startEngine } from '#test/engine.ts';

/** A key of a region, or of somebody else. */
export const aKey = () => signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));

/** The table of a region, with twelve people of two events each, and the bucket beside it. */
export const aCheckedRegion = async () => {
  const engine = await startEngine();
  const records = dynamoRecords(engine);
  const ids = await storePeople(records, 12);
  const papers = memoryPapers();
  const heads = dynamoHeads(engine);
  const counted = { reads: 0 };
  const time = { left: 900_000 };
  const deps: CheckDeps = {
    commands: { records, clock: aClock(noon), nudge: { outbox: async () => {} }, region: 'KZ-19' },
    records,
    pages: dynamoRecordPages(engine),
    heads: {
      ...heads,
      at: async (head) => {
        counted.reads += 1;
        return await heads.at(head);
      },
    },
    reports: dynamoCheckReports(engine),
    papers,
    signer: aKey(),
    region: 'KZ-19',
    remaining: () => time.left,
  };
  const person = (index: number): string => ids[index] ?? '';

  /** What the newest run has found. */
  const night = async (): Promise<CheckFinding[]> => {
    deps.commands.clock = aClock(addSeconds(deps.commands.clock.now(), 86_400));
    return (await beginChecks(deps, 'night')).night?.findings ?? [];
  };

  const grow = async (index: number, count = 1): Promise<void> => {
    for (let more = 0; more < count; more += 1) {
      const before = await records.find(personAggregate, person(index));
      const events = endSessions(1, deps.commands.clock.now());
      const { change } = changed(personAggregate, person(index), before, events);
      await records.commit({ by: theSystem, changes: [change] });
    }
  };

  const history = (index: number) => records.history('person', person(index));

  /** The record as it would stand if it had only these events: by itself nothing is wrong with it. */
  const forge = async (index: number, events: readonly StoredEvent[], before: number): Promise<void> => {
    const { client, recordsTable: TableName } = engine;
    for (let version = 1; version <= before; version += 1) {
      const Key = keyOf(keys.event('person', person(index), version));
      await client.send(new DeleteItemCommand({ TableName, Key }));
    }
    for (const event of events) {
      const Key = keyOf(keys.event('person', person(index), event.version));
      const Item = { ...Key, hash: text(event.hash), event: text(canonicalJson(event)) };
      await client.send(new PutItemCommand({ TableName, Item }));
    }
    const Key = keyOf(keys.snapshot('person', person(index)));
    const state = text(canonicalJson(fold(personAggregate, events)));
    const last = events.at(-1);
    const Item = { ...Key, version: number(events.length), hash: text(last?.hash ?? ''), state };
    await client.send(new PutItemCommand({ TableName, Item }));
    expect(await checkRecord(records, { aggregate: 'person', id: person(index) })).toEqual({
      events: events.length,
    });
  };

  return { engine, papers, deps, time, counted, person, night, grow, history, forge };
};

export type CheckedRegion = Awaited<ReturnType<typeof aCheckedRegion>>;
