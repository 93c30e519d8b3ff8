import { describe, expect, it } from 'vitest';
import { formulaView } from '#functions/commands/formula-view.ts';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { roundList } from '#functions/commands/lists.ts';
import { type ChartsCommand, scoreCharts } from '#functions/commands/score-charts.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import {
  cardsGiven,
  crossed,
  type Given,
  interviewsDecided,
  stationCardsGiven,
} from '#test/builders/interview-cards.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { anOwedScene, countedIn, plannedIn, scoredIn } from '#test/builders/owed-interviews.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { auditor, leaves } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3] = [nth(members, 0), nth(members, 1), nth(members, 2)];

type Scene = { world: World; roundId: RoundId };

const chartsFor = ({ world, roundId }: Scene, by: Person, of: Partial<ChartsCommand> = {}) =>
  scoreCharts(world, { by, roundId, part: 'interviews', ...of });

const charts = async (scene: Scene, of: Partial<ChartsCommand> = {}) =>
  granted(await chartsFor(scene, secretary, of));

/** Cards by application number: whose and how much. */
const listed = async ({ world, roundId }: Scene, by: Person = secretary) => {
  const list = granted(await roundList(world, { by, roundId, name: 'scores', part: 'interviews' }));
  if (list.name !== 'scores') throw new Error('Another list came.');
  return list.table.applications;
};

/*
 * What these come to was computed apart from this program: ICCs by pingouin 0.7.0, α by krippendorff 0.9.0, variances by Henderson's method 3 and
 * severities by generalised least squares with statsmodels 0.15.0, as in test/shared/analysis/oracles.py.
 */
describe('the scorecards of interviews', () => {
  it('are analysed as scores are, to the figures of other implementations', async () => {
    const scene = await cardsGiven(crossed());
    const { report, groups, raters, criteria, apart, part, parts } = await charts(scene);

    expect([part, parts, groups]).toEqual(['interviews', ['scoring', 'interviews'], 1]);
    expect(report?.reliability.icc21).toBeCloseTo(0.904456606724, 9);
    expect(report?.reliability.icc2k).toBeCloseTo(0.965985637143, 9);
    expect(report?.reliability.alphaOrdinal).toBeCloseTo(0.9004778972520908, 9);
    const severities = (report?.raters ?? []).map(({ severity }) => severity).toSorted((a, b) => a - b);
    for (const [place, expected] of [-7.431693989070967, 2.554644808743242, 4.877049180327947].entries())
      expect(severities[place]).toBeCloseTo(expected, 9);
    for (const { severity, se } of report?.raters ?? [])
      expect([Math.abs(severity) > 2, se.toFixed(9)]).toEqual([true, '4.186609832']);
    const first = report?.applications.find(({ id }) => id === scene.numbers[0]);
    expect(first?.adjusted).toBeCloseTo(91.66666666666653, 9);
    expect(first?.se).toBeCloseTo(3.422078732236531, 9);
    expect(raters.map(({ spread }) => spread.count)).toEqual([5, 5, 5]);
    expect(raters.map(({ spread }) => spread.mean).toSorted((a, b) => a - b)).toEqual([53.75, 64.5, 67]);
    expect(criteria.map(({ criterion, spread }) => [criterion.code, spread.count])).toEqual([
      ['subject-teaching', 15],
      ['pupils', 15],
      ['sample-lesson', 15],
      ['rural-plans', 15],
    ]);
    // 20 percent is the bound of the round file: 75 and 56.25 are less than that apart.
    const ranges = new Map(apart.map(({ number, dispersion }) => [number, dispersion]));
    expect(scene.numbers.map((number) => ranges.get(number)?.range)).toEqual([15, 18.75, 18.75, 5, 15]);
    expect(apart.some(({ isTooFar }) => isTooFar)).toBe(false);
  });

  it('of panels that heard nobody in common are in groups, by which agreement alone can be told', async () => {
    const apart = [
      [chair, m1, 4, 3],
      [chair, m1, 3, 2],
      [m2, m3, 2, 3],
      [m2, m3, 4, 4],
    ] as const;
    const scene = await cardsGiven(
      apart.map(([a, b, x, y]) => [
        [a, allPoints(x)],
        [b, allPoints(y)],
      ]),
    );

    const { groups, report } = await charts(scene);

    // 100 75, 75 50 and, by two others, 50 75, 100 100. Henderson's method 3 finds 468.75 between applications, 156.25 between raters, 78.125 left.
    expect(groups).toBe(2);
    expect(report?.reliability.icc21).toBeCloseTo(468.75 / (468.75 + 156.25 + 78.125), 9);
    expect(report?.reliability.alphaOrdinal).toBeCloseTo(0.4983333333333333, 9);
  });

  it('of several stations are looked at by station, each with its raters and criteria', async () => {
    const scene = await stationCardsGiven();

    const first = await charts(scene);
    expect([first.station?.code, first.stations.map(({ code }) => code)]).toEqual([
      'lesson',
      ['lesson', 'conversation'],
    ]);
    expect(first.criteria.map(({ criterion }) => criterion.code)).toEqual([
      'subject-teaching',
      'sample-lesson',
    ]);
    expect(first.raters).toHaveLength(2);
    expect(first.report?.reliability.icc21).toBeCloseTo(0.818181818182, 9);
    expect(first.report?.reliability.alphaOrdinal).toBeCloseTo(0.7727272727272727, 9);
    const second = await charts(scene, { station: 'conversation' });
    expect(second.raters).toHaveLength(3);
    expect(second.report?.reliability.icc21).toBeCloseTo(0.869565217391, 9);
    expect(second.report?.reliability.alphaOrdinal).toBeCloseTo(0.842911877394636, 9);
    expect(await chartsFor(scene, secretary, { station: 'corridor' })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'station' }] },
    });
    const [one] = await listed(scene);
    expect(one?.scores.map(({ station }) => station).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'conversation'),
      ...Array.from({ length: 2 }, () => 'lesson'),
    ]);
  });
});

