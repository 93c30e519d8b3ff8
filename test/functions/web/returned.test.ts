import { describe, expect, it } from 'vitest';
import { PersonId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { letterReturned } from '#test/builders/returned.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, dana, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

describe('an applicant whose letter came back', () => {
  it.for(locales)('is told on their pages, with what can be done, in %s', async (locale) => {
    const t = translator(locale);
    const world = aWorld();
    const { applications } = await aScreeningIn(world);
    const site = aSelectionSite(world);
    const { personId } = anApplicant(0);
    await letterReturned(world, personId);
    const applicant = await site.applicant({ personId });

    const pages = await Promise.all(
      ['applications', `applications/${applications[0]?.id}`, 'account'].map((page) =>
        applicant.get(`/${locale}/${page}`),
      ),
    );

    for (const { text } of pages) {
      expect(text).toContain(t('account.returned', { at: t.moment(world.clock.now()) }));
      expect(text).toContain(`href="/${locale}/account/mailbox"`);
    }
  });

  it('is told by nothing as long as letters arrive', async () => {
    const site = aSelectionSite(aWorld());
    const applicant = await site.applicant(anApplicant(0));

    expect((await applicant.get('/en/applications')).text).not.toContain('came back');
  });
});

it('the secretary sees in the list whom letters do not reach, and whoever judges does not', async () => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world);
  const site = aCommitteeSite(world);
  await letterReturned(world, PersonId.parse(anApplicant(0).personId));
  const list = `/en/committee/rounds/${roundId}/screening`;

  const told = await (await site.signIn(secretary)).get(list);
  const judging = await (await site.signIn(dana)).get(list);

  expect(told.text.match(/letters to the applicant come back/g)).toHaveLength(1);
  expect(judging.status).toBe(200);
  expect(judging.text).not.toContain('letters to the applicant come back');
});
