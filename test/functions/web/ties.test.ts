import { describe, expect, it } from 'vitest';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScreeningIn, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** Screening of one application, whose applicant named somebody. */
const withTies = async (locale: Locale) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{ committeeTies: 'Ерлан – нағашым' }]);
  const desk = await aSelectionSite(world).staff(secretary);
  return { desk, roundId, first: nth(applications, 0), t: translator(locale) };
};

describe('what an applicant wrote of the committee', () => {
  it.for(locales)('is marked as looked through on its page, in %s', async (locale) => {
    const { desk, roundId, first, t } = await withTies(locale);
    const page = `/${locale}/committee/rounds/${roundId}/conflicts`;
    const before = await desk.get(`${page}/${first.id}`);

    const refused = await desk.post(`/${locale}/committee/rounds/${roundId}/proposal`, {});
    const looked = await desk.post(`${page}/${first.id}/looked-through`, {});

    expect(before.text).toContain(t('conflicts.ties.text'));
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(t('problems.ties-open.title'));
    expect(refused.text).toContain(first.number);
    expect(looked).toMatchObject({ status: 303, location: `${page}?done=conflicts.done.looked` });
    expect((await desk.get(`${page}/${first.id}`)).text).not.toContain(t('conflicts.ties.text'));
    expect((await desk.get(`${page}/${first.id}/looked-through`)).location).toBe(`${page}/${first.id}`);
  });

  it('is by the API as well', async () => {
    const { desk, roundId, first } = await withTies('en');
    const path = `/api/rounds/${roundId}/conflicts/${first.id}`;
    const ties = async () => JSON.parse((await desk.get(path)).text).ties;

    expect(await ties()).toBe('open');
    expect((await desk.json('POST', `${path}/looked-through`, {})).status).toBe(204);
    expect(await ties()).toBe('looked-through');
  });
});
