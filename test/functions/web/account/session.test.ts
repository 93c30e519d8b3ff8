import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
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
