import { describe, expect, it } from 'vitest';
import { cardHistory } from '#functions/commands/card-history.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { declineApplication, draftApplicationScore, scoreApplication } from '#functions/commands/scoring.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  members,
  pointsOf,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';

/** One application with two raters, scored by cards of the sample round: who judges 60 percent of the weight has scored. */
const scoring = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}]);
  const applicationId = applications[0]?.id;
  const [one, other] = applicationId ? await ratersOf(world, applicationId) : [];
  if (!applicationId || !one || !other) throw new Error('Two rate the application.');
  const best = await pointsOf(world, true, roundId);
  const on = (by: Person) => ({ by, roundId, applicationId });
  const cardFor = async (by: Person) => granted(await scorecardView(world, on(by)));
  return { world, roundId, applicationId, one, other, best, on, cardFor };
};

const eventsOf = async ({ world, applicationId }: Awaited<ReturnType<typeof scoring>>): Promise<string[]> =>
  (await world.records.history('candidacy', applicationId)).map(({ fact }) => fact.type);

const versionsFor = async ({ world, on }: Awaited<ReturnType<typeof scoring>>, by: Person) =>
  granted(await cardHistory(world, on(by))).histories;

/** Enough of the weight is left out that the card does not count. */
const tooLittle = (points: Record<string, number>) => {
  const judged = new Set(['education', 'degree']);
  const entries = Object.entries(points);
  return {
    points: Object.fromEntries(entries.filter(([code]) => judged.has(code))),
    abstained: entries.flatMap(([code]) => (judged.has(code) ? [] : [code])),
  };
};

describe('a draft', () => {
  it('is filled in again by who left it, counts nowhere, and is nobody else’s to read', async () => {
    const scene = await scoring();
    const { world, one, other, best, on, cardFor, roundId } = scene;
    const comments = { committee: 'DRAFTED for colleagues', applicant: '' };
    granted(await draftApplicationScore(world, { ...on(one), points: { education: 7 }, comments }));

    expect((await cardFor(one)).card).toMatchObject({
      isDraft: true,
      version: 1,
      filled: { points: { education: 7 }, comments },
    });
    granted(await scoreApplication(world, { ...on(other), points: best }));
    for (const by of [other, secretary, chair].filter(({ id }) => id !== one.id)) {
      expect(JSON.stringify(await cardFor(by))).not.toContain('DRAFTED');
      expect(JSON.stringify(await versionsFor(scene, by))).not.toContain('DRAFTED');
    }
    expect((await candidacyOf(world, on(one).applicationId)).scores).toHaveLength(1);
    const { own } = granted(await scoringView(world, on(one)));
    expect(own).toMatchObject([{ total: undefined, drafted: true }]);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1 },
    });
  });

  it('gives way to the card that is given, and the same draft twice is one', async () => {
    const scene = await scoring();
    const { world, one, best, on, cardFor } = scene;
    const half = { ...on(one), points: { education: 7 } };
    granted(await draftApplicationScore(world, half));
    granted(await draftApplicationScore(world, half));
    granted(await scoreApplication(world, { ...on(one), points: best, basedOn: 1 }));

    expect(await eventsOf(scene)).toEqual([
      'candidacy-opened',
      'raters-assigned',
      'score-drafted',
      'score-given',
    ]);
    expect(await cardFor(one)).toMatchObject({ card: { isDraft: false, version: 2 }, own: { total: 100 } });
  });
});

