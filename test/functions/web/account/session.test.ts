import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aColleague,
  askCode,
  type Browser,
  type Home,
  openBrowser,
  personIdOf,
  personTypes,
  sessionCookie,
  signIn,
  startHome,
} from '#test/functions/web/account/home.ts';

let home: Home;
let browser: Browser;
let mail: string;
let turn = 0;

beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.stop());
beforeEach(() => {
  turn += 1;
  mail = `person-${turn}@example.kz`;
  browser = openBrowser(home, `203.0.113.${turn}`);
});

const onPhone = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';

/** The rows of the table of sessions, newest first. */
const tableOn = (page: string): string[] =>
  (page.match(/<tr class="govuk-table__row" role="row"><th scope="row".*?<\/tr>/gs) ?? []).filter((row) =>
    /This browser|name="session"/.test(row),
  );

describe('a session', () => {
  it('is never the one that was planted in the browser', async () => {
    await signIn(home, browser, mail);
    const planted = browser.jar.get(sessionCookie) ?? '';
    const victim = openBrowser(home);
    victim.jar.set(sessionCookie, planted);

    await signIn(home, victim, `victim-${mail}`);

    expect(victim.jar.get(sessionCookie)).not.toBe(planted);
    expect((await browser.get('/en/account')).status).toBe(303);
  });

  it('is stored without the token that the browser has', async () => {
    await signIn(home, browser, mail);
    const token = browser.jar.get(sessionCookie) ?? '';

    const { Items } = await home.engine.client.send(new ScanCommand({ TableName: home.engine.personsTable }));

    expect(JSON.stringify(Items)).not.toContain(token);
  });

  it('is over after two hours without a request, and not before', async () => {
    await signIn(home, browser, mail);
    home.pass(7000);
    const before = await browser.get('/en/account');
    home.pass(7000);
    const kept = await browser.get('/en/account');
    home.pass(7201);
    const after = await browser.get('/en/account');

    expect([before.status, kept.status, after.status]).toEqual([200, 200, 303]);
  });

  it('is over after a day, however busy', async () => {
    await signIn(home, browser, mail);
    let last = 200;
    for (let hour = 1; hour <= 24; hour += 1) {
      home.pass(3600);
      last = (await browser.get('/en/account')).status;
    }

    expect(last).toBe(303);
  });

  it('ends by signing out, on the server too', async () => {
    await signIn(home, browser, mail);
    const token = browser.jar.get(sessionCookie) ?? '';
    await browser.post('/en/sign-out');

    browser.jar.set(sessionCookie, token);

    expect((await browser.get('/en/account')).status).toBe(303);
  });

  it('ends everywhere at once, and the record says so', async () => {
    await signIn(home, browser, mail);
    const other = openBrowser(home);
    await signIn(home, other, mail);

    await browser.post('/en/account/sessions/end-all');

    expect((await other.get('/en/account')).status).toBe(303);
    expect(await personTypes(home, mail)).toContain('sessions-ended');
  });

  it.for(['applicant', 'administrator'] as const)(
    'of one’s own is listed by device, with its first and last moment and this one marked, for an %s too',
    async (role) => {
      const here = role === 'applicant' ? browser : await aColleague(home, mail, role);
      if (role === 'applicant') await signIn(home, here, mail);
      home.pass(600);
      const phone = openBrowser(home);
      const code = await askCode(home, phone, mail);
      await phone.post('/en/sign-in/code', { code }, { 'user-agent': onPhone });
      home.pass(60);

      const list = tableOn(await (await here.get('/en/account')).text());

      expect(list).toHaveLength(2);
      const [newest = '', oldest = ''] = list;
      expect(newest).toContain('Chrome, Android');
      expect(newest).toContain('name="session"');
      expect(oldest).toContain('This browser');
      expect(oldest).not.toContain('name="session"');

      const [, session = ''] = /name="session" value="(\w+)"/.exec(newest) ?? [];
      const ended = await here.post('/en/account/sessions/end', { session });

      expect(ended.headers.get('location')).toBe('/en/account?done=account.done.sessionEnded');
      expect((await phone.get('/en/account')).status).toBe(303);
      expect((await here.get('/en/account')).status).toBe(200);
    },
  );

  it('of somebody else cannot be ended', async () => {
    await signIn(home, browser, mail);
    const stranger = openBrowser(home);
    await signIn(home, stranger, `stranger-${mail}`);
    const id = await personIdOf(home, mail);
    const [session] = await home.people.sessions.ofPerson(id);

    const response = await stranger.post('/en/account/sessions/end', { session: session?.id ?? '' });

    expect(response.status).toBe(404);
    expect((await browser.get('/en/account')).status).toBe(200);
  });
});

describe('a form that another site posts', () => {
  it('changes nothing', async () => {
    await signIn(home, browser, mail);

    const response = await browser.post(
      '/en/sign-out',
      {},
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );

    expect(response.status).toBe(403);
    expect((await browser.get('/en/account')).status).toBe(200);
  });

  it('cannot start a sign-in in somebody else’s browser', async () => {
    const before = home.letters.length;

    const response = await browser.post('/en/sign-in', { mail }, { origin: 'https://evil.example' });

    expect(response.status).toBe(403);
    expect(home.letters).toHaveLength(before);
  });
});
