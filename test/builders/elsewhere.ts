import { writeLettersToContenders } from '#functions/commands/contender-letters.ts';
import { pinRegionKey, viewElsewhere } from '#functions/commands/elsewhere.ts';
import { bringOpenPosts, confirmOpenPosts, previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { listOpenPosts } from '#functions/commands/elsewhere-list.ts';
import { signOpenPosts } from '#functions/commands/elsewhere-signing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { postsOf, type Vacancy } from '#shared/domain/vacancy.ts';
import { openPostsKey } from '#shared/ports/papers.ts';
import { anOffersRoundIn, aVacancy, type OffersScene, theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';

/** A round file by which posts and people cross between regions: two working days to choose, three more to hand over. */
export const withElsewhere = (over: Partial<NonNullable<RoundFile['elsewhere']>> = {}): RoundFile => {
  const { source, confidence, verifiedOn } = aRoundFile().answer;
  const consent = { kk: 'Берілуіне келісемін.', ru: 'Согласен передать.', en: 'I agree to be handed over.' };
  const days = { workingDays: 2, handingWorkingDays: 3, keptDays: 30 };
  const rule = { ...days, compare: 'place' as const, limit: 3, consent, source, confidence, verifiedOn };
  return aRoundFile({ elsewhere: { ...rule, ...over } });
};

/** A second administrator. */
export const theColleague: Person = {
  kind: 'person',
  id: PersonId.parse('ADM2N000000000000000'),
  role: 'administrator',
};

const threePosts = [
  aVacancy('T-MAT', { posts: 2, incentives: ['housing'] }),
  aVacancy('T-PHY', { subject: 'physics' }),
];

/** The Turkistan region, which has posts that nobody of its own wants: where nothing else is said, two for mathematics and one for physics. */
export const aRegionWithPosts = async (base: World = aWorld(), posts = threePosts) => {
  const world: World = { ...base, region: 'KZ-61' };
  const there = { ...withElsewhere(), region: 'KZ-61' as const };
  const scene = await anOffersRoundIn(world, [{ choices: [], subjects: ['geography'] }], posts, there);
  return { world, scene, signer: signerOf(aKey()) };
};
export type RegionWithPosts = Awaited<ReturnType<typeof aRegionWithPosts>>;

/** Its list, signed, as the file that people carry, with the key that it is signed by. */
export const listedIn = async ({
  world,
  scene: { roundId },
  signer,
}: RegionWithPosts): Promise<{ file: Uint8Array; key: string }> => {
  const command = { by: theAdministrator, roundId };
  const { mayList } = granted(await viewElsewhere(world, command));
  granted(await listOpenPosts(world, { ...command, confirmed: postsOf(mayList?.posts ?? []) }));
  await signOpenPosts({ ...world, signer }, { roundId });
  const key = (await world.records.find(elsewhereAggregate, roundId))?.state.own?.signed?.key;
  const file = world.papers.stored.get(openPostsKey(roundId));
  if (!key || !file) throw new Error('Nothing was signed.');
  return { file, key };
};

/** The Almaty region, with people above the minimum who have no post: two mathematicians and a chemist. */
export const aRegionWithPeople = async (
  world: World = aWorld(),
  {
    file = withElsewhere(),
    first,
    posts = [aVacancy('GEO-001', { subject: 'geography' })],
  }: { file?: RoundFile; first?: PersonId; posts?: Vacancy[] } = {},
): Promise<{ world: World; scene: OffersScene }> => {
  const people = [
    { choices: ['MAT-001'], ...(first && { personId: first }) },
    { choices: ['MAT-001'] },
    { choices: [], subjects: ['chemistry' as const] },
  ];
  const scene = await anOffersRoundIn(world, people, posts, file);
  return { world, scene };
};

/** One administrator keeps the key and brings the list, another shows it; the letters lie in the outbox. */
export const shownIn = async (
  world: World,
  roundId: RoundId,
  { file, key }: { file: Uint8Array; key: string },
): Promise<number> => {
  const command = { by: theAdministrator, roundId };
  granted(await pinRegionKey(world, { ...command, region: 'KZ-61', key }));
  const { number: list } = granted(await bringOpenPosts(world, { ...command, file }));
  const seen = { by: theColleague, roundId, list };
  const { unplaced } = granted(await previewOpenPosts(world, seen));
  granted(await confirmOpenPosts(world, { ...seen, confirmed: unplaced }));
  for (const [id, { body }] of world.records.outbox) {
    if (body.kind !== 'letters-to-contenders') continue;
    world.records.outbox.delete(id);
    await writeLettersToContenders(world, body);
  }
  return list;
};
