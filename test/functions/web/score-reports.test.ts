import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { applied, asked, aWronglyMarkedRound, correctionsIn } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { auditor, chair, ratersOf, secretary } from '#test/builders/selection.ts';

const reason = 'My notes say <b>4</b>.';

/** Interviews are open; a rater's page of own scores, and the list of corrections. */
const aScene = async () => {
  const scene = await aWronglyMarkedRound();
  const { id, number: application } = nth(scene.applications, 0);
  const rater = (await ratersOf(scene.world, id)).find((one) => one.id !== chair.id) ?? chair;
  const site = aCommitteeSite(scene.world);
  const [own, desk] = [await site.signIn(rater), await site.signIn(secretary)];
  const stored = `/en/committee/rounds/${scene.roundId}/own-scores`;
  const list = `/en/manage/rounds/${scene.roundId}/corrections`;
  return { ...scene, site, own, desk, stored, list, application, rater };
};

const formOf = (html: string, application: string) =>
  parse(html)
    .querySelectorAll('main form')
    .find((form) => form.querySelector('input[name=application]')?.getAttribute('value') === application);

describe('the page of own scores', () => {
  it('takes a report once from two presses, and shows it in each language', async () => {
    const scene = await aScene();
    const { own, stored, application, roundId } = scene;
    expect(formOf((await own.get(stored)).text, application)).toBeDefined();
    for (const _ of [1, 2]) {
      const sent = await own.post(stored, { application, reason });
      expect([sent.status, sent.location]).toEqual([303, `${stored}?done=scoring.done.reported`]);
    }

    expect((await correctionsIn(scene))?.reports).toHaveLength(1);
    const { text } = await own.get(stored);
    expect(formOf(text, application)).toBeUndefined();
    expect(text).toContain('My notes say &lt;b&gt;4&lt;/b&gt;.');
    for (const locale of locales) {
      const page = (await own.get(stored.replace('/en/', `/${locale}/`))).text;
      expect(page).toContain(translator(locale)('scoring.report.open'));
    }
    const { scores } = JSON.parse((await own.get(`/api/rounds/${roundId}/scoring/own`)).text);
    const one = scores.find(({ number }: { number: string }) => number === application);
    expect(one.report).toMatchObject({ status: 'open', said: reason });
  });

  it('gives back what was typed at its application, and what cannot be kept', async () => {
    const { own, stored, application, ...scene } = await aScene();
    const long = 'x'.repeat(2001);
    for (const typed of [' ', long]) {
      const { status, text } = await own.post(stored, { application, reason: typed });
      expect(status).toBe(422);
      expect(parse(text).querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#reason');
      expect(parse(text).querySelectorAll('#reason')).toHaveLength(1);
      expect(formOf(text, application)?.querySelector('textarea')?.text).toBe(typed);
    }
    expect((await own.post(stored, { application: 'nothing', reason })).status).toBe(404);
    expect((await own.post(stored, {})).status).toBe(404);
    await own.post(stored, { application, reason });
    const second = await own.post(stored, { application, reason: 'Another wording.' });
    expect([second.status, second.text.includes('Another wording.')]).toEqual([409, true]);
    expect((await correctionsIn(scene))?.reports).toHaveLength(1);
  });
});

describe('the list of corrections', () => {
  it('shows a report by code with ways to correct it, and answers it once with a reason', async () => {
    const scene = await aScene();
    const { own, desk, stored, list, application, rater } = scene;
    await own.post(stored, { application, reason });
    const { text } = await desk.get(list);

    expect(text).toContain('What raters report');
    expect(text).toContain('Corrections that were asked for');
    expect(text).not.toContain(rater.id);
    for (const kind of ['criterion', 'rows-shifted']) {
      const links = parse(text).querySelectorAll('main a');
      const way = links.find((a) => a.getAttribute('href')?.includes(`kind=${kind}`))?.getAttribute('href');
      const page = await desk.get((way ?? '').replaceAll('&amp;', '&'));
      expect([page.status, parse(page.text).querySelector('.govuk-error-summary')]).toEqual([200, null]);
      const open = parse(page.text).querySelector('details[open]');
      const value =
        open?.querySelector('input#number')?.getAttribute('value') ??
        open?.querySelector('select#rater option[selected]')?.getAttribute('value');
      expect(text).toContain(value ?? 'nothing is filled in');
    }
    const way = `${list}/reports/1`;
    const empty = await desk.post(way, { reason: '' });
    expect([empty.status, parse(empty.text).querySelectorAll('#reason').length]).toEqual([422, 1]);
    for (const _ of [1, 2]) {
      expect((await desk.post(way, { reason: 'Checked: as stored.' })).location).toBe(
        `${list}?done=corrections.done.closed`,
      );
    }
    expect((await desk.get(way)).location).toBe(list);
    expect((await desk.post(`${list}/reports/2`, { reason })).status).toBe(404);
    expect((await desk.post(`${list}/reports/x`, { reason })).status).toBe(404);
    expect((await own.get(stored)).text).toContain('Checked: as stored.');
    expect(formOf((await own.get(stored)).text, application)).toBeDefined();
  });

  it('shows a report as answered by a correction, and the rater reads so', async () => {
    const scene = await aScene();
    const { own, desk, stored, list, application } = scene;
    await own.post(stored, { application, reason });
    await applied(
      scene,
      await asked(scene, { kind: 'totals', number: application, corrected: { scoring: 61 } }),
    );

    for (const page of [await desk.get(list), await own.get(stored)]) {
      expect(page.text).toContain('Corrected on');
    }
    expect(parse((await desk.get(list)).text).querySelector('form[action$="/reports/1"]')).toBeNull();
  });

  it('is read by an auditor without forms, and by a program in the same words', async () => {
    const { own, desk, site, stored, list, application, roundId } = await aScene();
    const all = `/api/rounds/${roundId}/score-reports`;
    expect((await own.send('POST', all, { application, reason })).status).toBe(204);
    expect((await own.send('POST', all, { application, reason: '' })).status).toBe(422);
    const auditing = await site.signIn(auditor);

    const { text } = await auditing.get(list);
    expect(text).toContain('What raters report');
    expect(text).toContain('Corrections that were asked for');
    expect(parse(text).querySelectorAll('main form')).toHaveLength(0);
    expect((await own.get(all)).status).toBe(403);
    expect((await auditing.send('POST', `${all}/1/closing`, { reason })).status).toBe(403);
    expect((await desk.send('POST', `${all}/1/closing`, { reason: 'As stored.' })).status).toBe(204);
    expect(JSON.parse((await desk.get(all)).text).reports).toMatchObject([
      { number: 1, application, said: reason, status: 'closed', closed: { said: 'As stored.' } },
    ]);
    expect((await own.get(stored)).text).toContain('As stored.');
  });
});
