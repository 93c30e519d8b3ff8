import { describe, expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { conflictsView } from '#functions/commands/conflict-views.ts';
import { type RulingChoice, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { removeDisclosure } from '#functions/commands/disclosures.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { aDisclosureIn, conflictsUpload, type ToldDisclosure } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  advanceIn,
  candidacyOf,
  chair,
  dana,
  erlan,
  members,
  ratersOf,
  type Selection,
  score,
  secretary,
} from '#test/builders/selection.ts';

const aWorldWithPeople = () => ({ ...aWorld(), people: memoryPeople() });
type Scene = Selection & { world: ReturnType<typeof aWorldWithPeople>; first: ApplicationId };

/** Three applications; the first is by somebody called Сериков who works at the lyceum. */
const forms = [
  { fullName: 'Сериков Асан Ерланұлы', employer: 'Лицей № 165, Талдықорған' },
  { fullName: 'Жұмабаев Бауыржан', employer: '№ 4 мектеп' },
  { fullName: 'Ким Анна', employer: '№ 5 мектеп', pastEmployers: 'Гимназия № 8, 2015–2019' },
];

/** Everybody has told of themselves before the call closed, and screening is open; `told` says what of whom. */
const screening = async (told: readonly (readonly [Person, ToldDisclosure])[] = []): Promise<Scene> => {
  const world = aWorldWithPeople();
  const { roundId, applications } = await aClosedCallIn(world, forms, conflictsUpload());
  for (const by of [chair, secretary, ...members]) {
    await aDisclosureIn(world, by, told.find(([who]) => who === by)?.[1]);
  }
  await screeningPrepared(world, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  return { world, roundId, applications, first: nth(applications, 0).id };
};

const rule = (
  { world, roundId, first }: Scene,
  { id: memberId }: Person,
  ruling: RulingChoice,
  { by = secretary, reason = 'Екеуі туыс емес' } = {},
) => ruleOnConflictOf(world, { by, roundId, applicationId: first, memberId, ruling, reason });

const opens = async ({ world, roundId, first }: Scene, by: Person): Promise<string> => {
  const place = await candidatePlace(world, { by, roundId, applicationId: first });
  return place.ok ? 'opens' : place.error.kind;
};

const committeeHistory = async ({ world, roundId }: Scene): Promise<string[]> =>
  (await world.records.history('committee', roundId)).map(({ fact }) => fact.type);

const sameName: [Person, ToldDisclosure] = [dana, { familyNames: 'Серикова' }];

describe('a conflict that is found', () => {
  it('keeps the member away before the gate opens, and nobody else', async () => {
    const scene = await screening([sameName]);

    expect(await opens(scene, dana)).toBe('conflict-of-interest');
    expect(await opens(scene, erlan)).toBe('opens');
    expect(await opens(scene, secretary)).toBe('opens');
  });

  it('is found once, however often it is looked for', async () => {
    const scene = await screening([sameName]);
    const before = await committeeHistory(scene);
    await searchConflicts(scene.world, scene.roundId);

    expect(await committeeHistory(scene)).toEqual(before);
    expect(before.filter((type) => type === 'conflicts-found')).toHaveLength(1);
  });

  it('is stored without what was compared', async () => {
    const { world, roundId } = await screening([sameName]);
    const history = await world.records.history('committee', roundId);

    expect(JSON.stringify(history)).not.toMatch(/Серик|serik/i);
  });

  it('is one with whom somebody worked before, in years that both were there', async () => {
    const scene = await screening([
      [dana, { pastEmployers: 'Гимназия № 8, с 2018' }],
      [erlan, { pastEmployers: 'Гимназия № 8, 2010–2014' }],
    ]);
    const { all } = granted(await conflictsView(scene.world, { by: secretary, roundId: scene.roundId }));

    expect(all).toMatchObject([
      { memberId: dana.id, number: nth(scene.applications, 2).number, found: { grounds: ['past-employer'] } },
    ]);
  });

  it('is only shown to the secretary where the round says so', async () => {
    const scene = await screening([[dana, { institutions: 'Абай атындағы университет' }]]);
    const view = granted(await conflictsView(scene.world, { by: secretary, roundId: scene.roundId }));

    expect(await opens(scene, dana)).toBe('opens');
    expect(view.all).toHaveLength(3);
    expect(view.all?.every(({ bars, memberId }) => !bars && memberId === dana.id)).toBe(true);
  });

  it('tells the member that there is one and not why', async () => {
    const scene = await screening([sameName]);
    const view = granted(await conflictsView(scene.world, { by: dana, roundId: scene.roundId }));

    expect(view.all).toBeUndefined();
    expect(view.own).toMatchObject([{ because: 'found' }]);
    expect(JSON.stringify(view.own)).not.toMatch(/family/);
  });
});

describe('a member who has told nothing', () => {
  it('comes to no application until it was compared', async () => {
    const world = aWorldWithPeople();
    const { roundId, applications } = await aClosedCallIn(world, forms, conflictsUpload());
    await aDisclosureIn(world, secretary);
    await screeningPrepared(world, roundId);
    granted(await openGate(world, { roundId, token: 'screening' }));
    const scene = { world, roundId, applications, first: nth(applications, 0).id };

    expect(await opens(scene, dana)).toBe('disclosure-needed');
    await aDisclosureIn(world, dana, { familyNames: 'Серикова' });
    expect(await opens(scene, dana)).toBe('disclosure-needed');
    const rows = [...world.records.outbox.values()].filter(({ id }) =>
      id.startsWith(`conflicts#${roundId}#${dana.id}`),
    );
    expect(rows).toHaveLength(1);
    await searchConflicts(world, roundId);
    expect(await opens(scene, dana)).toBe('conflict-of-interest');
  });

  it('is kept away by what was found also after removing it', async () => {
    const scene = await screening([sameName]);
    granted(await removeDisclosure(scene.world, dana));
    await searchConflicts(scene.world, scene.roundId);

    expect((await scene.world.people.profiles.find(dana.id))?.disclosure).toBeUndefined();
    expect(await opens(scene, dana)).toBe('conflict-of-interest');
  });
});

describe('the secretary', () => {
  it('clears a conflict with a reason, and takes that back', async () => {
    const scene = await screening([sameName]);

    expect(await rule(scene, dana, 'cleared', { reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await rule(scene, dana, 'cleared'));
    expect(await opens(scene, dana)).toBe('opens');
    granted(await rule(scene, dana, 'cleared'));
    granted(await rule(scene, dana, 'undone'));
    expect(await opens(scene, dana)).toBe('conflict-of-interest');
    expect((await committeeHistory(scene)).slice(-2)).toEqual(['conflict-ruled', 'conflict-ruling-undone']);
  });

  it('is asked again where a ground turns up that nobody had seen', async () => {
    const scene = await screening([sameName]);
    granted(await rule(scene, dana, 'cleared'));
    await searchConflicts(scene.world, scene.roundId);
    expect(await opens(scene, dana)).toBe('opens');

    await aDisclosureIn(scene.world, dana, { familyNames: 'Серикова', employers: '№ 165 лицей Талдықорған' });
    await searchConflicts(scene.world, scene.roundId);
    expect(await opens(scene, dana)).toBe('conflict-of-interest');
  });

  it('pins a conflict that nobody found, which then stays whatever is compared', async () => {
    const scene = await screening();
    granted(await rule(scene, dana, 'pinned', { reason: 'Үміткер айтты' }));
    await searchConflicts(scene.world, scene.roundId);

    expect(await opens(scene, dana)).toBe('conflict-of-interest');
    const view = granted(await conflictsView(scene.world, { by: secretary, roundId: scene.roundId }));
    expect(view.all).toMatchObject([{ bars: true, ruling: { ruling: 'pinned', reason: 'Үміткер айтты' } }]);
  });

  it('rules neither about themselves nor where they are kept away', async () => {
    const scene = await screening([[secretary, { familyNames: 'Сериков' }]]);

    expect(await rule(scene, secretary, 'cleared')).toMatchObject({
      error: { kind: 'conflict-of-interest' },
    });
    expect(await rule(scene, dana, 'pinned')).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    const view = granted(await conflictsView(scene.world, { by: secretary, roundId: scene.roundId }));
    expect(view).toMatchObject({ own: [{ because: 'found' }], all: [], closed: 0 });
  });

  it('is the only one who rules', async () => {
    const scene = await screening([sameName]);

    for (const by of [chair, erlan]) {
      expect(await rule(scene, dana, 'cleared', { by })).toMatchObject({ ok: false });
    }
  });
});

describe('work that was begun', () => {
  it('of screening is judged anew by somebody else', async () => {
    const scene = await screening();
    const { world, roundId, first } = scene;
    const judged = {
      by: dana,
      roundId,
      applicationId: first,
      verdict: 'refused',
      reason: 'Құжат жоқ',
    } as const;
    granted(await judgeApplication(world, judged));
    granted(await rule(scene, dana, 'pinned'));

    expect((await candidacyOf(world, first)).judgement).toBeUndefined();
    granted(await rule(scene, dana, 'cleared'));
    expect((await candidacyOf(world, first)).judgement).toBeUndefined();
  });

  it('of a rater goes to another one in the same commit, and clearing brings no score back', async () => {
    const scene = await screening();
    const { world, roundId, first } = scene;
    await advanceIn(world, roundId);
    const [rater] = await ratersOf(world, first);
    if (!rater) throw new Error('Nobody was asked.');
    granted(await score(scene, rater, first, false));
    granted(await rule(scene, rater, 'pinned'));

    const after = await ratersOf(world, first);
    expect(after).toHaveLength(2);
    expect(after).not.toContain(rater);
    granted(await rule(scene, rater, 'cleared'));
    expect(await ratersOf(world, first)).toEqual(after);
    expect(await score(scene, rater, first)).toMatchObject({ error: { kind: 'not-assigned' } });
  });

  it('stays as it is once a proposal was drawn from it', async () => {
    const scene = await screening();
    const { world, roundId, first, applications } = scene;
    await advanceIn(world, roundId);
    const raters = await ratersOf(world, first);
    for (const { id } of applications) {
      for (const by of await ratersOf(world, id)) granted(await score(scene, by, id));
    }
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    granted(await rule(scene, nth(raters, 0), 'pinned'));

    expect(await ratersOf(world, first)).toEqual(raters);
    expect(await opens(scene, nth(raters, 0))).toBe('conflict-of-interest');
  });
});
