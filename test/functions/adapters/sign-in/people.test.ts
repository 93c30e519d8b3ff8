import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { realChance } from '#functions/deps.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { MailAddress, newAttempt, rateLimits, type StoredSession } from '#shared/domain/sign-in.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Passkey, People, Profile } from '#shared/ports/sign-in.ts';
import { disclosure } from '#test/builders/conflicts.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
let people: People;
let turn = 0;
let mail: MailAddress;
let personId: PersonId;

const now = Instant.parse('2022-08-01T04:00:00.000Z');

beforeAll(async () => {
  engine = await startEngine();
  people = dynamoPeople(engine);
});
afterAll(() => engine.stop());
beforeEach(() => {
  turn += 1;
  mail = MailAddress.parse(`person-${turn}@example.kz`);
  personId = PersonId.parse(realChance.id());
});

const profile = (): Profile => ({ personId, mail, locale: 'kk', registeredAt: now });

const session = (token: string, over: Partial<StoredSession> = {}): StoredSession => ({
  id: sha256Of(token),
  personId,
  strength: 'code',
  staff: false,
  device: 'Firefox',
  createdAt: now,
  lastSeenAt: now,
  ...over,
});

const passkey = (counter: number): Passkey => ({
  credential: sha256Of('key'),
  credentialId: 'a2V5',
  publicKey: 'cHVibGlj',
  counter,
  transports: ['internal'],
  createdAt: now,
});

describe('a profile', () => {
  it('is found by its mailbox and by its id, and changes', async () => {
    await people.profiles.register(profile());
    await people.profiles.change(personId, { name: 'Айгерім', locale: 'ru' });

    const changed = { ...profile(), name: 'Айгерім', locale: 'ru' };
    expect(await people.profiles.find(personId)).toEqual(changed);
    expect(await people.profiles.findByMail(mail)).toEqual(changed);
    await people.profiles.change(personId, { disclosure });
    expect(await people.profiles.find(personId)).toEqual({ ...changed, disclosure });
    await people.profiles.change(personId, { disclosure: undefined });
    expect(await people.profiles.find(personId)).toEqual(changed);
  });

  it('stays the first one’s when the mailbox is registered again', async () => {
    await people.profiles.register(profile());

    const stands = await people.profiles.register({
      ...profile(),
      personId: PersonId.parse(realChance.id()),
    });

    expect(stands.personId).toBe(personId);
  });

  it('loses neither of two changes, one of which comes between the other’s reading and writing', async () => {
    await people.profiles.register(profile());
    const { middlewareStack } = engine.client;
    middlewareStack.add(
      (next) => async (args) => {
        const read = await next(args);
        if (middlewareStack.remove('between')) await people.profiles.change(personId, { locale: 'ru' });
        return read;
      },
      { name: 'between', step: 'initialize' },
    );

    await people.profiles.change(personId, { name: 'Айгерім' });

    expect(await people.profiles.find(personId)).toEqual({ ...profile(), name: 'Айгерім', locale: 'ru' });
  });

  it('moves to another mailbox, whose code it is found by, and leaves the old one to others', async () => {
    const other = MailAddress.parse(`other-${turn}@example.kz`);
    await people.profiles.register(profile());

    const moved = await Promise.all([
      people.profiles.move(personId, other),
      people.profiles.move(personId, other),
    ]);

    expect(moved).toEqual([true, true]);
    expect(await people.profiles.findByMail(mail)).toBeUndefined();
    expect(await people.profiles.findByMail(other)).toEqual({ ...profile(), mail: other, formerMail: mail });
  });

  it('never takes a mailbox from somebody, also when both want it at once', async () => {
    const other = MailAddress.parse(`wanted-${turn}@example.kz`);
    const rival = PersonId.parse(realChance.id());
    await people.profiles.register(profile());
    await people.profiles.register({ personId: rival, name: 'no mailbox', locale: 'kk', registeredAt: now });

    const moved = await Promise.all([
      people.profiles.move(personId, other),
      people.profiles.move(rival, other),
    ]);

    expect(moved.filter(Boolean)).toHaveLength(1);
    const owner = moved[0] ? personId : rival;
    expect((await people.profiles.findByMail(other))?.personId).toBe(owner);
    expect((await people.profiles.find(personId))?.mail).toBe(moved[0] ? other : mail);
  });

  it('that nobody has is not found', async () => {
    expect(await people.profiles.find(personId)).toBeUndefined();
    expect(await people.profiles.findByMail(mail)).toBeUndefined();
  });
});

const attempt = (secret: string) =>
  newAttempt({ secret, salt: 's', code: '123456', mail, locale: 'kk' }, now);

describe('a code', () => {
  it('counts five tries of any number that arrive at once', async () => {
    await people.codes.start(attempt(`burst ${turn}`));
    const id = sha256Of(`burst ${turn}`);

    const tries = await Promise.all(Array.from({ length: 20 }, () => people.codes.countTry(id)));

    expect(tries.filter((tried) => tried?.counted)).toHaveLength(5);
  });

  it('is spent by exactly one of many', async () => {
    await people.codes.start(attempt(`spent ${turn}`));
    const id = sha256Of(`spent ${turn}`);

    const spent = await Promise.all(Array.from({ length: 8 }, () => people.codes.spend(id, now)));

    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await people.codes.find(id)).toMatchObject({ usedAt: now });
  });

  it('is replaced when its own browser says so, and by nothing else that is sent to the mailbox', async () => {
    await people.codes.start(attempt(`older ${turn}`));
    await people.codes.start(attempt(`stranger's ${turn}`));
    await people.codes.replace(sha256Of(`older ${turn}`), now);

    const older = await people.codes.countTry(sha256Of(`older ${turn}`));
    const strangers = await people.codes.countTry(sha256Of(`stranger's ${turn}`));

    expect([older?.attempt.replacedAt, strangers?.attempt.replacedAt]).toEqual([now, undefined]);
  });

  it('that nobody asked for is neither counted nor spent', async () => {
    const id = sha256Of('nothing');

    await people.codes.replace(id, now);
    expect(await people.codes.countTry(id)).toBeUndefined();
    expect(await people.codes.spend(id, now)).toBe(false);
  });
});

