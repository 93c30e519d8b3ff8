import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoOutbox } from '#functions/adapters/dynamodb/outbox.ts';
import { keepForDesk } from '#functions/commands/kept-letters.ts';
import { PersonId } from '#shared/domain/ids.ts';
import {
  aColleague,
  type Browser,
  type Home,
  openBrowser,
  personIdOf,
  personTypes,
  profileOf,
  signIn,
  startHome,
} from '#test/functions/web/account/home.ts';

let home: Home;
let browser: Browser;
let mail: string;
let other: string;
let turn = 0;

beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.stop());
beforeEach(() => {
  turn += 1;
  mail = `before-${turn}@example.kz`;
  other = `after-${turn}@example.kz`;
  browser = openBrowser(home, `203.0.113.${turn}`);
});

const mailbox = '/en/account/mailbox';

/** Asks for a code to the new mailbox and answers what its letter says. */
const codeTo = async (to: string, from = browser, page = mailbox): Promise<string> => {
  const asked = await from.post(page, { mail: to });
  if (asked.status !== 303) throw new Error(`No code: ${asked.status}`);
  return home.letters.at(-1)?.code ?? '';
};

describe('another mailbox', () => {
  it('is the person’s own once its code was typed: the old one is told, and signs nobody in any more', async () => {
    await signIn(home, browser, mail);
    const personId = await personIdOf(home, mail);
    const elsewhere = openBrowser(home);
    await signIn(home, elsewhere, mail);

    const code = await codeTo(other.toUpperCase());
    const page = await (await browser.get(`${mailbox}/code`)).text();
    const done = await browser.post(`${mailbox}/code`, { code });

    expect(home.letters.at(-1)).toMatchObject({ to: other, template: 'mailbox-code' });
    expect(page).toContain(other);
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      '/en/account?done=account.done.mailbox',
    ]);
    expect(await profileOf(home, other)).toMatchObject({ personId, formerMail: mail });
    expect(await profileOf(home, mail)).toBeUndefined();
    expect((await elsewhere.get('/en/account')).status).toBe(303);
    expect((await browser.get('/en/account')).status).toBe(200);
    expect(await personTypes(home, other)).toEqual(['person-registered', 'mailbox-proved', 'sessions-ended']);
    expect(JSON.stringify(await home.records.history('person', personId))).not.toContain('@');
    await signIn(home, openBrowser(home), other);
    expect(await personIdOf(home, other)).toBe(personId);
  });

  it('is changed once, however often the button is pressed', async () => {
    await signIn(home, browser, mail);
    const code = await codeTo(other);

    const pressed = await Promise.all([
      browser.post(`${mailbox}/code`, { code }),
      browser.post(`${mailbox}/code`, { code }),
    ]);

    expect(pressed.map(({ status }) => status)).toContain(303);
    const types = await personTypes(home, other);
    expect(types.filter((type) => type === 'mailbox-proved')).toHaveLength(1);
  });

  it('of somebody else is refused to whoever reads its letters, and to nobody before', async () => {
    const neighbour = openBrowser(home);
    await signIn(home, neighbour, other);
    await signIn(home, browser, mail);

    const asked = await browser.post(mailbox, { mail: other });
    const unknown = await browser.post(mailbox, { mail: `nobody-${turn}@example.kz` });
    expect([asked.status, asked.headers.get('location')]).toEqual([
      unknown.status,
      unknown.headers.get('location'),
    ]);

    const refused = await browser.post(`${mailbox}/code`, { code: await codeTo(other) });

    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('This mailbox belongs to another account');
    expect((await profileOf(home, other))?.personId).not.toBe(await personIdOf(home, mail));
  });

  it('needs its own code: one to sign in with does not do, nor does it sign anybody in', async () => {
    await signIn(home, browser, mail);
    await browser.post('/en/sign-in', { mail: other });
    const signingIn = home.letters.at(-1)?.code ?? '';
    browser.jar.set('__Host-irikteu-mailbox', browser.jar.get('__Host-irikteu-code') ?? '');
    const asMailbox = await browser.post(`${mailbox}/code`, { code: signingIn });

    const stranger = openBrowser(home);
    const joining = await codeTo(other);
    stranger.jar.set('__Host-irikteu-code', browser.jar.get('__Host-irikteu-mailbox') ?? '');
    const asSignIn = await stranger.post('/en/sign-in/code', { code: joining });

    expect(asMailbox.headers.get('location')).toBe(mailbox);
    expect(asSignIn.status).toBe(410);
    expect(await profileOf(home, other)).toBeUndefined();
  });

  it('is asked for within the limits of signing in: no sixth letter to it from one network', async () => {
    await signIn(home, browser, mail);
    const asked: number[] = [];
    for (let letter = 1; letter <= 6; letter += 1) {
      asked.push((await browser.post(mailbox, { mail: other })).status);
    }

    expect(asked).toEqual([303, 303, 303, 303, 303, 429]);
  });

  it('is not moved by a wrong code, nor is one that is no mailbox lost from the form', async () => {
    await signIn(home, browser, mail);
    const typo = await browser.post(mailbox, { mail: 'after(at)example.kz' });
    const code = await codeTo(other);
    const wrong = await browser.post(`${mailbox}/code`, { code: code === '000000' ? '000001' : '000000' });

    expect(typo.status).toBe(422);
    expect(await typo.text()).toContain('value="after(at)example.kz"');
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    expect(await profileOf(home, other)).toBeUndefined();
  });

  it('of somebody with a passkey takes the passkey: whoever only reads the letters cannot move the account', async () => {
    await aColleague(home, mail);
    const intruder = openBrowser(home);
    await signIn(home, intruder, mail);

    const asked = await intruder.post(mailbox, { mail: other });

    expect(asked.status).toBe(403);
    expect(home.letters.at(-1)?.to).toBe(mail);
  });
});

