import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inviteByOperator } from '#functions/invite/invite.ts';
import {
  aColleague,
  ascending,
  enrol,
  type Home,
  linkOn,
  openBrowser,
  personIdOf,
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

describe('the first administrator', () => {
  it('is enrolled by a link, a code and a passkey, and may then see the staff', async () => {
    const administrator = await aColleague(home, first);

    const page = await administrator.get('/en/staff');

    expect(page.status).toBe(200);
    expect(await page.text()).toContain(first);
    expect(await staffTypes(home)).toEqual(['invitation-issued', 'invitation-used', 'role-granted']);
  });

  it('gets a session under a new id with the passkey', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    const browser = openBrowser(home);
    await browser.post('/en/enrol', { invitation: link });
    await signIn(home, browser, first);
    const before = browser.jar.get(sessionCookie);
    const options = await (await browser.json('/en/passkey/new/options', {})).json();
    await browser.json('/en/enrol/passkey', browser.device.register(options));

    const old = openBrowser(home);
    old.jar.set(sessionCookie, before ?? '');

    expect(browser.jar.get(sessionCookie)).not.toBe(before);
    expect((await old.get('/en/account')).status).toBe(303);
  });

  it('may do nothing as administrator after a code alone', async () => {
    await aColleague(home, first);
    const browser = openBrowser(home);
    await signIn(home, browser, first);

    const response = await browser.get('/en/staff');

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('passkey');
  });

  it('is led from the code to the passkey', async () => {
    const administrator = await aColleague(home, first);
    const browser = { ...openBrowser(home), device: administrator.device };

    const afterCode = await signIn(home, browser, first);
    const shown = await showPasskey(browser);

    expect(afterCode.headers.get('location')).toMatch(/^\/en\/passkey\?next=/);
    expect(shown.status).toBe(200);
    expect((await browser.get('/en/staff')).status).toBe(200);
  });
});

describe('an enrolment link', () => {
  it('is not used up by being opened or looked at', async () => {
    const { link } = await inviteByOperator(home, { role: 'member', locale: 'kk' });
    const scanner = openBrowser(home);
    await scanner.get('/kk/enrol');
    await scanner.post('/kk/enrol', { invitation: link });

    const enrolled = await enrol(home, openBrowser(home), { link, mail: first });

    expect(enrolled.status).toBe(200);
  });

  it('works once', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    await enrol(home, openBrowser(home), { link, mail: first });
    const late = openBrowser(home);

    const opened = await late.post('/en/enrol', { invitation: link });

    expect(opened.status).toBe(410);
    expect(await staffTypes(home)).toHaveLength(3);
  });

  it('lets only one of two people in who use it at the same moment', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    const both = [openBrowser(home), openBrowser(home)] as const;
    for (const [index, browser] of both.entries()) {
      await browser.post('/en/enrol', { invitation: link });
      await signIn(home, browser, index === 0 ? first : second);
    }
    const statuses = await Promise.all(
      both.map(async (browser) => {
        const options = await (await browser.json('/en/passkey/new/options', {})).json();
        return (await browser.json('/en/enrol/passkey', browser.device.register(options))).status;
      }),
    );

    expect(ascending(statuses)).toEqual([200, expect.toSatisfy((status) => [409, 410].includes(status))]);
    expect((await staffTypes(home)).filter((type) => type === 'role-granted')).toHaveLength(1);
  });

  it('is taken up by each of several people who do so at the same moment', async () => {
    const mails = [first, second, 'third@example.kz'];
    const browsers = mails.map(() => openBrowser(home));
    for (const [index, browser] of browsers.entries()) {
      const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
      await browser.post('/en/enrol', { invitation: link });
      await signIn(home, browser, mails[index] ?? '');
    }

    const statuses = await Promise.all(
      browsers.map(async (browser) => {
        const options = await (await browser.json('/en/passkey/new/options', {})).json();
        return (await browser.json('/en/enrol/passkey', browser.device.register(options))).status;
      }),
    );

    expect(statuses).toEqual([200, 200, 200]);
    expect((await staffTypes(home)).filter((type) => type === 'role-granted')).toHaveLength(3);
  });

  it('is void after 48 hours', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    home.pass(48 * 3600);

    const response = await openBrowser(home).post('/en/enrol', { invitation: link });

    expect(response.status).toBe(410);
  });

  it('that nobody issued is not known', async () => {
    const response = await openBrowser(home).post('/en/enrol', { invitation: 'x'.repeat(43) });

    expect(response.status).toBe(404);
  });

  it('is nowhere in the tables in a form that could be used', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });

    const { Items } = await home.engine.client.send(new ScanCommand({ TableName: home.engine.recordsTable }));

    expect(JSON.stringify(Items)).not.toContain(link.split('#')[1]);
  });

  it('does not let somebody with only the mailbox make a new passkey over an old one', async () => {
    const administrator = await aColleague(home, first);
    const page = await administrator.post('/en/staff', { role: 'auditor', locale: 'en' });
    const thief = openBrowser(home);

    const taken = await enrol(home, thief, { link: await linkOn(page), mail: first });

    expect(taken.status).toBe(403);
    expect((await thief.get('/en/staff')).status).toBe(403);
  });

  it('gives a second role to somebody who shows the passkey that is there', async () => {
    const administrator = await aColleague(home, first);
    const page = await administrator.post('/en/staff', { role: 'auditor', locale: 'en' });
    await administrator.post('/en/enrol', { invitation: await linkOn(page) });

    const accepted = await administrator.post('/en/enrol/accept');

    expect(accepted.status).toBe(303);
    expect(await (await administrator.get('/en/account')).text()).toContain('auditor');
  });

  it('works for somebody whose roles had all been revoked, at once', async () => {
    const administrator = await aColleague(home, first);
    const former = await aColleague(home, second, 'auditor');
    const personId = await personIdOf(home, second);
    await administrator.post('/en/staff/revoke', { personId, role: 'auditor' });
    const browser = { ...openBrowser(home), device: former.device };
    await signIn(home, browser, second);
    await showPasskey(browser);
    const page = await administrator.post('/en/staff', { role: 'administrator', locale: 'en' });
    await browser.post('/en/enrol', { invitation: await linkOn(page) });

    await browser.post('/en/enrol/accept');

    expect((await browser.get('/en/staff')).status).toBe(200);
  });

  it('for a school needs no passkey: the code is enough', async () => {
    const administrator = await aColleague(home, first);
    const page = await administrator.post('/en/staff', { role: 'school', locale: 'en' });
    const school = openBrowser(home);
    await school.post('/en/enrol', { invitation: await linkOn(page) });
    await signIn(home, school, second);

    const accepted = await school.post('/en/enrol/accept');

    expect(accepted.status).toBe(303);
    expect(await (await school.get('/en/account')).text()).toContain('school');
  });

  it('for an administrator is not taken with the code alone', async () => {
    const { link } = await inviteByOperator(home, { role: 'administrator', locale: 'en' });
    const browser = openBrowser(home);
    await browser.post('/en/enrol', { invitation: link });
    await signIn(home, browser, first);

    const accepted = await browser.post('/en/enrol/accept');

    expect(accepted.status).toBe(403);
    expect(await staffTypes(home)).toEqual(['invitation-issued']);
  });
});
