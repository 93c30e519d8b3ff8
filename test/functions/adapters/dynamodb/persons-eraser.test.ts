import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoEraser } from '#functions/adapters/dynamodb/persons-eraser.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { realChance } from '#functions/deps.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { Instant } from '#shared/domain/time.ts';
import { theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

const now = Instant.parse('2022-08-01T04:00:00.000Z');

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** Somebody with an account, a session, a passkey, two texts of an application and one under the round. */
const somebody = async (name: string) => {
  const people = dynamoPeople(engine);
  const personId = PersonId.parse(realChance.id());
  const mail = MailAddress.parse(`${name}@example.kz`);
  await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: now });
  const seen = { device: name, createdAt: now, lastSeenAt: now };
  const session = { id: sha256Of(name), personId, strength: 'code', staff: false, ...seen } as const;
  await people.sessions.begin(session);
  const key = { credentialId: name, publicKey: name, counter: 0, transports: [], createdAt: now };
  await people.passkeys.add(personId, { credential: sha256Of(`${name}'s key`), ...key });
  const owner = `application#${personId}`;
  const documents = [
    writeDocument({ owner, kind: 'form', version: 1 }, { typed: name }, 'salt'),
    writeDocument({ owner, kind: 'form', version: 2 }, { typed: name }, 'salt'),
    writeDocument({ owner: `round#R#${personId}`, kind: 'reason', version: 1 }, { reason: name }, 'salt'),
  ];
  const stored = await dynamoRecords(engine).commit({ by: theSystem, changes: [], documents });
  expect(stored.ok).toBe(true);
  return { personId, mail, owner, reason: documents[2]?.ref };
};

const left = async (): Promise<string> => {
  const { Items } = await engine.client.send(new ScanCommand({ TableName: engine.personsTable }));
  return JSON.stringify(Items);
};

describe('erasing from the persons table', () => {
  it('leaves nothing of one person and everything of the other, and may be repeated', async () => {
    const [gone, stays] = [await somebody('zhanna-erased'), await somebody('murat-stays')];
    const eraser = dynamoEraser({ client: engine.client, table: engine.personsTable });
    const before = (await left()).split('murat-stays').length;

    const erase = async (): Promise<void> => {
      await eraser.texts(gone.owner);
      if (gone.reason) await eraser.documents([gone.reason]);
      await eraser.account(gone.personId);
    };
    await erase();
    await erase();

    const secret = `elsewhere#${gone.personId}`;
    await dynamoRecords(engine).secret(secret, 'zhanna-erased');
    await eraser.secret(secret);
    await eraser.secret(secret);

    const table = await left();
    expect(table).not.toContain('zhanna-erased');
    expect(table).not.toContain(gone.personId);
    expect(table.split('murat-stays')).toHaveLength(before);
    expect(await dynamoPeople(engine).profiles.findByMail(gone.mail)).toBeUndefined();
    expect(await dynamoPeople(engine).profiles.findByMail(stays.mail)).toMatchObject({
      personId: stays.personId,
    });
  });
});
