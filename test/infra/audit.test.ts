import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { main } from '#infra/audit.ts';
import { exitCodes } from '#infra/local/ports.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn } from '#test/builders/selection.ts';
import { storePeople } from '#test/contracts/people.ts';
import { type Engine, startEngine } from '#test/engine.ts';

describe('npm run audit', () => {
  let engine: Engine;
  let data: string;
  let ids: string[];
  let lines: string[];
  const audit = (...args: string[]) =>
    main(['--data', data, ...args], (line) => {
      lines.push(line);
    });

  const writeHome = (endpoint: string) =>
    writeFile(
      join(data, 'home.json'),
      JSON.stringify({
        pid: process.pid,
        region: 'KZ-19',
        rehearsal: true,
        origin: 'http://localhost:3000',
        operator: 'http://localhost:3001',
        operatorSecret: 'shown',
        endpoint,
        awsRegion: 'eu-central-1',
        accessKeyId: 'operator',
        secretAccessKey: 'secret',
        environment: { RECORDS_TABLE: engine.recordsTable },
      }),
    );

  beforeEach(async () => {
    lines = [];
    engine = await startEngine();
    ids = await storePeople(dynamoRecords(engine), 5);
    data = await mkdtemp(join(tmpdir(), 'irikteu-audit-'));
    await writeHome(engine.endpoint);
  });
  afterEach(() => engine.stop());

  it('verifies every record of the running home', async () => {
    const code = await audit();

    expect(code).toBe(0);
    expect(lines).toEqual(['5 records with 10 events verified, 0 with a fault.']);
  });

  it('prints the history of one record, oldest event first', async () => {
    const code = await audit('--record', `person#${ids[2]}`);

    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^ +1 {2}2027-03-01T12:00:00\.000Z {2}person-registered {2}by sweep/),
      expect.stringMatching(/^ +2 {2}2027-03-01T12:01:00\.000Z {2}sessions-ended {2}by sweep {2}count=1/),
      `person#${ids[2]}: 2 events, unbroken, equal to the record.`,
    ]);
  });

  it('shows a record as it was at a moment, and what had happened by then', async () => {
    const code = await audit('--record', `person#${ids[2]}`, '--until', '2027-03-01T17:00:30+05:00');

    expect(code).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('person-registered');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ id: ids[2] });
    expect(await audit('--record', `person#${ids[2]}`, '--until', 'yesterday')).toBe(exitCodes.usage);
  });

  it('names the record and the version of an event that was changed', async () => {
    const key = keyOf(keys.event('person', ids[1] ?? '', 2));
    const { Item } = await engine.client.send(
      new GetItemCommand({ TableName: engine.recordsTable, Key: key }),
    );
    const forged = (Item?.['event']?.S ?? '').replace('"count":1', '"count":2');
    await engine.client.send(
      new PutItemCommand({ TableName: engine.recordsTable, Item: { ...Item, event: text(forged) } }),
    );

    const code = await audit();

    expect(code).toBe(1);
    expect(lines).toEqual([
      `FAULT person#${ids[1]} at version 2: the event was changed after it was written.`,
      '5 records with 10 events verified, 1 with a fault.',
    ]);
  });

  it('names the first event that is missing', async () => {
    const Key = keyOf(keys.event('person', ids[4] ?? '', 1));
    await engine.client.send(new DeleteItemCommand({ TableName: engine.recordsTable, Key }));

    const code = await audit('--record', `person#${ids[4]}`);

    expect(code).toBe(1);
    expect(lines).toContain(`FAULT person#${ids[4]} at version 1: an event is missing.`);
  });

  it('says so when there is no such record, or no such kind', async () => {
    expect(await audit('--record', 'person#P00000000000000000P9')).toBe(1);
    expect(await audit('--record', 'teacher#1')).toBe(exitCodes.usage);
    expect(await audit('--nonsense')).toBe(exitCodes.usage);
    expect(lines[0]).toBe('There is no person#P00000000000000000P9.');
    expect(lines[1]).toContain('names no record');
  });

  it('says so when the home is not running', async () => {
    const code = await main(['--data', join(data, 'elsewhere')], (line) => {
      lines.push(line);
    });
    // Nothing listens on the discard port: the file of a home that was killed.
    await writeHome('http://127.0.0.1:9');
    const stopped = await audit();

    expect(code).toBe(exitCodes.data);
    expect(lines[0]).toContain('No home runs on');
    expect(stopped).toBe(exitCodes.data);
    expect(lines[1]).toContain('does not answer');
  });

  it('replays a round from the home, and byte for byte again from its chronicle alone', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world);
    for (const commit of world.records.commits) granted(await dynamoRecords(engine).commit(commit));
    const file = join(data, 'chronicle.json');
    const then = ['--until', '2022-09-30T12:00:00+06:00'];

    expect(await audit('--round', roundId, '--export', file)).toBe(0);
    expect(await audit('--round', roundId, ...then)).toBe(0);
    const asked = lines;
    lines = [];
    await engine.stop();
    expect(await audit('--from', file)).toBe(0);
    expect(await audit('--from', file, ...then)).toBe(0);

    expect(lines).toEqual(asked);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ stage: 'scoring', applications: { submitted: 3 } });
    expect(lines[1]).toMatch(/screening .* follows from the record$/);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ stage: 'call', lists: [] });
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace('"verdict":"admitted"', '"verdict":"refused"'),
    );
    expect(await audit('--from', file)).toBe(0);
    expect(await audit('--from', join(data, 'nothing.json'))).toBe(exitCodes.usage);
  });
});
