import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  aColleague,
  ascending,
  askCode,
  enrol,
  type Home,
  linkOn,
  openBrowser,
  personIdOf,
  profileOf,
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

describe('the last administrator', () => {
  it('cannot be revoked', async () => {
    const administrator = await aColleague(home, first);
    const personId = await personIdOf(home, first);

    const response = await administrator.post('/en/staff/revoke', { personId, role: 'administrator' });

    expect(response.status).toBe(409);
    expect((await administrator.get('/en/staff')).status).toBe(200);
  });

  it('is one of two who revoke each other at the same moment', async () => {
    const [a, b] = [await aColleague(home, first), await aColleague(home, second)];
    const [idA, idB] = [await personIdOf(home, first), await personIdOf(home, second)];

    const answers = await Promise.all([
      a.post('/en/staff/revoke', { personId: idB, role: 'administrator' }),
      b.post('/en/staff/revoke', { personId: idA, role: 'administrator' }),
    ]);

    const pages = [(await a.get('/en/staff')).status, (await b.get('/en/staff')).status];
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(ascending(pages)).toEqual([200, 403]);
  });

  it('may go by handing over: the successor begins as the predecessor ends', async () => {
    const administrator = await aColleague(home, first);
    const page = await administrator.post('/en/account', { role: 'administrator', locale: 'kk' });
    const before = (await administrator.get('/en/staff')).status;
    const successor = openBrowser(home);

    await enrol(home, successor, { link: await linkOn(page), mail: second });

    expect(before).toBe(200);
    expect((await successor.get('/en/staff')).status).toBe(200);
    expect((await administrator.get('/en/staff')).status).toBe(403);
    expect((await staffTypes(home)).slice(-3)).toEqual([
      'invitation-used',
      'role-granted',
      'role-handed-over',
    ]);
  });
});

describe('a revoked role', () => {
  it('ends with the next click, in a session that is already open', async () => {
    const administrator = await aColleague(home, first);
    const other = await aColleague(home, second);
    const personId = await personIdOf(home, second);

    await administrator.post('/en/staff/revoke', { personId, role: 'administrator' });

    expect((await other.get('/en/staff')).status).toBe(403);
  });
});

describe('a link that should not work any more', () => {
  it('is made void on the staff page, and the history says so', async () => {
    const administrator = await aColleague(home, first);
    const page = await administrator.post('/en/staff', { role: 'chair', locale: 'kk' });
    const link = await linkOn(page);
    const listed = await (await administrator.get('/en/staff')).text();
    const digest = /name="invitation" value="([0-9a-f]{64})"/.exec(listed)?.[1] ?? '';

    const voided = await administrator.post('/en/staff/invitations/void', { invitation: digest });

    const late = await openBrowser(home).post('/en/enrol', { invitation: link });
    expect([voided.status, late.status]).toEqual([303, 410]);
    expect((await staffTypes(home)).at(-1)).toBe('invitation-voided');
    expect(await (await administrator.get('/en/staff')).text()).not.toContain(digest);
  });

  it('is every other one of a chair who has handed over', async () => {
    const chair = await aColleague(home, 'chair@example.kz', 'chair');
    const successors = [];
    for (let time = 1; time <= 5; time += 1) {
      const link = await linkOn(await chair.post('/en/account', { role: 'chair', locale: 'kk' }));
      const successor = openBrowser(home, `192.0.2.${time}`);
      await successor.post('/en/enrol', { invitation: link });
      successors.push({ successor, mail: `successor-${time}@example.kz` });
    }

    const statuses = [];
    for (const { successor, mail } of successors) {
      await signIn(home, successor, mail);
      const options = await (await successor.json('/en/passkey/new/options', {})).json();
      const enrolled = await successor.json('/en/enrol/passkey', successor.device.register(options));
      statuses.push(enrolled.status);
    }

    expect(statuses).toEqual([200, 410, 410, 410, 410]);
    expect((await staffTypes(home)).filter((type) => type === 'role-granted')).toHaveLength(2);
  });

  it('is one that an administrator wrote to a second mailbox of hers before she was revoked', async () => {
    const [a, b] = [await aColleague(home, first), await aColleague(home, second)];
    const link = await linkOn(await b.post('/en/staff', { role: 'administrator', locale: 'kk' }));
    const personId = await personIdOf(home, second);
    await a.post('/en/staff/revoke', { personId, role: 'administrator' });

    const response = await openBrowser(home).post('/en/enrol', { invitation: link });

    expect(response.status).toBe(410);
  });
});

describe('a name', () => {
  it('that is too long is shown again with what is wrong, and the one that stands stays', async () => {
    const administrator = await aColleague(home, first);
    await administrator.post('/en/account/name', { name: 'Айгүл' });
    const long = 'Ә'.repeat(121);

    const response = await administrator.post('/en/account/name', { name: long });

    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain(long);
    expect(page).toContain('at most 120 characters');
    expect(await profileOf(home, first)).toMatchObject({ name: 'Айгүл' });
  });
});

describe('somebody whose role needs no passkey', () => {
  it('goes on to where they wanted, not to a page about passkeys', async () => {
    await aColleague(home, 'school@example.kz', 'school');
    const browser = openBrowser(home);
    const code = await askCode(home, browser, 'school@example.kz');

    const response = await browser.post('/en/sign-in/code', { code, next: '/en/account' });

    expect(response.headers.get('location')).toBe('/en/account');
  });
});

describe('every page of signing in and staff', () => {
  it.for(['kk', 'ru', 'en'])('opens in %s', async (locale) => {
    const administrator = await aColleague(home, first);
    const visitor = openBrowser(home);
    await askCode(home, visitor, second);

    const pages = await Promise.all([
      visitor.get(`/${locale}/sign-in`),
      visitor.get(`/${locale}/sign-in/code`),
      visitor.get(`/${locale}/enrol`),
      administrator.get(`/${locale}/passkey`),
      administrator.get(`/${locale}/account`),
      administrator.get(`/${locale}/staff`),
    ]);

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });
});
