import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passkeysOf } from '#functions/commands/sign-in-passkeys.ts';
import { inviteByOperator } from '#functions/invite/invite.ts';
import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  aColleague,
  enrol,
  type Home,
  linkOn,
  openBrowser,
  personIdOf,
  personTypes,
  sessionCookie,
  showPasskey,
  signIn,
  staffTypes,
  startHome,
} from '#test/functions/web/account/home.ts';

let home: Home;

beforeEach(async () => {
  home = await startHome();
});
afterEach(() => home.stop());

const first = 'first@example.kz';
const second = 'second@example.kz';

describe('a passkey answer', () => {
  it('cannot be played twice', async () => {
    const administrator = await aColleague(home, first);
    const browser = { ...openBrowser(home), device: administrator.device };
    await signIn(home, browser, first);
    const options = await (await browser.json('/en/passkey/options', {})).json();
    const answer = browser.device.authenticate(options);
    await browser.json('/en/passkey', answer);

    const again = await browser.json('/en/passkey', answer);

    expect(again.status).toBe(422);
  });

  it('is refused after five minutes', async () => {
    const administrator = await aColleague(home, first);
    const browser = { ...openBrowser(home), device: administrator.device };
    await signIn(home, browser, first);
    const options = await (await browser.json('/en/passkey/options', {})).json();
    home.pass(300);

    const late = await browser.json('/en/passkey', browser.device.authenticate(options));

    expect(late.status).toBe(422);
    expect((await browser.get('/en/staff')).status).toBe(403);
  });

  it('made for another address is refused', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    const phished = { ...openBrowser(home), device: createAuthenticator('http://evil.example') };

    const enrolled = await enrol(home, phished, { link, mail: first });

    expect(enrolled.status).toBe(422);
    expect(await staffTypes(home)).toEqual(['invitation-issued']);
  });

  it('of a colleague does not open my session', async () => {
    const administrator = await aColleague(home, first);
    await aColleague(home, second);
    const browser = openBrowser(home);
    await signIn(home, browser, second);
    const own = openBrowser(home);
    await signIn(home, own, first);
    const theirs = administrator.device.authenticate(
      await (await own.json('/en/passkey/options', {})).json(),
    );
    await browser.json('/en/passkey/options', {});

    const response = await browser.json('/en/passkey', theirs);

    expect(response.status).toBe(422);
  });

  it('posted as a form is not even read', async () => {
    const administrator = await aColleague(home, first);

    const response = await administrator.post('/en/passkey', { id: 'x' });

    expect(response.status).toBe(422);
  });
});

describe('a lost passkey', () => {
  const lost = 'chair@example.kz';

  it('is replaced when one administrator asks and another agrees', async () => {
    const [a, b] = [await aColleague(home, first), await aColleague(home, second)];
    const chair = await aColleague(home, lost, 'chair');
    const personId = await personIdOf(home, lost);
    await a.post('/en/staff/replacements', { personId });
    const page = await b.post('/en/staff/replacements/agree', { personId, [`locale-${personId}`]: 'ru' });
    const renewed = openBrowser(home);

    const enrolled = await enrol(home, renewed, { link: await linkOn(page), mail: lost });

    const old = { ...openBrowser(home), device: chair.device };
    await signIn(home, old, lost);
    const options = await (await old.json('/en/passkey/options', {})).json();
    expect(enrolled.status).toBe(200);
    expect(options).toMatchObject({ allowCredentials: [{ type: 'public-key' }] });
    expect(() => old.device.authenticate(options)).toThrow('no passkey');
    expect((await chair.get('/en/account')).status).toBe(303);
    expect(await staffTypes(home)).toContain('passkey-replaced');
  });

  it('is not replaced by one administrator alone', async () => {
    const a = await aColleague(home, first);
    await aColleague(home, second);
    await aColleague(home, lost, 'chair');
    const personId = await personIdOf(home, lost);
    await a.post('/en/staff/replacements', { personId });

    const response = await a.post('/en/staff/replacements/agree', { personId });

    expect(response.status).toBe(409);
  });

  it('that was found again needs no new one: the request is withdrawn', async () => {
    const [a, b] = [await aColleague(home, first), await aColleague(home, second)];
    await aColleague(home, lost, 'chair');
    const personId = await personIdOf(home, lost);
    await a.post('/en/staff/replacements', { personId });
    const withdrawn = await b.post('/en/staff/replacements/withdraw', { personId });

    const agreed = await b.post('/en/staff/replacements/agree', { personId });

    expect([withdrawn.status, agreed.status]).toEqual([303, 409]);
    expect((await staffTypes(home)).at(-1)).toBe('passkey-replacement-withdrawn');
  });

  it('of an administrator is not replaced by that administrator', async () => {
    const a = await aColleague(home, first);

    const response = await a.post('/en/staff/replacements', { personId: await personIdOf(home, first) });

    expect(response.status).toBe(409);
  });

  it('link is of no use to anybody else', async () => {
    const [a, b] = [await aColleague(home, first), await aColleague(home, second)];
    await aColleague(home, lost, 'chair');
    const personId = await personIdOf(home, lost);
    await a.post('/en/staff/replacements', { personId });
    const page = await b.post('/en/staff/replacements/agree', { personId });

    const stranger = await enrol(home, openBrowser(home), {
      link: await linkOn(page),
      mail: 'stranger@example.kz',
    });

    expect(stranger.status).toBe(403);
  });

  it('of the only administrator is replaced by a link from the operator', async () => {
    await aColleague(home, first);

    const again = await aColleague(home, first);

    expect((await again.get('/en/staff')).status).toBe(200);
    const person = await personTypes(home, first);
    expect(person.filter((type) => type === 'passkey-removed')).toHaveLength(1);
  });
});

