import { takeProposalBack } from '#functions/commands/gate-work.ts';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, dana, secretary } from '#test/builders/selection.ts';
import { aSeverityScene, proposedIn } from '#test/builders/severity-scene.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** The pages of a round whose scores are adjusted: of the committee with the proposal on the table, and of an applicant who was told. */
export const severityPages = async (locale: Locale): Promise<SeenPage[]> => {
  const scene = await aSeverityScene(0.5);
  const { world, roundId } = scene;
  await proposedIn(scene);
  const site = aSelectionSite(world);
  const round = `/${locale}/committee/rounds/${roundId}`;
  const gate = [
    ...(await seen((await site.staff(dana)).get, [round])),
    ...(await seen((await site.staff(secretary)).get, [`${round}/charts`])),
  ];
  const rules = await seen(site.anonymous.get, [`/${locale}/calls/${roundId}/rules`]);

  granted(await takeProposalBack(world, { by: secretary, roundId }));
  await advanceIn(world, roundId);
  granted(await releaseDecision(world, { by: administrator, roundId, about: 'scoring', confirmed: 24 }));
  const { get } = await site.applicant(anApplicant(0));
  const own = await seen(get, [`/${locale}/applications/${scene.applications[0]?.id}/result`]);
  return named([...gate, ...rules, ...own], 'adjusted');
};
