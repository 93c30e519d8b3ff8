import { describe, expect, it } from 'vitest';
import { writeToReferee } from '#functions/commands/reference-letters.ts';
import { askReferees } from '#functions/commands/references.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aigul, bolat } from '#test/builders/scenes.ts';
import { aReferenceScene } from '../commands/reference-scene.ts';
import { aSelectionSite } from './selection-site.ts';

const typed = {
  name: 'Serik <b>Omarov</b>',
  position: 'Headteacher',
  mail: 'serik@example.kz',
  relation: 'My head for five years',
  locale: 'ru',
};

const scene = async (locale = 'en', count = 1) => {
  // At that time an hour behind the home zone.
  const call = { ...aRoundFile().call, closesAt: '2022-09-30T18:00:00+05:00' };
  const { world, mine } = await aReferenceScene({ count }, { timeZone: 'Asia/Qyzylorda', call });
  const site = aSelectionSite(world);
  const sent: OutgoingLetter[] = [];
  const deliver = async (): Promise<string> => {
    const mail = { send: async (letter: OutgoingLetter) => void sent.push(letter) };
    const sender = { origin: 'https://irikteu.example', region: 'KZ-19' as const };
    for (const [id, { body, at: due }] of Array.from(world.records.outbox)) {
      if (due > world.clock.now()) continue;
      if (body.kind === 'ask-referees') await askReferees(world, body);
      if (body.kind === 'write-to-referee') await writeToReferee({ ...world, mail, sender }, id, body);
    }
    return /#(\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
  };
  const own = `/${locale}/applications/${mine.applicationId}`;
  return { world, site, own, deliver, sent, api: `/api/applications/${mine.applicationId}/references` };
};

const basedOnOf = ({ text }: { text: string }): string =>
  /name="basedOn" value="(\d+)"/.exec(text)?.[1] ?? '';

const refereeOf = ({ text }: { text: string }): string =>
  /name="referee" value="(\w+)"/.exec(text)?.[1] ?? '';

/** A browser that keeps the cookie which a page gives it, and has none of its own. */
const stranger = (web: ReturnType<typeof aSelectionSite>['web']) => {
  let cookie = '';
  const send = async (path: string, form?: Record<string, string>) => {
    const headers = { cookie, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
    const body = form && new URLSearchParams(form);
    const response = await web.request(`http://localhost:3000${path}`, {
      headers,
      ...(body && { method: 'POST', body }),
    });
    const given = response.headers.get('set-cookie');
    if (given?.includes('irikteu-reference')) cookie = given.split(';')[0] ?? '';
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      text: await response.text(),
    };
  };
  return send;
};

