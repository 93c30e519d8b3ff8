import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { asked, aWronglyMarkedRound, correctionsIn, rightFile, shown } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { auditor, chair, dana, secretary } from '#test/builders/selection.ts';

const reason = 'Typed from the wrong row.';

/** A round that was decided on, and what one of its applications should have had. */
const scene = async () => {
  const marked = await aWronglyMarkedRound();
  const { world, roundId } = marked;
  const site = aCommitteeSite(world);
  const number = nth(marked.numbers, 0);
  const list = `/en/manage/rounds/${roundId}/corrections`;
  return {
    ...marked,
    site,
    list,
    one: `${list}/1`,
    wanted: { kind: 'totals', number, scoring: '99', interview: '' },
    corrects: { kind: 'totals', number, corrected: { scoring: 99 } } as const,
    desk: await site.signIn(secretary),
  };
};

const inForm = (html: string, way: string) => {
  const form = parse(html).querySelector(`form[action$="/${way}"]`);
  const value = (name: string): string =>
    form?.querySelector(`input[name=${name}]`)?.getAttribute('value') ?? '';
  return { there: form !== null, typed: { shown: value('shown'), confirmed: value('confirmed') } };
};

const tagOf = (html: string): string => parse(html).querySelector('main .govuk-tag')?.text ?? '';

describe('the pages of corrections', () => {
  it('take a request once from two presses, and show it with its reason in each language', async () => {
    const { desk, list, one, wanted, roundId } = await scene();
    expect((await desk.get(list)).text).toContain('No correction was asked for.');
    const first = await desk.post(list, { ...wanted, reason });

    expect([first.status, first.location]).toEqual([303, `${one}?done=corrections.done.asked`]);
    const twice = await desk.post(list, { ...wanted, reason });
    expect(twice.location).toBe(first.location);
    for (const locale of locales) {
      const t = translator(locale);
      const { text } = await desk.get(`/${locale}/manage/rounds/${roundId}/corrections`);
      expect(parse(text).querySelectorAll('article')).toHaveLength(1);
      expect(tagOf(text)).toBe(t('corrections.status.waiting'));
      expect(text).toContain(reason);
    }
  });

  it('give back what was typed where the reason is missing, and refuse what cannot be', async () => {
    const { desk, list, wanted } = await scene();
    const unreasoned = await desk.post(list, { ...wanted, reason: ' ' });
    const nothing = await desk.post(list, { kind: 'as-recorded', reason });
    const beyond = await desk.post(list, { ...wanted, scoring: '101', reason });

    for (const { status } of [unreasoned, nothing, beyond]) expect(status).toBe(422);
    const kept = parse(unreasoned.text).querySelector('form[action$="/corrections"] input[name=scoring]');
    expect(kept?.getAttribute('value')).toBe('99');
    expect(parse(unreasoned.text).querySelector('.govuk-error-summary')).not.toBeNull();
    expect((await desk.get(list)).text).toContain('No correction was asked for.');
  });

  it('let who asked take it back, and another person apply it', async () => {
    const { desk, site, one, list, ...rest } = await scene();
    await asked(rest, rest.corrects);
    const second = await site.signIn(theAdministrator);
    const [own, other] = [(await desk.get(one)).text, (await second.get(one)).text];

    expect(['withdrawal', 'application', 'refusal'].map((way) => inForm(own, way).there)).toEqual([
      true,
      false,
      false,
    ]);
    expect(['withdrawal', 'application', 'refusal'].map((way) => inForm(other, way).there)).toEqual([
      false,
      true,
      true,
    ]);
    expect(parse(other).querySelectorAll('table tbody tr').length).toBeGreaterThan(0);
    const { typed } = inForm(other, 'application');
    for (const _ of [1, 2]) {
      const applied = await second.post(`${one}/application`, typed);
      expect([applied.status, applied.location]).toEqual([303, `${list}?done=corrections.done.applied`]);
    }
    const after = (await desk.get(one)).text;
    expect(tagOf(after)).toBe('Applied');
    expect(after).toContain('Undo this correction');
    expect((await correctionsIn(rest))?.corrections).toHaveLength(1);
  });

  it('apply nothing else than what was shown, and nothing by who asked', async () => {
    const { desk, site, one, ...rest } = await scene();
    const { command } = await shown(rest, await asked(rest, rest.corrects));
    const typed = { shown: command.shown, confirmed: String(command.confirmed) };
    const second = await site.signIn(theAdministrator);

    expect((await desk.post(`${one}/application`, typed)).status).toBe(409);
    const stale = await second.post(`${one}/application`, { ...typed, shown: 'f'.repeat(64) });
    expect(stale.status).toBe(409);
    expect((await second.post(`${one}/application`, {})).status).toBe(404);
    expect(tagOf((await desk.get(one)).text)).toBe('Waits for a second person');
  });

  it('name the criterion of each mark to be typed from another copy, in the language of who reads', async () => {
    const { site, ...rest } = await scene();
    const number = await asked(rest, { kind: 'marks-file', import: await rightFile(rest) });
    const second = await site.signIn(theAdministrator);
    for (const locale of locales) {
      const { text } = await second.get(`/${locale}/manage/rounds/${rest.roundId}/corrections/${number}`);
      const labels = parse(text).querySelectorAll('label[for^="sample."]');
      const title = aFileWithMarks().rubric.criteria.find(({ code }) => code === 'test')?.title[locale];
      expect(labels.length).toBeGreaterThan(0);
      for (const label of labels) expect(label.text.trim()).toMatch(new RegExp(`^KZ19-\\S+: ${title}$`));
    }
  });

  it('refuse with a reason alone, and say it to who asked', async () => {
    const { desk, site, one, list, ...rest } = await scene();
    await asked(rest, rest.corrects);
    const second = await site.signIn(chair);
    const unreasoned = await second.post(`${one}/refusal`, { reason: '' });

    expect(unreasoned.status).toBe(422);
    expect(parse(unreasoned.text).querySelector('details[open]')?.text).toContain('Refuse the request');
    const refused = await second.post(`${one}/refusal`, { reason: 'Checked: no mistake.' });
    expect(refused.location).toBe(`${list}?done=corrections.done.refused`);
    const { text } = await desk.get(one);
    expect([tagOf(text), text.includes('Checked: no mistake.')]).toEqual(['Refused', true]);
  });

  it('withdraw a request, and are read but not changed by who only audits', async () => {
    const { desk, site, one, list, ...rest } = await scene();
    await asked(rest, rest.corrects);
    const auditing = await site.signIn(auditor);
    const member = await site.signIn(dana);

    const { status, text } = await auditing.get(one);
    expect([status, parse(text).querySelectorAll('main form').length]).toEqual([200, 0]);
    expect((await auditing.post(`${one}/refusal`, { reason })).status).toBe(403);
    expect((await member.get(list)).status).toBe(403);
    expect((await desk.get(`${list}/2`)).status).toBe(404);
    expect((await desk.post(`${one}/withdrawal`)).location).toBe(`${list}?done=corrections.done.withdrawn`);
    expect(tagOf((await desk.get(list)).text)).toBe('Withdrawn');
  });
});
