import { describe, expect, it } from 'vitest';
import { readCandidacies } from '#functions/commands/selection.ts';
import { workplace } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import type { InterviewAgreement } from '#shared/papers/agreement.ts';
import { gatheredInterviewAgreement } from '#shared/papers/gathered-agreement.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { cardsGiven, crossed, interviewsDecided, stationCardsGiven } from '#test/builders/interview-cards.ts';
import {
  allPoints,
  type Candidate,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { someAgreement, someMinutes } from '#test/builders/minutes.ts';
import { anOwedScene, countedIn, owedIn, plannedIn, scoredIn } from '#test/builders/owed-interviews.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';

const [m1, m2, m3] = [nth(members, 0), nth(members, 1), nth(members, 2)];

type Scene = { world: World; roundId: RoundId; candidates: readonly Candidate[] };

/** As the minutes gather it, of a round that is not closed yet. */
const gathered = async (
  { world, roundId, candidates }: Scene,
  owed: Parameters<typeof gatheredInterviewAgreement>[0]['owed'] = [],
) => {
  const { round, file } = granted(await workplace(world, { by: secretary, roundId }, 'lists.export'));
  const ids = candidates.map(({ applicationId }) => applicationId);
  const found = await readCandidacies(world.records, ids);
  const { interviewAgreement } = gatheredInterviewAgreement({
    round: round.state as never,
    file,
    owed,
    candidacies: found.map(({ state }) => state),
    history: await world.records.history('round', roundId),
    committee: await world.records.history('committee', roundId),
  });
  return interviewAgreement;
};

describe('what is gathered of agreement between interviewers', () => {
  it('has the figures of other implementations, rounded to four decimals', async () => {
    expect(await gathered(await cardsGiven(crossed()))).toMatchObject([
      {
        raters: 3,
        applications: 5,
        scores: 15,
        icc21: { value: 0.9045 },
        icc2k: { value: 0.966 },
        alphaOrdinal: { value: 0.9005 },
        apart: { applications: 0 },
        counts: 'never',
      },
    ]);
  });

  it('is told of each station by itself', async () => {
    const told = await gathered(await stationCardsGiven());

    expect(
      told?.map(({ station, raters, icc21, alphaOrdinal, apart }) => [
        station?.en,
        raters,
        icc21?.value,
        alphaOrdinal?.value,
        apart.applications,
      ]),
    ).toEqual([
      ['Demo lesson', 2, 0.8182, 0.7727, 2],
      ['Conversation', 3, 0.8696, 0.8429, 3],
    ]);
  });

  it('says in how many groups interviewers were that heard nobody in common', async () => {
    const pairs = [
      [chair, m1],
      [m2, m3],
    ] as const;
    const cards = [0, 0, 1, 1]
      .map((of) => nth(pairs, of))
      .map(([a, b], place) => [[a, allPoints(place)] as const, [b, allPoints(4 - place)] as const]);

    expect(await gathered(await cardsGiven(cards))).toMatchObject([{ raters: 4, groups: 2 }]);
  });

  it('holds what counted when it was decided, and nothing where nobody was interviewed', async () => {
    const scene = await cardsGiven(crossed());
    const { world, roundId, candidates } = scene;
    await inConflictWith(world, roundId, nth(candidates, 0).applicationId, [m1.id]);
    await interviewsDecided(scene);
    world.clock.pass(60);
    await inConflictWith(world, roundId, nth(candidates, 1).applicationId, [m1.id]);

    expect(await gathered(scene)).toMatchObject([{ scores: 14 }]);
    expect(await gathered(await cardsGiven([[], []]))).toBeUndefined();
  });

  it('holds an interview that was owed once it is counted', async () => {
    const scene = await anOwedScene();
    await plannedIn(scene);
    await scoredIn(scene);
    const owed = async () => (await owedIn(scene)) ?? [];
    expect(await gathered(scene, [await owed()].flat())).toBeUndefined();
    await countedIn(scene);

    expect(await gathered(scene, [await owed()].flat())).toMatchObject([
      { raters: 3, applications: 1, scores: 3 },
    ]);
  });
});

const lesson: InterviewAgreement = {
  station: { kk: 'Көрсетілім сабағы', ru: 'Показательный урок', en: 'Demo lesson' },
  raters: 4,
  applications: 12,
  scores: 24,
  groups: 2,
  icc21: { value: 0.6012, interval: [0.2501, 0.8104] },
  alphaOrdinal: { value: 0.5511 },
  apart: { percent: 20, applications: 3 },
  counts: 'never',
};
const interviewAgreement = [
  lesson,
  { ...lesson, station: { kk: 'Сұрақ-жауап', ru: 'Беседа', en: 'Conversation' }, groups: undefined },
];

const sectionIn = (over: object, locale: (typeof locales)[number] = 'en') =>
  minutesPaper(someMinutes(over), translator(locale)).sections[3];

describe('the agreement of interviewers in minutes', () => {
  it('stands after that of raters, by station, and says that it is never adjusted', () => {
    const section = sectionIn({ agreement: someAgreement, interviewAgreement });

    expect(section?.heading).toBe('4. Agreement between interviewers');
    expect(section?.blocks.flatMap((one) => (one.kind === 'heading' ? one.text : []))).toEqual([
      'Demo lesson',
      'Conversation',
    ]);
    const facts = section?.blocks.flatMap((one) => (one.kind === 'facts' ? [one.facts] : [])) ?? [];
    const [first, second] = facts.map((one) => new Map(one.map(({ name, value }) => [name, value])));
    expect(first?.get('Scorecards that counted')).toBe('24, by raters: 4, of applications: 12');
    expect(first?.get('Groups of interviewers who heard nobody in common')).toBe('2');
    expect(first?.get('ICC(2,1), one rater')).toBe('0.6 (95% interval from 0.25 to 0.81); poor – good');
    expect(second?.has('Groups of interviewers who heard nobody in common')).toBe(false);
    const texts = section?.blocks.flatMap((one) => (one.kind === 'text' ? one.text : []));
    expect(texts).toEqual([expect.stringContaining('They are never adjusted for severity')]);
  });

  it.for(locales)('has no gap in %s', (locale) => {
    const { blocks = [] } = sectionIn({ agreement: someAgreement, interviewAgreement }, locale) ?? {};

    expect(blocks).toHaveLength(5);
    expect(JSON.stringify(blocks)).not.toMatch(/papers\.|charts\.|undefined|\{count/);
  });

  it('is not there in minutes of before it was said', () => {
    expect(sectionIn({ agreement: someAgreement })?.heading).toBe('4. Applications and points');
  });
});
