import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { anOffersRoundIn, aVacancy, deliverOffersIn } from '#test/builders/offers.ts';
import type { Contender } from '#test/builders/offers-contender.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSite } from '#test/functions/web/site.ts';

/** Two people for one post, the first of whom can sign in. */
export const aRound = async (posts = 1, file?: RoundFile, own: Partial<Contender> = {}) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const personId = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
  const choices = ['MAT-001'];
  const scene = await anOffersRoundIn(
    world,
    [{ choices, personId, ...own }, { choices }],
    [aVacancy('MAT-001', { posts })],
    file,
  );
  const administrator = await site.administrator();
  const board = `manage/rounds/${scene.roundId}/offers`;
  return { site, world, scene, administrator, board, applicant: site.applicant() };
};

/** The same, after the first was asked. */
export const released = async (file?: RoundFile) => {
  const round = await aRound(1, file);
  await round.administrator.post(`/en/${round.board}`, { confirmed: '1' });
  await deliverOffersIn(round.world);
  const { applicationId, offerId } = await offerTo(round.world, round.scene, 0);
  const application = `applications/${applicationId}`;
  return { ...round, application, offer: `${application}/offers/${offerId}` };
};
