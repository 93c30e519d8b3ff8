import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askForCode } from '#functions/commands/sign-in.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import {
  ascending,
  askCode,
  type Browser,
  type Home,
  openBrowser,
  personIdOf,
  profileOf,
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

const another = (code: string): string => (code === '000000' ? '000001' : '000000');

describe('signing in with a code', () => {
  it('makes an account at the first code and finds the same one at the second', async () => {
    await signIn(home, browser, mail);
    const first = await profileOf(home, mail);

    await signIn(home, openBrowser(home), mail.toUpperCase());

    expect(await profileOf(home, mail)).toEqual(first);
    expect(await home.records.history('person', first?.personId ?? '')).toHaveLength(1);
  });

  it('keeps the mailbox out of the record', async () => {
    await signIn(home, browser, mail);

    const id = await personIdOf(home, mail);
    expect(JSON.stringify(await home.records.history('person', id))).not.toContain(mail);
  });

  it('gives a cookie that no script, no other site and no other host can use', async () => {
    const response = await signIn(home, browser, mail);

    const cookie = response.headers.getSetCookie().find((text) => text.startsWith(`${sessionCookie}=`));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('goes on to the page that was asked for, and never to another site', async () => {
    const code = await askCode(home, browser, mail);
    const inside = await browser.post('/en/sign-in/code', { code, next: '/en/calls/X/apply?a=1' });
    const second = await askCode(home, browser, mail);
    const outside = await browser.post('/en/sign-in/code', { code: second, next: '//evil.example/x' });

    expect(inside.headers.get('location')).toBe('/en/calls/X/apply?a=1');
    expect(outside.headers.get('location')).toBe('/en/applications');
  });

  it('writes the letter in the language of the page', async () => {
    await browser.post('/kk/sign-in', { mail });

    expect(home.letters.at(-1)).toMatchObject({ to: mail, locale: 'kk', minutes: 10 });
  });

  it('works without being told the code twice: the address is kept in the browser, not in the URL', async () => {
    const sent = await browser.post('/ru/sign-in', { mail });
    const page = await browser.get(sent.headers.get('location') ?? '');

    expect(sent.headers.get('location')).not.toContain(mail);
    expect(await page.text()).toContain(mail);
  });
});

describe('a code that is not right', () => {
  it('is refused with the tries that are left', async () => {
    const code = await askCode(home, browser, mail);

    const response = await browser.post('/en/sign-in/code', { code: another(code) });

    expect(response.status).toBe(422);
    expect(await response.text()).toContain('4');
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  it('locks after five wrong tries, so that the right one no longer helps', async () => {
    const code = await askCode(home, browser, mail);
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await browser.post('/en/sign-in/code', { code: another(code) });
    }

    const response = await browser.post('/en/sign-in/code', { code });

    expect(response.status).toBe(409);
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  it('counts guesses that arrive at the same moment', async () => {
    const code = await askCode(home, browser, mail);
    const guesses = Array.from({ length: 12 }, () =>
      browser.post('/en/sign-in/code', { code: another(code) }),
    );
    await Promise.all(guesses);

    const attempt = await browser.post('/en/sign-in/code', { code });

    expect(attempt.status).toBe(409);
  });

  it('is refused after ten minutes', async () => {
    const code = await askCode(home, browser, mail);
    home.pass(600);

    const response = await browser.post('/en/sign-in/code', { code });

    expect(response.status).toBe(410);
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  it('works once: a second browser with the same secret and code is refused', async () => {
    const code = await askCode(home, browser, mail);
    const copy = openBrowser(home);
    for (const [name, value] of browser.jar) copy.jar.set(name, value);
    await browser.post('/en/sign-in/code', { code });

    const response = await copy.post('/en/sign-in/code', { code });

    expect(response.status).toBe(409);
    expect(copy.jar.has(sessionCookie)).toBe(false);
  });

  it('lets only one of two simultaneous uses in', async () => {
    const code = await askCode(home, browser, mail);
    const copy = openBrowser(home);
    for (const [name, value] of browser.jar) copy.jar.set(name, value);

    const answers = await Promise.all([
      browser.post('/en/sign-in/code', { code }),
      copy.post('/en/sign-in/code', { code }),
    ]);

    expect(ascending(answers.map(({ status }) => status))).toEqual([303, 409]);
  });

  it('is void once its browser asked for a newer one', async () => {
    const code = await askCode(home, browser, mail);
    const before = new Map(browser.jar);
    await askCode(home, browser, mail);
    const late = openBrowser(home);
    for (const [name, value] of before) late.jar.set(name, value);

    const response = await late.post('/en/sign-in/code', { code });

    expect(response.status).toBe(409);
    expect(late.jar.has(sessionCookie)).toBe(false);
  });

  it('still works when somebody else asks for one to the same mailbox', async () => {
    const code = await askCode(home, browser, mail);
    await askCode(home, openBrowser(home, '192.0.2.66'), mail);

    const response = await browser.post('/en/sign-in/code', { code });

    expect(response.status).toBe(303);
    expect(browser.jar.has(sessionCookie)).toBe(true);
  });

  it('is worth nothing in a browser that did not ask for it', async () => {
    const code = await askCode(home, browser, mail);
    const thief = openBrowser(home);
    await askCode(home, thief, `other-${mail}`);

    const response = await thief.post('/en/sign-in/code', { code });

    expect(response.status).toBe(422);
    expect(await profileOf(home, mail)).toBeUndefined();
  });

  it('is not even counted when it is not six digits', async () => {
    const code = await askCode(home, browser, mail);
    for (let odd = 1; odd <= 6; odd += 1) await browser.post('/en/sign-in/code', { code: '12 ab' });

    const response = await browser.post('/en/sign-in/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` });

    expect(response.status).toBe(303);
  });
});

describe('somebody who tries too much', () => {
  it('does not keep the owner of the mailbox out', async () => {
    const stranger = openBrowser(home, '192.0.2.66');
    for (let letter = 1; letter <= 40; letter += 1) await stranger.post('/en/sign-in', { mail });

    const response = await signIn(home, browser, mail);

    expect(response.status).toBe(303);
    expect(browser.jar.has(sessionCookie)).toBe(true);
  });

  it('gets no sixth letter to one mailbox within the hour', async () => {
    for (let letter = 1; letter <= 5; letter += 1) await askCode(home, browser, mail);
    const before = home.letters.length;

    const response = await browser.post('/en/sign-in', { mail });

    expect(response.status).toBe(429);
    expect(home.letters).toHaveLength(before);
  });

  it('gets no 31st letter to one mailbox within the hour, from wherever', async () => {
    for (let letter = 1; letter <= 30; letter += 1)
      await askCode(home, openBrowser(home, `192.0.2.${letter}`), mail);
    const before = home.letters.length;

    const response = await browser.post('/en/sign-in', { mail });

    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(home.letters).toHaveLength(before);
  });

  it('may ask again in the next hour', async () => {
    for (let letter = 1; letter <= 6; letter += 1) await browser.post('/en/sign-in', { mail });
    home.pass(3600);

    const response = await browser.post('/en/sign-in', { mail });

    expect(response.status).toBe(303);
  });

  it('gets no more than 200 letters out of one network within ten minutes', async () => {
    const statuses = await Promise.all(
      Array.from(
        { length: 205 },
        async (_, index) =>
          (await browser.post('/en/sign-in', { mail: `flood-${turn}-${index}@example.kz` })).status,
      ),
    );

    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });
});

describe('whether somebody has an account', () => {
  it('cannot be told from the answer', async () => {
    const known = mail;
    await signIn(home, openBrowser(home), known);
    const unknown = `un${mail}`;

    const [first, second] = [
      await openBrowser(home).post('/en/sign-in', { mail: known }),
      await openBrowser(home).post('/en/sign-in', { mail: unknown }),
    ];

    expect(first.status).toBe(second.status);
    expect(first.headers.get('location')).toBe(second.headers.get('location'));
    expect(await first.text()).toBe(await second.text());
  });

  it('is not even looked up when a code is asked for', async () => {
    const asked: string[] = [];
    const { find, register, move, change } = home.people.profiles;
    const findByMail = (address: MailAddress) => {
      asked.push(address);
      return Promise.resolve(undefined);
    };
    const people = { ...home.people, profiles: { find, register, move, change, findByMail } };

    await askForCode({ ...home, people }, { mail: MailAddress.parse(mail), locale: 'en', network: 'here' });

    expect(asked).toEqual([]);
  });
});

describe('a page that shows a mailbox before anybody is signed in', () => {
  it('is kept nowhere, and neither is one that takes a code or a link', async () => {
    await askCode(home, browser, mail);

    const pages = await Promise.all(
      ['/en/sign-in', '/ru/sign-in/code', '/kk/enrol'].map((path) => browser.get(path)),
    );
    const open = await browser.get('/en/problems/code-wrong');

    expect(pages.map(({ headers }) => headers.get('cache-control'))).toEqual(
      Array.from({ length: 3 }, () => 'no-store'),
    );
    expect(open.headers.get('cache-control')).toBe('no-cache');
  });
});
