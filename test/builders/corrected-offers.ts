import { nextTurn } from '#functions/commands/offer-board.ts';
import { changed } from '#functions/commands/storing.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import { standingText } from '#shared/domain/standing.ts';
import type { OffersScene } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

/**
 * Another edition of the final results, as a correction stores it while offers are made: these go on, best first, by their places among the people;
 * the others stop behind them.
 * @param isOld as a program of before stored it, by which offers went on in the first order
 */
export const correctedResultsIn = async (
  world: World,
  { roundId, people }: OffersScene,
  order: readonly number[],
  isOld = false,
): Promise<void> => {
  const places = [...order, ...[...people.keys()].filter((place) => !order.includes(place))];
  const standings = places.flatMap((place, index) => {
    const applicationId = people[place]?.applicationId;
    if (!applicationId) return [];
    const number = ApplicationNumber.parse(`KZ19-AAAA-${String(place).padStart(4, '0')}`);
    const isOn = index < order.length;
    const reasons = isOn ? [] : ['below-minimum'];
    const outcome = isOn ? ('goes-on' as const) : ('stops' as const);
    return [{ applicationId, number, outcome, reasons, rank: index + 1, total: 90 - index }];
  });
  const list = standingText({ roundId, stage: 'claims', standings });
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || !isFinal(round.state)) throw new Error('The round has no final results.');
  const { turn, claims, releases } = await nextTurn(world.records, roundId);
  const number = (round.state.editions?.length ?? 0) + 2;
  const edition = { number, decision: list.sha256, correction: number - 1, cause: 'totals' as const };
  const at = world.clock.now();
  const { change } = changed(roundAggregate, roundId, round, [
    { type: 'results-corrected', at, edition: { ...edition, ...(!isOld && { turn }) } },
  ]);
  granted(await world.records.commit({ by: theSystem, changes: [change], blobs: [list], claims, releases }));
};
