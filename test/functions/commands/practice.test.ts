import { describe, expect, it } from 'vitest';
import { evaluationSheets } from '#functions/commands/evaluation-sheets.ts';
import { askPracticeAnew, scorePracticeText } from '#functions/commands/practice.ts';
import { aboutApplications } from '#functions/commands/practice-gate.ts';
import { ownPractice, practiceOverview } from '#functions/commands/practice-views.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { passportId } from '#shared/domain/passport.ts';
import { type Action, permissions, permit } from '#shared/domain/permission.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aPracticeFile, farFrom, practiceUpload, practise } from '#test/builders/practice.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  type Selection,
  score,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

const day = 86_400;

type Scene = Selection & { world: World; first: ApplicationId };

const scoring = async (count = 3, file = practiceUpload()): Promise<Scene> => {
  const world = aWorld();
  const selection = await aScoringIn(
    world,
    Array.from({ length: count }, () => ({})),
    file,
  );
  const first = selection.applications[0]?.id;
  if (!first) throw new Error('Somebody applied.');
  return { world, ...selection, first };
};

const needed = { ok: false, error: { kind: 'practice-needed' } };

const raterOf = async ({ world, first }: Scene) => {
  const [rater] = await ratersOf(world, first);
  if (!rater) throw new Error('The application has no rater.');
  return rater;
};

describe('a rater who has not practised', () => {
  it('neither sees an application nor scores one, also by its address', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const by = await raterOf(scene);

    expect(await scorecardView(world, { by, roundId, applicationId: first })).toEqual(needed);
    expect(await scoringView(world, { by, roundId })).toEqual(needed);
    expect(await score(scene, by, first)).toEqual(needed);
    expect((await candidacyOf(world, first)).scores).toEqual([]);
  });

  it('has no evaluation sheets', async () => {
    const { world, roundId } = await scoring();

    const deps = { ...world, people: memoryPeople() };
    expect(await evaluationSheets(deps, { by: chair, roundId, which: { part: 1 } })).toEqual(needed);
  });

  it('looks at the round in no other role that they hold', async () => {
    const scene = await scoring();
    const { world, roundId } = scene;
    const by = { ...(await raterOf(scene)), role: 'auditor' as const };

    expect(await lookBack(world, { by, roundId })).toEqual(needed);
  });

  it('does both once they have passed, and the score counts', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const by = await raterOf(scene);

    await practise(world, { by, roundId });

    expect(granted(await scoringView(world, { by, roundId })).own.length).toBeGreaterThan(0);
    granted(await score(scene, by, first));
    expect((await candidacyOf(world, first)).scores).toHaveLength(1);
  });

  it('does neither after a try that was not passed', async () => {
    const scene = await scoring();
    const by = await raterOf(scene);

    await practise(scene.world, { by, roundId: scene.roundId }, false);

    expect(await score(scene, by, scene.first)).toEqual(needed);
  });
});

