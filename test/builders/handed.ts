import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { bringArrivals, confirmArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { giveElsewhere, viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { handOver } from '#functions/commands/elsewhere-handing.ts';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { tellElsewhere } from '#functions/commands/elsewhere-telling.ts';
import { joinElsewhere, rankElsewhere } from '#functions/commands/own-elsewhere.ts';
import { changed } from '#functions/commands/storing.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, VacancyCode } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import { readPacket } from '#shared/elsewhere/packet.ts';
import { openPostsKey, outcomeKey, packetKey } from '#shared/ports/papers.ts';
import {
  aRegionWithPeople,
  aRegionWithPosts,
  listedIn,
  shownIn,
  theColleague,
  withElsewhere,
} from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { type OffersScene, theAdministrator } from '#test/builders/offers.ts';
import { aGatheredRound, aKey, published, signedBy } from '#test/builders/results.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** The end of the second working day after Monday 14 November 2022, and of the third after that. */
export const choosingUntil = at('2022-11-16T18:00');
export const handingUntil = at('2022-11-21T18:00');

/** What the region published of its final results, signed by its key: the first three of its people, best first. */
export const publishedIn = async (
  world: World,
  roundId: RoundId,
  key: ReturnType<typeof aKey>,
): Promise<string> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || round.state.stage !== 'offers') throw new Error('The round makes no offers.');
  const { statement } = published(aGatheredRound(ranked), key);
  const bundle = signedBy({ ...statement, roundId, region: world.region }, key);
  const decision = round.state.decisions.claims ?? sha256Of('none');
  const facts = { root: statement.root, bundle: sha256Of(bundle), key: sha256Of('key') };
  const publication = { stage: 'claims' as const, decision, ...facts };
  const { change } = changed(roundAggregate, roundId, round, [
    { type: 'results-published', at: world.clock.now(), publication },
  ]);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
  return bundle;
};

const ranked = [3, 2, 1].map((level) => ({ scoring: level, interview: level, wishes: [] }));

/** Accounts for everyone of a round. */
export const accountsFor = async ({ people: all }: OffersScene, { clock }: World) => {
  const people = memoryPeople();
  for (const [index, { personId }] of all.entries()) {
    const mail = MailAddress.parse(`person-${index}@example.kz`);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: clock.now() });
  }
  return people;
};

/** What happens in the region with the people before the list comes. */
type Begin = (world: World, scene: OffersScene) => Promise<void>;

/** Two regions, a list that went from one to the other, and accounts for everyone who has no post there; in these worlds where a test has its own. */
export const twoRegions = async (
  base?: World,
  { near, begin, ...of }: Parameters<typeof aRegionWithPeople>[1] & { near?: World; begin?: Begin } = {},
) => {
  const there = await aRegionWithPosts(base);
  const { world, scene } = await aRegionWithPeople(near, of);
  await begin?.(world, scene);
  const list = await shownIn(world, scene.roundId, await listedIn(there));
  const people = await accountsFor(scene, world);
  const key = aKey();
  const bundle = await publishedIn(world, scene.roundId, key);
  return { there, here: { world, scene, people, signer: signerOf(key), bundle }, list };
};
export type TwoRegions = Awaited<ReturnType<typeof twoRegions>>;

/** A third region to which the same list went, with people of the same mailboxes. */
export const besideThem = async ({ there }: TwoRegions, region: RegionCode): Promise<TwoRegions> => {
  const { world: theirs, scene: listed } = there;
  const { world, scene } = await aRegionWithPeople(
    { ...aWorld(), region },
    { file: { ...withElsewhere(), region } },
  );
  const file = theirs.papers.stored.get(openPostsKey(listed.roundId));
  const signed = (await theirs.records.find(elsewhereAggregate, listed.roundId))?.state.own?.signed;
  if (!file || !signed) throw new Error('Nothing was listed.');
  const list = await shownIn(world, scene.roundId, { file, key: signed.key });
  const people = await accountsFor(scene, world);
  const key = aKey();
  const bundle = await publishedIn(world, scene.roundId, key);
  return { there, here: { world, scene, people, signer: signerOf(key), bundle }, list };
};

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

/** The packet and the published results as texts, with the key of their region kept where they are brought. */
export const carriedTo = async (regions: TwoRegions): Promise<{ packet: string; bundle: string }> => {
  const { here, there } = regions;
  const packet = new TextDecoder().decode(await handedIn(regions));
  const read = await readPacket(packet);
  if (!read.ok) throw new Error('The packet does not hold.');
  const { world, scene } = there;
  world.clock.to(here.world.clock.now());
  const staff = { by: theAdministrator, roundId: scene.roundId };
  granted(await pinRegionKey(world, { ...staff, region: read.value.packet.from, key: read.value.key }));
  return { packet, bundle: here.bundle };
};

/** Two administrators take the packet in, and decide once the time to hand over has ended; the file that goes back. */
export const decidedIn = async (regions: TwoRegions): Promise<Uint8Array> => {
  const { world, scene, signer } = regions.there;
  const { roundId } = scene;
  const staff = { by: theAdministrator, roundId };
  const { number: arrival } = granted(
    await bringArrivals(world, { ...staff, ...(await carriedTo(regions)) }),
  );
  const confirmed = (await world.records.find(elsewhereAggregate, roundId))?.state.arrivals?.[0]?.people ?? 0;
  granted(await confirmArrivals(world, { by: theColleague, roundId, arrival, confirmed }));
  world.clock.to(handingUntil);
  const { given } = granted(await viewArrivals(world, staff));
  granted(await giveElsewhere(world, { ...staff, confirmed: given }));
  await makeOutcome({ ...world, signer }, { roundId, arrival });
  const file = world.papers.stored.get(outcomeKey(roundId, arrival));
  if (!file) throw new Error('No outcome was signed.');
  return file;
};

/** What names an outcome where somebody confirms it: the SHA-256 of its statement. */
export const outcomeOf = async (file: Uint8Array): Promise<string> => {
  const read = await readPacketOutcome(new TextDecoder().decode(file));
  if (!read.ok) throw new Error('The outcome does not hold.');
  return read.value.sha256;
};

/** Delivers what the outbox has to tell people of posts of other regions by now; again and again, as a sweep that was cut does. */
export const tellIn = async (world: World): Promise<void> => {
  for (const { at: due, body } of world.records.outbox.values()) {
    if (body.kind !== 'tell-elsewhere' || due > world.clock.now()) continue;
    await tellElsewhere(world, body);
    await tellElsewhere(world, body);
  }
};
