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