const countsIn = async (scene: Scene) =>
  new Map((await listed(scene)).map(({ number, scores }) => [number, scores.length]));

describe('what is analysed of interviews is what counts', () => {
  it('not the card of a conflict that was declared before the decision, and still that of one declared since', async () => {
    const scene = await cardsGiven(crossed());
    const { world, roundId, candidates, numbers } = scene;
    const idOf = (place: number): ApplicationId => nth(candidates, place).applicationId;
    await inConflictWith(world, roundId, idOf(0), [m1.id]);
    expect((await countsIn(scene)).get(nth(numbers, 0))).toBe(2);
    await interviewsDecided(scene);
    world.clock.pass(60);
    await inConflictWith(world, roundId, idOf(1), [m1.id]);

    const counts = await countsIn(scene);
    expect([counts.get(nth(numbers, 0)), counts.get(nth(numbers, 1))]).toEqual([2, 3]);
    const typed = { by: secretary, roundId, typed: 'count(card)' };
    const { result } = granted(await formulaView(world, typed));
    const reckoned = new Map(result?.rows.map(({ number, value }) => [number, value]));
    expect([reckoned.get(nth(numbers, 0)), reckoned.get(nth(numbers, 1))]).toEqual([2, 3]);
  });

  it('not a card of a conflict that was declared since, where the decision was taken back', async () => {
    const scene = await cardsGiven(crossed());
    const { world, roundId, candidates, numbers } = scene;
    await interviewsDecided(scene);
    granted(await openGate(world, { roundId, token: 'preliminary' }));
    world.clock.pass(60);
    await inConflictWith(world, roundId, nth(candidates, 1).applicationId, [m1.id]);
    expect((await countsIn(scene)).get(nth(numbers, 1))).toBe(3);
    granted(await undoLastAdvance(world, { by: chair, roundId, reason: 'Бір парақ есептелмей қалған.' }));

    expect((await countsIn(scene)).get(nth(numbers, 1))).toBe(2);
  });

  it('not the cards of somebody who was noted as not having come, whom nobody gives a total', async () => {
    const scene = await cardsGiven(crossed());
    const { world, roundId, candidates, numbers } = scene;
    const { applicationId } = nth(candidates, 0);
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId, came: false }));

    expect((await countsIn(scene)).get(nth(numbers, 0))).toBe(0);
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId, came: true }));
    expect((await countsIn(scene)).get(nth(numbers, 0))).toBe(3);
  });

  it('not the card of an interview that was missed, once another one is held', async () => {
    const scene = await cardsGiven([[[m1, allPoints(0)]]]);
    const { world, roundId, candidates } = scene;
    const candidate = nth(candidates, 0);
    const { applicationId } = candidate;
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId, came: false }));
    const [later] = granted(
      await planSlots(world, {
        by: secretary,
        roundId,
        from: at('2022-10-25T06:00'),
        count: 1,
        place: 'Талдықорған, кабинет 12',
      }),
    );
    if (!later) throw new Error('A time was planned.');
    granted(await bookInterview(world, { ...candidate, slotId: later.id }));
    world.clock.to(at('2022-10-25T13:00'));
    for (const by of [chair, m2, m3])
      granted(await scoreInterview(world, { by, roundId, applicationId, points: allPoints(4) }));

    expect((await listed(scene)).map(({ scores }) => scores.map(({ total }) => total))).toEqual([
      [100, 100, 100],
    ]);
  });

  it('also the cards of somebody who has left the committee, under the same code', async () => {
    const scene = await cardsGiven(crossed());
    const before = await listed(scene);
    await leaves(scene.world, scene.roundId, m2);

    expect(await listed(scene)).toEqual(before);
  });

  it('and an interview that was owed, once its total is in the results', async () => {
    const scene = await anOwedScene();
    await plannedIn(scene);
    await scoredIn(scene);
    expect((await countsIn(scene)).get(scene.number) ?? 0).toBe(0);
    await countedIn(scene);

    const own = (await listed(scene)).find(({ number }) => number === scene.number);
    expect(own?.scores.map(({ total }) => total)).toEqual([100, 100, 100]);
    expect(own?.scores.every(({ rater }) => /^R\d+$/.test(rater))).toBe(true);
  });
});

