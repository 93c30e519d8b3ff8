import { expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { chair, members, nth } from '#test/builders/interview-scenes.ts';
import { grantedIn } from '#test/builders/owed-interviews.ts';
import { panelKept } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';
import { owedPages as scene } from './owed-pages.ts';

const member = nth(members, 0);

it('an interview that is owed leads to panels, where the secretary composes one that may hear the applicant', async () => {
  const { one, site, page, desk } = await scene(async (prepared) => {
    await panelKept(prepared.world, prepared.roundId);
    await grantedIn(prepared);
    granted(await declareOwnConflict(prepared.world, prepared.on(member)));
  });
  const panels = (locale: Locale) => `/${locale}/committee/rounds/${one.roundId}/interviews/panels`;
  const [before] = JSON.parse((await desk.get(`/api/rounds/${one.roundId}/panels`)).text).panels;
  for (const locale of locales) {
    const t = translator(locale);
    expect((await desk.get(page(locale))).text).toContain(`href="${panels(locale)}"`);
    const { status, text } = await desk.get(panels(locale));
    expect([status, text.includes(t('panel.afterwards'))]).toEqual([200, true]);
    expect(text).toContain(`/${locale}/committee/rounds/${one.roundId}/owed-interviews"`);
    const unfit = await desk.post(`${page(locale)}/time`, { from: '2022-11-04T10:00', panel: before.id });
    expect([unfit.status, unfit.text.includes(t('owed-interview.fault.unfit'))]).toEqual([422, true]);
  }
  const typed: [string, string][] = [
    ['languages', 'kk'],
    ['place', 'Room 14'],
    ['stepFree', 'yes'],
  ];
  expect((await desk.post(panels('en'), typed)).status).toBe(422);
  const seats = members.slice(1).map(({ id }): [string, string] => ['members', id]);
  const kept = await desk.post(panels('en'), [...typed, ...seats]);
  expect(kept.location).toBe(`${panels('en')}?done=panel.done.kept`);
  const [, panel] = JSON.parse((await desk.get(`/api/rounds/${one.roundId}/panels`)).text).panels;
  const set = await desk.post(`${page()}/time`, { from: '2022-11-04T10:00', panel: panel.id });
  expect([set.status, set.location]).toEqual([303, `${page()}?done=owed-interview.done.planned`]);
  expect((await (await site.staff(chair)).get(panels('en'))).status).toBe(403);
});