describe('a session', () => {
  it('is found, listed newest first, and gone once it ended', async () => {
    const older = session(`a ${turn}`);
    const newer = session(`b ${turn}`, { createdAt: addSeconds(now, 5) });
    await people.sessions.begin(older);
    await people.sessions.begin(newer);
    const both = await people.sessions.ofPerson(personId);
    await people.sessions.end(older);

    expect(both).toEqual([newer, older]);
    expect(await people.sessions.find(older.id)).toBeUndefined();
    expect(await people.sessions.ofPerson(personId)).toEqual([newer]);
  });

  it('ends the one that it replaces, even when that one is somebody else’s', async () => {
    const stranger = PersonId.parse(realChance.id());
    const planted = session(`planted ${turn}`, { personId: stranger });
    await people.sessions.begin(planted);

    await people.sessions.begin(session(`own ${turn}`), planted.id);

    expect(await people.sessions.find(planted.id)).toBeUndefined();
    expect(await people.sessions.ofPerson(stranger)).toEqual([]);
  });

  it('that ended does not come back by being seen', async () => {
    const ended = session(`ended ${turn}`);
    await people.sessions.begin(ended);
    await people.sessions.end(ended);

    await people.sessions.touch(ended, addSeconds(now, 60));

    expect(await people.sessions.find(ended.id)).toBeUndefined();
  });

  it('can be ended twice', async () => {
    const ended = session(`twice ${turn}`);
    await people.sessions.begin(ended);
    await people.sessions.end(ended);

    await expect(people.sessions.end(ended)).resolves.toBeUndefined();
  });
});

describe('a challenge', () => {
  it('is taken by exactly one of many', async () => {
    const id = sha256Of(`challenge ${turn}`);
    const challenge = { purpose: 'register', challenge: 'x', expiresAt: addSeconds(now, 300) } as const;
    await people.challenges.put(id, challenge);

    const taken = await Promise.all(Array.from({ length: 8 }, () => people.challenges.take(id)));

    expect(taken.filter((one) => one !== undefined)).toEqual([challenge]);
  });
});

describe('a passkey', () => {
  it('accepts a counter that grows, and none that stands still or falls', async () => {
    await people.passkeys.add(personId, passkey(1));
    const count = (counter: number) => people.passkeys.count(personId, passkey(1).credential, counter);

    expect([await count(2), await count(2), await count(1), await count(7)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('may never count at all', async () => {
    await people.passkeys.add(personId, passkey(0));

    const counted = await people.passkeys.count(personId, passkey(0).credential, 0);

    expect(counted).toBe(true);
  });

  it('that was removed is not listed and does not come back by being counted', async () => {
    await people.passkeys.add(personId, passkey(1));
    await people.passkeys.remove(personId, passkey(1).credential);

    expect(await people.passkeys.count(personId, passkey(1).credential, 9)).toBe(false);
    expect(await people.passkeys.ofPerson(personId)).toEqual([]);
  });
});

describe('a rate', () => {
  it('counts everyone apart and begins again with the next window', async () => {
    const rate = rateLimits.codesToAddress;
    await people.countRate(rate, `me ${turn}`, now);

    expect(await people.countRate(rate, `me ${turn}`, now)).toBe(2);
    expect(await people.countRate(rate, `you ${turn}`, now)).toBe(1);
    expect(await people.countRate(rate, `me ${turn}`, addSeconds(now, 3600))).toBe(1);
  });

  it('loses none of many that arrive at once', async () => {
    const counts = await Promise.all(
      Array.from({ length: 25 }, () => people.countRate(rateLimits.codesFromNetwork, `burst ${turn}`, now)),
    );

    expect(Math.max(...counts)).toBe(25);
    expect(new Set(counts).size).toBe(25);
  });
});

describe('the table', () => {
  it('gives everything that ends a moment to be swept, a little after it ended', async () => {
    await people.sessions.begin(session(`swept ${turn}`));
    const { Items } = await engine.client.send(new ScanCommand({ TableName: engine.personsTable }));

    const passing = (Items ?? []).filter(
      ({ pk, sk }) => /^(CODE|SESSION|RATE)#/.test(pk?.S ?? '') || /^(CODE|SESSION)/.test(sk?.S ?? ''),
    );
    expect(passing.length).toBeGreaterThan(0);
    expect(passing.filter(({ ttl }) => ttl?.N === undefined)).toEqual([]);
  });

  it('holds no network address', async () => {
    await people.countRate(rateLimits.codesFromNetwork, '198.51.100.77', now);
    const { Items } = await engine.client.send(new ScanCommand({ TableName: engine.personsTable }));

    expect(JSON.stringify(Items)).not.toContain('198.51.100.77');
  });
});
