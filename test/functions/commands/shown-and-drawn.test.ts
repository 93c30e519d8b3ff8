import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestEdition } from '#shared/domain/edition.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { aMixedRound, listed, type Step, shownToStand, stepIn } from '#test/builders/corrected-steps.ts';
import { correctionsIn, listOf } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { advanceIn, roundIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const often = { numRuns: process.env['SOAK'] ? 1_500 : 6, seed: 20221114 };

const step = record<Step>({
  does: constantFrom(
    'totals',
    'criterion',
    'left-out',
    'shifted',
    'file',
    'undo',
    'claim',
    'claim',
    'withdraws',
    'departs',
    'departs',
  ),
  part: constantFrom('scoring', 'interview'),
  who: integer({ min: 0, max: 3 }),
  to: integer({ min: 0, max: 100 }),
});
const steps = array(step, { maxLength: 3 });

/** The final results as they stand now, in their newest edition. */
const finalIn = async (scene: MarksScene) => {
  const round = await roundIn(scene.world, scene.roundId);
  const edition = 'editions' in round ? latestEdition(round) : undefined;
  const list = await listOf(scene, edition?.decision ?? round.decisions.claims);
  return listed(list.standings, list.departures);
};

const decidedAt = async (scene: MarksScene, stage: GatedStage) => {
  const { decisions } = await roundIn(scene.world, scene.roundId);
  const list = await listOf(scene, decisions[stage]);
  return listed(list.standings, list.departures);
};

type Listed = ReturnType<typeof listed>;

/** A list that nothing corrected is carried on as it was decided: whoever has withdrawn since leaves the others at their ranks. */
const asCarried = (list: Listed, shown: Listed): Listed => {
  const gone = new Set(
    shown.standings.flatMap((one) => (one.reasons.includes('withdrawn') ? [one.applicationId] : [])),
  );
  const isThere = ({ applicationId }: { applicationId: ApplicationId }): boolean => !gone.has(applicationId);
  return {
    departures: list.departures.filter(isThere),
    standings: list.standings.filter(isThere).map(({ rank: _rank, ...one }) => one),
  };
};

/** Does these one after another; what each shows must then stand. */
const play = async (scene: MarksScene, all: readonly Step[]): Promise<void> => {
  const { stage } = await roundIn(scene.world, scene.roundId);
  for (const one of all) {
    const shown = await stepIn(scene, one);
    // Before the ranking after the interviews there are no results to show.
    if (!shown || stage === 'interviews') continue;
    expect(shown, one.does).toEqual(await shownToStand(scene));
    if (stage === 'offers') expect(shown, one.does).toEqual(await finalIn(scene));
  }
};

type Story = Record<'interviews' | 'preliminary' | 'claims' | 'offers', Step[]>;

/** A round as it is played: whatever is decided is what was shown. */
const told = async (story: Story): Promise<MarksScene> => {
  const scene = await aMixedRound();
  await play(scene, story.interviews);
  await advanceIn(scene.world, scene.roundId);
  for (const stage of ['preliminary', 'claims'] as const) {
    await play(scene, story[stage]);
    const shown = await shownToStand(scene);
    const isCarried = stage === 'preliminary' && (await correctionsIn(scene))?.list === undefined;
    if (stage === 'claims') scene.world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(scene.world, scene.roundId);
    const drawn = await decidedAt(scene, stage);
    if (isCarried) expect(asCarried(drawn, shown)).toEqual(asCarried(shown, shown));
    else expect(drawn, stage).toEqual(shown);
  }
  await play(scene, story.offers);
  return scene;
};

/** The first of the scene, whom the committee keeps out at the gate after the interviews. */
const keptOut: Story = {
  interviews: [{ does: 'departs', part: 'scoring', who: 1, to: 0 }],
  preliminary: [],
  claims: [],
  offers: [],
};
const both = (who: number, to: number): Step[] =>
  (['scoring', 'interview'] as const).map((part) => ({ does: 'totals', part, who, to }));

describe('whom the committee kept out', () => {
  it.for<[string, Partial<Story>]>([
    ['another one is corrected before the preliminary results', { preliminary: both(0, 70) }],
    [
      'a correction lets the points keep them out for a while',
      { preliminary: both(1, 0), claims: both(1, 90) },
    ],
    ['the same comes after the final results', { claims: both(1, 0), offers: both(1, 90) }],
  ])('stays out, as it was shown, where %s', async ([, then]) => {
    const scene = await told({ ...keptOut, ...then });

    const { standings, departures } = await finalIn(scene);
    const { id } = nth(scene.applications, 1);
    expect(standings.find(({ applicationId }) => applicationId === id)).toMatchObject({
      outcome: 'stops',
      reasons: ['departure'],
    });
    expect(departures.map(({ applicationId }) => applicationId)).toEqual([id]);
  });
});

describe('what somebody who tries something is shown', () => {
  it('is what is drawn up next, by whatever came before at whichever stage', async () => {
    const stories = record<Story>({ interviews: steps, preliminary: steps, claims: steps, offers: steps });
    await assert(
      asyncProperty(stories, async (story) => {
        await told(story);
      }),
      often,
    );
  }, 3_600_000);
});
