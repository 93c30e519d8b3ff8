import { handOver } from '#functions/commands/elsewhere-handing.ts';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { joinElsewhere, rankElsewhere } from '#functions/commands/own-elsewhere.ts';
import { changed } from '#functions/commands/storing.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { packetKey } from '#shared/ports/papers.ts';
import { aRegionWithPeople, aRegionWithPosts, listedIn, shownIn } from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { type OffersScene, theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** The end of the second working day after Monday 14 November 2022, and of the third after that. */
export const choosingUntil = at('2022-11-16T18:00');
export const handingUntil = at('2022-11-21T18:00');

/** What the region published of its final results. */
const publishedIn = async (
  world: World,
  roundId: RoundId,
  { bundle = sha256Of('bundle'), root = sha256Of('root') }: { bundle?: Sha256; root?: Sha256 } = {},
): Promise<void> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || round.state.stage !== 'offers') throw new Error('The round makes no offers.');
  const decision = round.state.decisions.claims ?? sha256Of('none');
  const publication = { stage: 'claims' as const, decision, root, bundle, key: sha256Of('key') };
  const { change } = changed(roundAggregate, roundId, round, [
    { type: 'results-published', at: world.clock.now(), publication },
  ]);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
};

/** Two regions, a list that went from one to the other, and accounts for everyone who has no post there. */
export const twoRegions = async () => {
  const there = await aRegionWithPosts();
  const { world, scene } = await aRegionWithPeople();
  const list = await shownIn(world, scene.roundId, await listedIn(there));
  const people = memoryPeople();
  for (const [index, { personId }] of scene.people.entries()) {
    const mail = MailAddress.parse(`person-${index}@example.kz`);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: world.clock.now() });
  }
  await publishedIn(world, scene.roundId);
  const signer = signerOf(aKey());
  return { there, here: { world, scene, people, signer }, list };
};
export type TwoRegions = Awaited<ReturnType<typeof twoRegions>>;

export const chosenIn = async (
  { world, scene }: { world: World; scene: OffersScene },
  list: number,
  who: number,
  choices: readonly VacancyCode[],
): Promise<void> => {
  granted(await joinElsewhere(world, { ...ownOf(scene, who), list }));
  granted(await rankElsewhere(world, { ...ownOf(scene, who), list, choices, basedOn: [] }));
};

/** After the time to choose, an administrator hands over who chose; the file of the packet. */
export const handedIn = async ({ here, list }: TwoRegions): Promise<Uint8Array> => {
  const { world, scene, people, signer } = here;
  if (world.clock.now() < choosingUntil) world.clock.to(choosingUntil);
  const command = { by: theAdministrator, roundId: scene.roundId, list };
  const { agreed } = granted(await previewOpenPosts(world, command));
  granted(await handOver(world, { ...command, confirmed: agreed }));
  await makePacket({ ...world, people, signer }, { roundId: scene.roundId, list });
  const file = world.papers.stored.get(packetKey(scene.roundId, list));
  if (!file) throw new Error('No packet was made.');
  return file;
};