describe('while interviews go on', () => {
  it('a chair reads those alone for which own cards are in, and nothing while one is owed', async () => {
    const cards = crossed();
    const without = cards.map((given, place) => (place === 4 ? given.slice(1) : given));
    const scene = await cardsGiven(without);

    expect(await chartsFor(scene, chair)).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1, of: 'scorecards' },
    });
    const counts = (await charts(scene)).raters.map(({ spread }) => spread.count);
    expect(counts.toSorted((a, b) => a - b)).toEqual([4, 5, 5]);
  });

  it('and of interviews that others hold nothing', async () => {
    const others: Given[] = [
      [m1, allPoints(2)],
      [m2, allPoints(3)],
      [m3, allPoints(3)],
    ];
    const scene = await cardsGiven([...crossed().slice(0, 2), others]);

    expect((await listed(scene, chair)).map(({ number }) => number)).toEqual(
      scene.numbers.slice(0, 2).toSorted(),
    );
    expect((await listed(scene)).map(({ number }) => number)).toEqual(scene.numbers.toSorted());
  });

  it('members and an auditor read nothing, and the auditor all of it once they are over', async () => {
    const scene = await cardsGiven(crossed());
    for (const by of [m3, auditor])
      expect(await chartsFor(scene, by)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect((await charts(scene, { by: auditor, part: 'scoring' })).parts).toEqual(['scoring']);
    await interviewsDecided(scene);

    expect(granted(await chartsFor(scene, auditor)).raters).toHaveLength(3);
    expect(await chartsFor(scene, m3)).toMatchObject({ error: { kind: 'not-allowed' } });
  });

  it('whoever has a conflict of interest reads nothing of that interview, then and later', async () => {
    const scene = await cardsGiven(crossed());
    await inConflictWith(scene.world, scene.roundId, nth(scene.candidates, 0).applicationId, [
      secretary.id,
      chair.id,
    ]);
    const open = scene.numbers.slice(1).toSorted();

    for (const by of [secretary, chair])
      expect((await listed(scene, by)).map(({ number }) => number)).toEqual(open);
    await interviewsDecided(scene);
    for (const by of [secretary, chair])
      expect((await listed(scene, by)).map(({ number }) => number)).toEqual(open);
  });
});
