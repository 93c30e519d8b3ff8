import { beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '#shared/domain/time.ts';
import { aDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await aDesk();
});

const mail = 'aigul@example.kz';

describe('signing in with a code', () => {
  it('gives a session that says who it is, until it is ended', async () => {
    const who = await desk.signIn(mail);

    const { body } = await who.get('/api/session');
    expect(body).toMatchObject({ strength: 'code', roles: ['applicant'], waiting: [] });
    expect((await who.ask('DELETE', '/api/session')).status).toBe(204);
    expect((await who.get('/api/session')).body.type).toBe('/problems/sign-in-needed');
  });

  it('is the same person again the next time', async () => {
    const first = await (await desk.signIn(mail)).get('/api/session');
    const second = await (await desk.signIn(mail.toUpperCase())).get('/api/session');

    expect(second.body.personId).toBe(first.body.personId);
  });

  it('says the same whether the mailbox is known or not', async () => {
    await desk.signIn(mail);

    const known = await desk.program().post('/api/sign-in/codes', { mail, locale: 'kk' });
    const unknown = await desk.program().post('/api/sign-in/codes', { mail: 'no@example.kz', locale: 'kk' });
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    expect(known.status).toBe(unknown.status);
  });

  it('tells a wrong, an old, a used and a replaced code apart', async () => {
    const who = desk.program();
    const ask = async (replaces?: string): Promise<string> =>
      (await who.post('/api/sign-in/codes', { mail, locale: 'kk', replaces })).body.attempt;
    const say = async (attempt: string, code: string) =>
      (await who.post('/api/session', { attempt, code })).body.type;
    const newest = () => desk.letters.at(-1)?.code ?? '';

    const wrong = await ask();
    const other = newest() === '000000' ? '000001' : '000000';
    const used = newest();
    expect(await say(wrong, other)).toBe('/problems/code-wrong');
    await say(wrong, used);
    expect(await say(wrong, used)).toBe('/problems/code-used');

    const replaced = await ask();
    const before = newest();
    const late = await ask(replaced);
    expect(await say(replaced, before)).toBe('/problems/code-replaced');

    desk.world.clock.to(addSeconds(desk.world.clock.now(), 601));
    expect(await say(late, newest())).toBe('/problems/code-expired');
  });

  it('stops letters to one mailbox after five, and says when to come back', async () => {
    const who = desk.program();
    const answers = [];
    for (let time = 0; time < 6; time += 1) {
      answers.push(await who.post('/api/sign-in/codes', { mail, locale: 'kk' }));
    }

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(desk.letters).toHaveLength(5);
  });
});

describe('a passkey', () => {
  it('makes an invited person an administrator, and is needed again in every new session', async () => {
    const administrator = await desk.administrator();
    expect((await administrator.get('/api/session')).body).toMatchObject({
      strength: 'passkey',
      roles: ['applicant', 'administrator'],
    });

    const later = await desk.signIn('administrator@example.kz');
    expect((await later.get('/api/rounds')).body.type).toBe('/problems/passkey-needed');
    const options = await later.post('/api/passkeys/authentication');
    const answer = administrator.authenticator.authenticate(options.body);
    expect((await later.post('/api/session/passkey', { answer })).status).toBe(204);
    expect((await later.get('/api/rounds')).status).toBe(200);
  });

  it('of another person does not count', async () => {
    const administrator = await desk.administrator();
    const options = await administrator.post('/api/passkeys/authentication');
    const answer = administrator.authenticator.authenticate(options.body);
    const other = await desk.signIn(mail);
    await other.post('/api/passkeys/authentication');

    const shown = await other.post('/api/session/passkey', { answer });
    expect(shown.body.type).toBe('/problems/passkey-refused');
    expect((await other.get('/api/session')).body.strength).toBe('code');
  });

  it('is not made without an invitation by somebody who has none', async () => {
    const who = await desk.signIn(mail);
    const options = await who.post('/api/passkeys/registration');
    const answer = who.authenticator.register(options.body);

    expect((await who.post('/api/passkeys', { answer })).body.type).toBe('/problems/passkey-needed');
    expect((await who.get('/api/session')).body.roles).toEqual(['applicant']);
  });
});