describe('references on the pages', () => {
  it.for(['kk', 'ru', 'en'])('are asked for and given without an account, in %s', async (locale) => {
    const { site, own, deliver, sent } = await scene(locale);
    const applicant = await site.applicant(aigul);

    const tasks = await applicant.get(own);
    const named = await applicant.post(`${own}/references/1`, typed);
    const list = await applicant.get(`${own}/references`);
    const [, referee = ''] = /name="referee" value="(\w+)"/.exec(list.text) ?? [];
    const asked = await applicant.post(`${own}/references/1/letter`, { referee });
    const token = await deliver();
    const visit = stranger(site.web);
    const opened = await visit(`/${locale}/reference`, {
      token: `https://x.example/${locale}/reference#${token}`,
    });
    const form = await visit(`/${locale}/reference/form`);
    const whose = refereeOf(form);
    const answer = { referee: whose, known: 'Since 2017', recommends: 'yes', text: 'An able teacher.' };
    const empty = await visit(`/${locale}/reference/form`, { ...answer, text: ' ', press: 'send' });
    const kept = await visit(`/${locale}/reference/form`, { ...answer, press: 'keep' });
    const given = await visit(`/${locale}/reference/form`, { ...answer, press: 'send' });
    const after = await applicant.get(`${own}/references`);

    expect(tasks.text).toContain(`${own}/references`);
    expect(after.text).toContain('(UTC+05:00)');
    expect([named, asked, opened, kept, given].map(({ status }) => status)).toEqual([
      303, 303, 303, 303, 303,
    ]);
    expect(sent[0]).toMatchObject({ to: 'serik@example.kz' });
    expect(list.text).toContain('Serik &lt;b&gt;Omarov&lt;/b&gt;');
    expect(form.text).toContain('Сапарова Айгүл Ерланқызы');
    expect(form.text).toContain(`<html lang="${locale}"`);
    expect([empty.status, empty.text.includes('Since 2017')]).toEqual([422, true]);
    expect((await visit(given.location)).status).toBe(200);
    expect(after.text).not.toContain('An able teacher.');
  });

  it('change nothing on GET, and tell a stranger nothing', async () => {
    const { world, site, own, deliver } = await scene();
    const applicant = await site.applicant(aigul);
    await applicant.post(`${own}/references/1`, typed);
    const list = await applicant.get(`${own}/references`);
    const [, referee = ''] = /name="referee" value="(\w+)"/.exec(list.text) ?? [];
    await applicant.post(`${own}/references/1/letter`, { referee });
    const token = await deliver();
    const visit = stranger(site.web);
    await visit('/en/reference', { token });
    const before = world.records.commits.length;

    for (const path of ['', '/form', '/refusal', '/thanks']) await visit(`/en/reference${path}`);
    expect(world.records.commits).toHaveLength(before);
    const other = stranger(site.web);
    expect((await other('/en/reference/form')).location).toBe('/en/reference');
    const guess = await other('/en/reference', { token: 'a-guess' });
    expect(guess.status).toBe(409);
    expect(guess.text).not.toContain('Сапарова');
    const others = await site.applicant(bolat);
    expect((await others.get(`${own}/references`)).status).toBe(404);
    expect((await others.post(`${own}/references/1`, typed)).status).toBe(404);
  });

  it('can be declined, and a network that tries many tokens has to wait', async () => {
    const { site, own, deliver } = await scene();
    const applicant = await site.applicant(aigul);
    await applicant.post(`${own}/references/1`, typed);
    const list = await applicant.get(`${own}/references`);
    const [, referee = ''] = /name="referee" value="(\w+)"/.exec(list.text) ?? [];
    await applicant.post(`${own}/references/1/letter`, { referee });
    const visit = stranger(site.web);
    await visit('/en/reference', { token: await deliver() });

    expect((await visit('/en/reference/refusal', { referee })).status).toBe(303);
    expect((await applicant.get(`${own}/references`)).text).toContain('Declined');
    for (let tries = 0; tries < 60; tries += 1) await visit('/en/reference', { token: String(tries) });
    expect((await visit('/en/reference', { token: 'one more' })).status).toBe(429);
  });

  it('are never sent as those of another tab, nor lost with the cookie', async () => {
    const { world, site, own, deliver } = await scene('en', 2);
    const applicant = await site.applicant(aigul);
    const tokenFor = async (slot: number): Promise<string> => {
      await applicant.post(`${own}/references/${slot}`, { ...typed, mail: `head${slot}@example.kz` });
      const { slots } = JSON.parse((await applicant.get(`/api${own.slice(3)}/references`)).text);
      await applicant.post(`${own}/references/${slot}/letter`, { referee: slots[slot - 1].referee });
      return await deliver();
    };
    const [first, second] = [await tokenFor(1), await tokenFor(2)];
    const visit = stranger(site.web);
    await visit('/en/reference', { token: first });
    const referee = refereeOf(await visit('/en/reference/form'));
    await visit('/en/reference', { token: second });
    const answer = { referee, known: 'Since 2017', recommends: 'yes', text: 'Of the <first>' };
    const before = world.records.commits.length;

    const crossed = await visit('/en/reference/form', { ...answer, press: 'send' });
    const declined = await visit('/en/reference/refusal', { referee });
    const lost = await stranger(site.web)('/en/reference/form', { ...answer, press: 'send' });
    const wrong = await visit('/en/reference', { ...answer, token: second });

    expect(first).not.toBe(second);
    expect([crossed, declined, lost, wrong].map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    for (const { text } of [crossed, lost, wrong]) expect(text).toContain('Of the &lt;first&gt;');
    expect(world.records.commits).toHaveLength(before);
    const back = await visit('/en/reference', { ...answer, token: first });
    expect(back.text).toContain('Of the &lt;first&gt;');
    expect(refereeOf(back)).toBe(referee);
    expect((await visit('/en/reference/form', { ...answer, press: 'send' })).status).toBe(303);
    const { slots } = JSON.parse((await applicant.get(`/api${own.slice(3)}/references`)).text);
    expect(slots).toMatchObject([{ status: 'given' }, { status: 'asked' }]);
  });

  it('are not overwritten unseen by what was typed in another tab', async () => {
    const { world, site, own, deliver, api } = await scene();
    const applicant = await site.applicant(aigul);
    await applicant.post(`${own}/references/1`, typed);
    const { slots } = JSON.parse((await applicant.get(api)).text);
    await applicant.post(`${own}/references/1/letter`, { referee: slots[0].referee });
    const visit = stranger(site.web);
    await visit('/en/reference', { token: await deliver() });
    const form = await visit('/en/reference/form');
    const shown = { referee: refereeOf(form), basedOn: basedOnOf(form) };
    const theirs = { ...shown, known: 'Since <2017>', recommends: 'no', text: 'Written first' };
    const mine = { ...shown, known: 'Since 2018', recommends: 'yes', text: 'Written second' };
    const send = async (answer: Record<string, string>, press: string) =>
      await visit('/en/reference/form', { ...answer, press });

    const first = [await send(theirs, 'keep'), await send(theirs, 'keep')];
    const before = world.records.commits.length;
    const refused = [await send(mine, 'keep'), await send(mine, 'send')];
    const incomplete = await send({ ...mine, known: '' }, 'send');

    expect(first.map(({ status }) => status)).toEqual([303, 303]);
    for (const { status, text } of refused) {
      expect(status).toBe(409);
      for (const words of ['Since &lt;2017&gt;', 'Written first', 'Since 2018', 'Written second'])
        expect(text).toContain(words);
      expect(text).toContain('in another window');
    }
    expect([incomplete.status, basedOnOf(incomplete)]).toEqual([422, shown.basedOn]);
    expect(world.records.commits).toHaveLength(before);
    // Having lost the cookie as well does not hide what the other tab kept.
    const lost = await stranger(site.web)('/en/reference/form', { ...mine, press: 'keep' });
    expect(basedOnOf(lost)).toBe(shown.basedOn);
    const decided = { ...mine, basedOn: basedOnOf(refused[0] ?? form) };
    expect((await send(decided, 'keep')).status).toBe(303);
    expect((await visit('/en/reference/form')).text).toContain('Written second');
    expect((await send({ ...mine, basedOn: '', text: 'By an older form' }, 'send')).status).toBe(303);
  });

  it('keep the referee whom another tab named, until that one was seen', async () => {
    const { world, site, own, api } = await scene('ru');
    const applicant = await site.applicant(aigul);
    const basedOn = basedOnOf(await applicant.get(`${own}/references/1`));
    const name = async (over: Record<string, string>) =>
      await applicant.post(`${own}/references/1`, { ...typed, basedOn, ...over });

    const first = [await name({}), await name({})];
    const before = world.records.commits.length;
    const other = { name: 'Kim Yelena', mail: 'kim@example.kz' };
    const refused = await name(other);
    const wrong = await name({ ...other, mail: 'kim' });
    const program = await applicant.json('PUT', `${api}/1`, { ...typed, ...other, basedOn: 0 });

    expect(basedOn).toBe('0');
    expect(first.map(({ status }) => status)).toEqual([303, 303]);
    expect([refused.status, wrong.status, program.status]).toEqual([409, 422, 409]);
    for (const words of ['Serik &lt;b&gt;Omarov', 'serik@example.kz', 'value="Kim Yelena"', 'в другом окне'])
      expect(refused.text).toContain(words);
    expect(basedOnOf(wrong)).toBe('0');
    expect(JSON.parse(program.text)).toMatchObject({ stored: { fields: { name: typed.name } } });
    expect(world.records.commits).toHaveLength(before);
    expect((await name({ ...other, basedOn: basedOnOf(refused) })).status).toBe(303);
    const { slots } = JSON.parse((await applicant.get(api)).text);
    expect(slots[0].contact).toMatchObject(other);
    const again = { ...typed, basedOn: slots[0].version };
    expect((await applicant.json('PUT', `${api}/1`, again)).status).toBe(204);
  });

  it('give back what was typed wrongly, and are the same through the API', async () => {
    const { site, own, api } = await scene();
    const applicant = await site.applicant(aigul);

    const wrong = await applicant.post(`${own}/references/1`, { ...typed, mail: 'serik' });
    expect([wrong.status, wrong.text.includes('value="serik"')]).toEqual([422, true]);
    expect((await applicant.json('PUT', `${api}/1`, typed)).status).toBe(204);
    const { slots } = JSON.parse((await applicant.get(api)).text);
    expect(slots).toMatchObject([{ slot: 1, status: 'named', contact: typed }]);
    expect((await applicant.json('POST', `${api}/${slots[0].referee}/letter`, {})).status).toBe(204);
    expect((await applicant.json('PUT', `${api}/2`, typed)).status).toBe(404);
  });
});
