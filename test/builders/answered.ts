import { viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { bringStatement, confirmStatement, followsFrom } from '#functions/commands/elsewhere-hearing.ts';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import { askStatement, noteSaid } from '#functions/commands/elsewhere-saying.ts';
import { makeStatement } from '#functions/commands/elsewhere-statement.ts';
import { waitingOf } from '#shared/domain/elsewhere-heard.ts';
import { answersKey } from '#shared/ports/papers.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import {
  chosenIn,
  decidedIn,
  outcomeOf,
  type TwoRegions,
  tellIn,
  twoRegions,
} from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const maths = vacancyCode('T-MAT');

/** Two people to whom a post is proposed there, and who were told so here. */
export const proposedIn = async (...asked: Parameters<typeof twoRegions>): Promise<TwoRegions> => {
  const regions = await twoRegions(...asked);
  const { here, list } = regions;
  await chosenIn(here, list, 0, [maths]);
  await chosenIn(here, list, 1, [maths]);
  const file = await decidedIn(regions);
  here.world.clock.to(regions.there.world.clock.now());
  const { staff, colleague } = sidesOf(regions).here;
  granted(await bringOutcome(here.world, { ...staff, file }));
  const { untold } = granted(await previewOpenPosts(here.world, colleague));
  granted(
    await confirmOutcome(here.world, { ...colleague, outcome: await outcomeOf(file), confirmed: untold }),
  );
  await tellIn(here.world);
  return regions;
};

/** Who acts for the two regions. */
export const sidesOf = ({ here, there, list }: TwoRegions) => {
  const at = { roundId: here.scene.roundId, list };
  return {
    here: { staff: { by: theAdministrator, ...at }, colleague: { by: theColleague, ...at } },
    there: { by: theAdministrator, roundId: there.scene.roundId, arrival: 1 },
  };
};

/** The region that has the posts notes what people answered, and states it: the file that goes back. */
export const statedIn = async (
  regions: TwoRegions,
  answers: Readonly<Record<string, 'accepted' | 'ended'>>,
  on = '2022-11-22',
): Promise<Uint8Array> => {
  const { world, signer, scene } = regions.there;
  const { there } = sidesOf(regions);
  for (const [who, answer] of Object.entries(answers))
    granted(await noteSaid(world, { ...there, who, answer, on }));
  const confirmed = granted(await viewArrivals(world, there)).answers.get(1)?.length ?? 0;
  granted(await askStatement(world, { ...there, confirmed }));
  for (const { body } of world.records.outbox.values()) {
    if (body.kind !== 'make-statement') continue;
    // Twice, as when a try was cut after it had written.
    await makeStatement({ ...world, signer }, body);
    await makeStatement({ ...world, signer }, body);
  }
  const files = [1, 2, 3].map((number) => world.papers.stored.get(answersKey(scene.roundId, 1, number)));
  const file = files.findLast((one) => one !== undefined);
  if (!file) throw new Error('No statement was signed.');
  return file;
};

/** Two administrators of the other region take a statement in; what followed from it when it was confirmed. */
export const heardIn = async (regions: TwoRegions, file: Uint8Array) => {
  const { world } = regions.here;
  const { staff, colleague } = sidesOf(regions).here;
  granted(await bringStatement(world, { ...staff, file }));
  const { list, concerned } = granted(await previewOpenPosts(world, colleague));
  const seen = followsFrom(concerned);
  const statement = waitingOf(list)?.sha256 ?? '';
  granted(await confirmStatement(world, { ...colleague, statement, seen }));
  return seen;
};