describe('passkeys of one person', () => {
  it('can be two, and the last one cannot go', async () => {
    const administrator = await aColleague(home, first);
    home.pass(1);
    const options = await (await administrator.json('/en/passkey/new/options', {})).json();
    await administrator.json('/en/passkey/new', administrator.device.register(options));
    const ids = (await passkeysOf(home, await personIdOf(home, first))).map(({ credential }) => credential);

    const one = await administrator.post('/en/account/passkeys/remove', { credential: ids[0] ?? '' });
    const two = await administrator.post('/en/account/passkeys/remove', { credential: ids[1] ?? '' });

    expect(ids).toHaveLength(2);
    expect([one.status, two.status]).toEqual([303, 409]);
  });

  it('that are removed take with them the sessions that they opened elsewhere', async () => {
    const administrator = await aColleague(home, first);
    const laptop = { ...openBrowser(home), device: createAuthenticator('http://localhost:3000') };
    home.pass(1);
    const options = await (await administrator.json('/en/passkey/new/options', {})).json();
    await administrator.json('/en/passkey/new', laptop.device.register(options));
    const [phoneKey, laptopKey] = (await passkeysOf(home, await personIdOf(home, first))).map(
      ({ credential }) => credential,
    );
    await signIn(home, laptop, first);
    await showPasskey(laptop);
    const elsewhere = { ...openBrowser(home), device: administrator.device };
    await signIn(home, elsewhere, first);
    await showPasskey(elsewhere);

    const opened = (await laptop.get('/en/staff')).status;
    await elsewhere.post('/en/account/passkeys/remove', { credential: laptopKey ?? '' });

    expect(phoneKey).not.toBe(laptopKey);
    expect(opened).toBe(200);
    expect((await laptop.get('/en/account')).status).toBe(303);
    expect((await elsewhere.get('/en/staff')).status).toBe(200);
  });

  it('count in a session only while the record lists them', async () => {
    await aColleague(home, first);
    const personId = await personIdOf(home, first);
    const browser = openBrowser(home);
    browser.jar.set(sessionCookie, 'left-over');
    const now = home.clock.now();
    await home.people.sessions.begin({
      id: sha256Of('left-over'),
      personId,
      strength: 'passkey',
      credential: sha256Of('replaced'),
      staff: true,
      device: '',
      createdAt: now,
      lastSeenAt: now,
    });

    expect((await browser.get('/en/staff')).status).toBe(403);
    expect((await browser.get('/en/account')).status).toBe(200);
  });

  it('are not added by somebody who has only the mailbox', async () => {
    await aColleague(home, first);
    const thief = openBrowser(home);
    await signIn(home, thief, first);
    const options = await (await thief.json('/en/passkey/new/options', {})).json();

    const response = await thief.json('/en/passkey/new', thief.device.register(options));

    expect(response.status).toBe(403);
  });
});