describe('a certificate', () => {
  it('that ran out closes what it had opened; the scores stay', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const by = await raterOf(scene);
    await practise(world, { by, roundId });
    granted(await score(scene, by, first));

    world.clock.pass(61 * day);

    expect(await score(scene, by, first, false)).toEqual(needed);
    expect((await candidacyOf(world, first)).scores).toHaveLength(1);
  });

  it('is ended by the secretary, who asks for practice anew', async () => {
    const scene = await scoring();
    const { world, roundId } = scene;
    const by = await raterOf(scene);
    await practise(world, { by, roundId });

    granted(await askPracticeAnew(world, { by: secretary, roundId, personId: by.id }));

    expect(await score(scene, by, scene.first)).toEqual(needed);
    expect(granted(await ownPractice(world, { by, roundId })).standing.kind).toBe('practising');
    await practise(world, { by, roundId });
    granted(await score(scene, by, scene.first));
  });

  it('that is ended while a score is on its way refuses the score', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const by = await raterOf(scene);
    await practise(world, { by, roundId });
    const { commit } = world.records;
    world.records.commit = async (one) => {
      world.records.commit = commit;
      granted(await askPracticeAnew(world, { by: secretary, roundId, personId: by.id }));
      return await commit(one);
    };

    expect(await score(scene, by, first)).toEqual(needed);
    expect((await candidacyOf(world, first)).scores).toEqual([]);
  });

  it('is not what others can ask to be ended, nor of whom has no seat', async () => {
    const { world, roundId } = await scoring();
    const [member] = members;
    if (!member) throw new Error('A member sits.');

    for (const by of [chair, member]) {
      expect(await askPracticeAnew(world, { by, roundId, personId: member.id })).toMatchObject({ ok: false });
    }
    expect(await askPracticeAnew(world, { by: secretary, roundId, personId: stranger.id })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('a rater whose tries are used up', () => {
  it('is asked for nothing, and what they owe goes to others when the secretary says so', async () => {
    const scene = await scoring();
    const { world, roundId, first } = scene;
    const by = await raterOf(scene);
    await practise(world, { by, roundId }, false);
    await practise(world, { by, roundId }, false);

    const before = granted(await scoringView(world, { by: secretary, roundId }));
    expect(before.open).toBeGreaterThan(0);
    expect(before.progress?.find(({ personId }) => personId === by.id)?.practice).toBe('used-up');

    granted(await reassignOpen(world, { by: secretary, roundId }));

    const raters = await ratersOf(world, first);
    expect(raters.map(({ id }) => id)).not.toContain(by.id);
    expect(raters).toHaveLength(2);
    expect(granted(await scoringView(world, { by: secretary, roundId })).open).toBe(0);
  });
});

describe('practice', () => {
  it('is kept once however often the button is pressed', async () => {
    const { world, roundId } = await scoring();
    const by = chair;
    const [text] = granted(await ownPractice(world, { by, roundId })).left;
    const command = { by, roundId, text: text?.code ?? '', points: farFrom(text?.points ?? {}) };

    await Promise.all([scorePracticeText(world, command), scorePracticeText(world, command)]);

    const history = await world.records.history('passport', passportId(roundId, by.id));
    expect(history.map(({ fact }) => fact.type)).toEqual(['practice-scored']);
  });

  it('is nowhere in a round that does not ask for it', async () => {
    const { world, roundId } = await scoring(1, practiceUpload({ practice: undefined }));

    expect(await ownPractice(world, { by: chair, roundId })).toMatchObject({ error: { kind: 'not-found' } });
    expect(await scoringView(world, { by: chair, roundId })).toMatchObject({ ok: true });
  });

  it('shows on the committee who may score, and how the strictness of five or more spreads', async () => {
    const { world, roundId } = await scoring();
    for (const by of [chair, ...members]) await practise(world, { by, roundId });
    const committee = (await world.records.find(committeeAggregate, roundId))?.state;

    const overview = await practiceOverview(world, {
      roundId,
      committee,
      file: RoundFile.parse(aPracticeFile()),
    });

    expect([...(overview?.standings ?? [])].filter(([, { kind }]) => kind === 'certified')).toHaveLength(5);
    expect(overview?.standings.has(secretary.id)).toBe(false);
    expect(overview?.balance).toEqual({ raters: 5, mean: 0, strictest: 0, mildest: 0 });
  });

  it('stands in the timeline of the round as the certificate alone', async () => {
    const { world, roundId } = await scoring();
    await practise(world, { by: chair, roundId }, false);
    await practise(world, { by: chair, roundId });

    const deps = { ...world, people: memoryPeople() };
    const { deeds } = granted(await roundHistory(deps, { by: secretary, roundId }));

    const types = deeds.map(({ type }) => type);
    expect(types.filter((type) => type === 'rater-certified')).toHaveLength(1);
    expect(types.filter((type) => type.startsWith('practice-'))).toEqual([]);
  });
});

/** What raters may do while others are scored and they have not practised: nothing of it shows or changes what is scored. */
const beforePractising = [
  'committee.read',
  'conflict.declare',
  'competence.tell',
  'guest.read',
  'conflict.read',
  'gate.read',
  'gate.draw-up',
  'gate.vote',
  'gate.decide',
  'gate.depart',
  'discussion.read',
  'discussion.lead',
  'poll.read',
  'poll.lead',
  'poll.cast',
  'sheet.open',
  'advance.undo',
  'beacon.record',
  'beacon.waive',
  'practice.score',
  'marks.read',
  'round.watch',
  'retention.read',
];

it('every action of raters while scoring goes on either waits for practice or is known to need none', () => {
  const raters = ['chair', 'member', 'guest'] as const;
  const ofRaters = Object.keys(permissions).filter((name) =>
    raters.some((role) => permit(name as Action, role, 'scoring').ok),
  );
  const waiting = new Set<string>(aboutApplications);

  expect(ofRaters.filter((name) => !waiting.has(name)).toSorted()).toEqual(beforePractising.toSorted());
});
