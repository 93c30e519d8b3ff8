import { describe, expect, it } from 'vitest';
import { pinRegionKey, viewElsewhere } from '#functions/commands/elsewhere.ts';
import {
  bringOpenPosts,
  confirmOpenPosts,
  previewOpenPosts,
  refuseOpenPosts,
} from '#functions/commands/elsewhere-import.ts';
import { listOpenPosts, openListFile } from '#functions/commands/elsewhere-list.ts';
import { signOpenPosts } from '#functions/commands/elsewhere-signing.ts';
import {
  joinElsewhere,
  leaveElsewhere,
  ownElsewhere,
  rankElsewhere,
} from '#functions/commands/own-elsewhere.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { readOpenPosts } from '#shared/elsewhere/open-posts.ts';
import {
  aRegionWithPeople,
  aRegionWithPosts,
  listedIn,
  shownIn,
  theColleague,
  withElsewhere,
} from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import { kindsIn } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';

const [maths, physics] = [vacancyCode('T-MAT'), vacancyCode('T-PHY')];
/** The end of the second working day after Monday 14 November 2022. */
const choosingUntil = at('2022-11-16T18:00');

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What is wrong with a file, as its fault says it. */
const faultOf = async (bringing: ReturnType<typeof bringOpenPosts>) => {
  const answer = await bringing;
  return answer.ok || answer.error.kind !== 'invalid' ? answer : answer.error.faults[0]?.message;
};

/** Both regions, with the list signed in one and the key kept in the other. */
const bothRegions = async () => {
  const there = await aRegionWithPosts();
  const listed = await listedIn(there);
  const { world, scene } = await aRegionWithPeople();
  const staff = { by: theAdministrator, roundId: scene.roundId };
  granted(await pinRegionKey(world, { ...staff, region: 'KZ-61', key: listed.key }));
  return { there, listed, world, scene, staff };
};

/** The same once people without a post see the list. */
const shown = async () => {
  const { listed, ...both } = await bothRegions();
  const list = await shownIn(both.world, both.scene.roundId, listed);
  const own = (who: number) => ({ ...ownOf(both.scene, who), list });
  return { ...both, list, own };
};