/** An officer of the desk, and a person whom they entered. */
const entered = async () => {
  const desk = await aColleague(home, `desk-${turn}@example.kz`, 'desk');
  const personId = PersonId.parse(home.chance.id());
  const contact = { name: 'Сапарова Айгүл', phone: '', address: 'көше 1', locale: 'kk' };
  await desk.post('/en/desk', { person: personId, ...contact });
  return { desk, personId, page: `/en/desk/people/${personId}` };
};

describe('somebody whom the desk entered', () => {
  it('takes over with an own mailbox, whose code is read out there; the desk is out, waiting letters are mailed', async () => {
    const { desk, personId, page } = await entered();
    const facts = { roundId: 'R'.repeat(20), number: 'KZ19-AAAA-BBBB' };
    const letter = { kind: 'letter', template: 'screening-admitted', personId, facts } as const;
    await keepForDesk(home, 'the letter', letter);

    const code = await codeTo(other, desk, `${page}/mailbox`);
    const done = await desk.post(`${page}/mailbox/code`, { code });

    expect(home.letters.at(-1)?.locale).toBe('kk');
    expect(done.headers.get('location')).toBe('/en/desk?done=desk.done.takenOver');
    expect((await desk.get(page)).status).toBe(404);
    const events = await home.records.history('person', personId);
    expect(events.at(-1)).toMatchObject({
      by: { kind: 'person', role: 'desk' },
      fact: { type: 'mailbox-proved', because: 'taken-over' },
    });
    await signIn(home, browser, other);
    expect(await personIdOf(home, other)).toBe(personId);
    expect((await browser.get('/en/account')).status).toBe(200);
    const rows = await dynamoOutbox(home.engine).due(home.clock.now(), 50);
    expect(rows.map(({ id }) => id)).toContain('the letter#mailed');
  });

  it('stays at the desk while the code is wrong, and whoever signed in elsewhere keeps the mailbox', async () => {
    const { desk, personId, page } = await entered();
    await signIn(home, browser, other);

    const refused = await desk.post(`${page}/mailbox/code`, {
      code: await codeTo(other, desk, `${page}/mailbox`),
    });

    expect(refused.status).toBe(409);
    expect((await desk.get(page)).status).toBe(200);
    expect(await personIdOf(home, other)).not.toBe(personId);
  });
});