describe('two who save the same card', () => {
  it('are told of each other, and neither loses what stands', async () => {
    const { world, one, best, on, cardFor } = await scoring();
    granted(await scoreApplication(world, { ...on(one), points: best, basedOn: 0 }));

    const late = { ...on(one), points: { ...best, education: 1 }, basedOn: 0 };
    for (const save of [scoreApplication, draftApplicationScore]) {
      expect(await save(world, late)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    }
    expect((await cardFor(one)).own).toMatchObject({ total: 100 });
    // Who saw that it changed saves over it knowingly.
    granted(await scoreApplication(world, { ...late, basedOn: 1 }));
    expect((await cardFor(one)).card.version).toBe(2);
  });

  it('at the very same moment are decided one after the other', async () => {
    const { world, one, best, on } = await scoring();
    const other = { ...on(one), points: { ...best, education: 1 }, basedOn: 0 };
    world.records.interfere(() => scoreApplication(world, { ...on(one), points: best, basedOn: 0 }));

    expect(await scoreApplication(world, other)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });
});

const said = (committee: string) => ({ committee, applicant: 'Show a lesson plan.' });

describe('comments', () => {
  it('are read by who has scored too, and every version stays for who may read it', async () => {
    const scene = await scoring();
    const { world, one, other, best, on, cardFor } = scene;
    granted(await scoreApplication(world, { ...on(one), points: best, comments: said('FIRST') }));
    granted(await scoreApplication(world, { ...on(one), points: best, comments: said('SECOND') }));

    expect((await cardFor(other)).others).toBeUndefined();
    expect(await versionsFor(scene, other)).toEqual([]);
    granted(await scoreApplication(world, { ...on(other), points: best }));
    expect((await cardFor(other)).others).toMatchObject([{ comments: said('SECOND') }]);
    const [own] = await versionsFor(scene, one);
    expect(own?.rater).toBeUndefined();
    expect(own?.versions.map(({ changed }) => changed.comments)).toEqual([
      ['committee', 'applicant'],
      ['committee'],
    ]);
    const forSecretary = await versionsFor(scene, secretary);
    expect(forSecretary.map(({ rater }) => rater?.[0])).toEqual(['R', 'R']);
    expect(JSON.stringify(forSecretary)).toContain('FIRST');
    expect(JSON.stringify(forSecretary)).not.toContain(one.id);
  });
});

describe('a card that judges too little', () => {
  it('is kept, does not count, and one more rater is asked in the same transaction', async () => {
    const scene = await scoring();
    const { world, one, best, on, applicationId } = scene;
    const before = world.records.commits.length;
    granted(await scoreApplication(world, { ...on(one), ...tooLittle(best) }));

    expect(world.records.commits).toHaveLength(before + 1);
    const { raters, scores } = await candidacyOf(world, applicationId);
    expect(raters).toHaveLength(3);
    expect(scores).toMatchObject([{ raterId: one.id, counts: false }]);
  });
});

describe('handing an application back', () => {
  it('brings another rater at once, and the one who did it is not asked again', async () => {
    const scene = await scoring();
    const { world, one, other, on, applicationId, roundId } = scene;
    granted(await scoreApplication(world, { ...on(other), points: scene.best }));
    const before = world.records.commits.length;
    granted(await declineApplication(world, { ...on(one), reason: 'I taught them.' }));

    expect(world.records.commits).toHaveLength(before + 1);
    const { raters, scores } = await candidacyOf(world, applicationId);
    expect(raters).toHaveLength(2);
    expect(raters).not.toContain(one.id);
    expect(scores).toMatchObject([{ raterId: other.id }]);
    const history = (await versionsFor(scene, secretary)).find(({ declined }) => declined);
    expect(history?.declined?.reason).toBe('I taught them.');
    // Nobody is left in the end: the place stays open rather than coming back.
    for (const by of [chair, ...members]) {
      if ((await candidacyOf(world, applicationId)).raters.includes(by.id) && by.id !== other.id) {
        granted(await declineApplication(world, { ...on(by), reason: 'Nor can I.' }));
      }
    }
    granted(await reassignOpen(world, { by: secretary, roundId }));
    expect((await candidacyOf(world, applicationId)).raters).not.toContain(one.id);
  });

  it('needs a reason, and is too late once the score is in', async () => {
    const { world, one, best, on } = await scoring();

    expect(await declineApplication(world, { ...on(one), reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await scoreApplication(world, { ...on(one), points: best }));
    expect(await declineApplication(world, { ...on(one), reason: 'Late.' })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });
});
