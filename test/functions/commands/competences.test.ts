import { describe, expect, it } from 'vitest';
import { competencesView, tellCompetenceOf } from '#functions/commands/competences.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, members, secretary } from '#test/builders/selection.ts';

const three = [{}, {}, {}];

const matching = (): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.raters;
  const match = { language: true as const, subject: true as const, source, confidence, verifiedOn };
  return asUpload({ ...file, raters: { ...file.raters, match } });
};

const tells = (
  world: World,
  roundId: RoundId,
  by: Person,
  { of = by, languages = ['kk', 'ru'] }: { of?: Person; languages?: string[] } = {},
) =>
  tellCompetenceOf(world, { by, roundId, personId: of.id, ticked: { languages, subjects: ['mathematics'] } });

const all = async (world: World, roundId: RoundId, by: Person) =>
  granted(await competencesView({ ...world, people: memoryPeople() }, { by, roundId })).raters;

describe('what somebody can score', () => {
  it('they say of themselves alone, and the secretary of everybody', async () => {
    const { world, roundId, hosted } = await aHostingScene(2, matching());
    await hosted();
    const [one, other] = members;
    if (!one || !other) throw new Error('Two members are needed.');
    granted(await tells(world, roundId, one));
    granted(await tells(world, roundId, guest));
    granted(await tells(world, roundId, secretary, { of: chair }));

    expect(await tells(world, roundId, one, { of: other })).toMatchObject({ error: { kind: 'not-found' } });
    expect(await tells(world, roundId, guest, { of: one })).toMatchObject({ error: { kind: 'not-found' } });
    expect(await tells(world, roundId, secretary)).toMatchObject({ error: { kind: 'not-found' } });
    expect((await all(world, roundId, one)).map(({ personId }) => personId)).toEqual([one.id]);
    const told = (await all(world, roundId, secretary)).filter((rater) => rater.told);
    expect(told.map(({ personId }) => personId)).toEqual([chair.id, one.id, guest.id]);
  });

  it('is at least one language, and the same again changes nothing', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, three, matching());
    granted(await tells(world, roundId, chair));
    const before = world.records.commits.length;
    granted(await tells(world, roundId, chair));

    expect(world.records.commits).toHaveLength(before);
    expect(await tells(world, roundId, chair, { languages: [] })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'languages' }] },
    });
    expect(await tells(world, roundId, chair, { languages: ['kk', 'xx'] })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'languages' }] },
    });
  });
});