describe('listing empty posts for other regions', () => {
  it('makes a signed file of them, with nobody in it', async () => {
    const there = await aRegionWithPosts();
    const { file, key } = await listedIn(there);

    const read = await readOpenPosts(textOf(file));
    if (!read.ok) throw new Error('The list does not hold.');
    expect(read.value.key).toBe(key);
    expect(read.value.list).toMatchObject({ region: 'KZ-61', choosingUntil, compare: 'place' });
    expect(read.value.list.posts.map(({ code, posts }) => `${code} ${posts}`)).toEqual([
      'T-MAT 2',
      'T-PHY 1',
    ]);
    const address = granted(await openListFile(there.world, { by: theAdministrator, ...there.scene }));
    expect(address.url).toContain(`papers/${there.scene.roundId}/open-posts.json`);
  });

  it('happens once, by two presses at once and by a row that comes again with another key', async () => {
    const there = await aRegionWithPosts();
    const { world, scene } = there;
    const command = { by: theAdministrator, roundId: scene.roundId, confirmed: 3 };
    world.records.interfere(() => listOpenPosts(world, command));
    granted(await listOpenPosts(world, command));
    const { file } = await listedIn(there);
    await signOpenPosts({ ...world, signer: signerOf(aKey()) }, { roundId: scene.roundId });

    const history = await world.records.history('elsewhere', scene.roundId);
    expect(history.map(({ fact }) => fact.type)).toEqual(['elsewhere-listed', 'elsewhere-list-signed']);
    expect([...world.papers.stored.values()]).toEqual([file]);
  });

  it('waits for the people of the round, and for the number that somebody saw', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [{ choices: ['MAT-001'] }], undefined, withElsewhere());
    const command = { by: theAdministrator, roundId: scene.roundId };
    const resting = await aRegionWithPosts();

    expect(await listOpenPosts(world, { ...command, confirmed: 1 })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1 },
    });
    const other = { by: theAdministrator, roundId: resting.scene.roundId, confirmed: 2 };
    expect(await listOpenPosts(resting.world, other)).toMatchObject({
      error: { kind: 'recipients-differ', recipients: 3 },
    });
  });

  it('is not there where the round file says nothing of other regions', async () => {
    const { world, scene } = await aRegionWithPeople(aWorld(), { file: aRoundFile() });

    expect(await viewElsewhere(world, { by: theAdministrator, roundId: scene.roundId })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('a list of another region', () => {
  it.for([
    ['that was changed in one byte', (text: string) => text.replace('"posts":2', '"posts":3'), 'signature'],
    ['with a space more', (text: string) => `${text} `, 'file'],
    ['that is something else', () => '{}', 'file'],
  ] as const)('%s is refused', async ([, change, fault]) => {
    const { world, staff, listed } = await bothRegions();
    const file = new TextEncoder().encode(change(textOf(listed.file)));

    expect(await bringOpenPosts(world, { ...staff, file })).toMatchObject({
      error: { faults: [{ message: `elsewhere.fault.${fault}` }] },
    });
    expect((await world.records.find(elsewhereAggregate, staff.roundId))?.state.lists).toEqual([]);
  });

  it('counts only under the key that is kept for its region', async () => {
    const { world, staff, listed } = await bothRegions();
    const forged = await listedIn(await aRegionWithPosts());
    const { world: keyless, scene } = await aRegionWithPeople();
    const own = { ...world, region: 'KZ-61' as const };

    expect(await faultOf(bringOpenPosts(world, { ...staff, file: forged.file }))).toBe(
      'elsewhere.fault.otherKey',
    );
    const withoutKey = { by: theAdministrator, roundId: scene.roundId, file: listed.file };
    expect(await faultOf(bringOpenPosts(keyless, withoutKey))).toBe('elsewhere.fault.noKey');
    expect(await faultOf(bringOpenPosts(own, { ...staff, file: listed.file }))).toBe('elsewhere.fault.own');
    world.clock.to(choosingUntil);
    expect(await faultOf(bringOpenPosts(world, { ...staff, file: listed.file }))).toBe(
      'elsewhere.fault.over',
    );
  });

  it('is shown to nobody before another person confirms it, with as many people as were seen', async () => {
    const { world, scene, staff, listed } = await bothRegions();
    const { number: list } = granted(await bringOpenPosts(world, { ...staff, file: listed.file }));
    const again = granted(await bringOpenPosts(world, { ...staff, file: listed.file }));
    const preview = granted(await previewOpenPosts(world, { ...staff, list }));
    const colleague = { by: theColleague, roundId: staff.roundId, list };

    expect(again).toEqual({ number: list, isKnown: true });
    expect([preview.unplaced, preview.without, preview.takes.get(maths)]).toEqual([3, 1, 2]);
    expect(await ownElsewhere(world, { ...ownOf(scene, 0), list })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(await confirmOpenPosts(world, { ...staff, list, confirmed: 3 })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    expect(await confirmOpenPosts(world, { ...colleague, confirmed: 2 })).toMatchObject({
      error: { kind: 'recipients-differ', recipients: 3 },
    });
    granted(await confirmOpenPosts(world, { ...colleague, confirmed: 3 }));
    granted(await confirmOpenPosts(world, { ...colleague, confirmed: 3 }));
    expect(await refuseOpenPosts(world, colleague)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    const history = await world.records.history('elsewhere', staff.roundId);
    expect(history.filter(({ fact }) => fact.type === 'elsewhere-confirmed')).toHaveLength(1);
  });

  it('that was sent back may come again; one under a key that was wrong is not confirmed', async () => {
    const { world, staff, listed } = await bothRegions();
    const { number: first } = granted(await bringOpenPosts(world, { ...staff, file: listed.file }));
    granted(await refuseOpenPosts(world, { ...staff, list: first }));
    const { number: list } = granted(await bringOpenPosts(world, { ...staff, file: listed.file }));
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-61', key: 'a'.repeat(64) }));

    expect([first, list]).toEqual([1, 2]);
    const colleague = { by: theColleague, roundId: staff.roundId, list, confirmed: 3 };
    expect(await confirmOpenPosts(world, colleague)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });

  it('asks everyone without a post by one letter', async () => {
    const { world } = await shown();

    expect(kindsIn(world).filter((kind) => kind === 'elsewhere-opened')).toHaveLength(3);
  });
});

describe('choosing among posts of another region', () => {
  it('shows what would take the person, and keeps their order with a consent', async () => {
    const { world, own, list } = await shown();
    const before = granted(await ownElsewhere(world, own(0)));
    const chemist = granted(await ownElsewhere(world, own(2)));
    granted(await joinElsewhere(world, own(0)));
    granted(await rankElsewhere(world, { ...own(0), choices: [maths], basedOn: [] }));
    const after = granted(await ownElsewhere(world, own(0)));

    expect(before.choosable.map(({ code }) => code)).toEqual([maths]);
    expect(before.own).toBeUndefined();
    expect(chemist.choosable).toEqual([]);
    expect(after.own).toMatchObject({ region: 'KZ-61', choices: [maths] });
    expect(after.list.number).toBe(list);
    expect(
      await rankElsewhere(world, { ...own(0), choices: [maths, physics], basedOn: [maths] }),
    ).toMatchObject({ error: { kind: 'unknown-vacancy', codes: [physics] } });
    expect(await rankElsewhere(world, { ...own(0), choices: [], basedOn: [] })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(await rankElsewhere(world, { ...own(1), choices: [maths], basedOn: [] })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });

  it('is taken back with everything in it, also after the deadline, and begun anew only before it', async () => {
    const { world, own, scene } = await shown();
    granted(await joinElsewhere(world, own(0)));
    granted(await rankElsewhere(world, { ...own(0), choices: [maths], basedOn: [] }));
    granted(await joinElsewhere(world, own(1)));
    granted(await leaveElsewhere(world, own(0)));
    const left = granted(await ownElsewhere(world, own(0)));
    world.clock.to(choosingUntil);
    granted(await leaveElsewhere(world, own(1)));

    expect(left.own).toBeUndefined();
    const late = { error: { kind: 'too-late', closesAt: choosingUntil } };
    expect(await joinElsewhere(world, own(0))).toMatchObject(late);
    expect(await rankElsewhere(world, { ...own(1), choices: [maths], basedOn: [] })).toMatchObject(late);
    const { applicationId } = ownOf(scene, 1);
    expect((await world.records.find(candidacyAggregate, applicationId))?.state.elsewhere).toEqual([]);
    expect(kindsIn(world).filter((kind) => kind.startsWith('elsewhere-'))).toEqual([
      'elsewhere-opened',
      'elsewhere-opened',
      'elsewhere-opened',
      'elsewhere-joined',
      'elsewhere-joined',
      'elsewhere-left',
      'elsewhere-left',
    ]);
  });

  it('is for nobody else', async () => {
    const { world, own } = await shown();
    const other = { ...own(0), by: own(1).by };

    expect(await joinElsewhere(world, other)).toMatchObject({ error: { kind: 'not-found' } });
  });
});
