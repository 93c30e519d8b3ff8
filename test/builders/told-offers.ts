import { composeOffers } from '#shared/bundle/compose-offers.ts';
import type { Offers } from '#shared/bundle/format.ts';
import { CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { OfferPlan } from '#shared/domain/offer-wave.ts';
import { promisedFirsts } from '#shared/domain/promised-first.ts';
import { placeRemedies } from '#shared/domain/remedy.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { candidaciesIn, type OffersScene } from '#test/builders/offers.ts';
import type { World } from '#test/builders/scenes.ts';

/** What a bundle would tell of the offers of a scene as they stand. */
export const toldOf = async (
  world: World,
  scene: OffersScene,
  { vacancies, plan }: { vacancies: readonly Vacancy[]; plan: OfferPlan },
): Promise<Offers> => {
  const contenders = await Promise.all(
    (await candidaciesIn(world, scene)).map(async (candidacy) => {
      const stored = await world.records.history('candidacy', candidacy.applicationId);
      return { candidacy, history: stored.map(({ fact }) => CandidacyEvent.parse(fact)) };
    }),
  );
  const standings = contenders.map(({ candidacy: { applicationId, number } }, index) => {
    return { applicationId, number, outcome: 'goes-on' as const, reasons: [], rank: index + 1 };
  });
  const round = await world.records.find(roundAggregate, scene.roundId);
  const changes = round && 'capacities' in round.state ? round.state.capacities : undefined;
  const capacities = (changes ?? []).flatMap(({ status, ended, vacancy, posts }) =>
    status === 'confirmed' && ended ? { vacancy, posts, at: ended.at, turn: ended.turn } : [],
  );
  const remedies = round && 'remedies' in round.state ? round.state.remedies : undefined;
  const granted = placeRemedies({ remedies }).flatMap(({ applicationId, vacancies: some, ended }) =>
    ended ? [{ applicationId, vacancies: some, at: ended.at, turn: ended.turn }] : [],
  );
  const firsts = [...promisedFirsts(contenders.map(({ candidacy }) => candidacy)), ...granted];
  const gathered = { contenders, vacancies, plan, capacities, firsts };
  return composeOffers(gathered, standings, 'a secret of the test');
};
