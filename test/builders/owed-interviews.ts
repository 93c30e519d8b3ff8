import { makeClaim } from '#functions/commands/claims.ts';
import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection } from '#functions/commands/corrections.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview, grantOwedInterview } from '#functions/commands/owed-interviews.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { grounds, published, text, uphold } from '#test/builders/claims.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

export const owedReason = 'Балы қате есептеліп, әңгімелесуге шақырылмаған.';

/** When the interview that was owed begins, in the claims window. */
export const owedAt = at('2022-11-04T05:00');

/** Preliminary results are published. The third was kept out by a wrong score, which an upheld claim put right. */
export const anOwedScene = async (...of: Parameters<typeof published>) => {
  const scene = await published(...of);
  const { world, roundId, candidates } = scene;
  const third = nth(candidates, 2);
  const claimId = granted(await makeClaim(world, { ...third, grounds, text })).state.id;
  const upheld = { by: chair, roundId, claimId, reason: 'Қате.', corrected: { scoring: 75 } };
  granted(await uphold(world, upheld));
  const { applicationId } = third;
  const number = third.application.number;
  const on = (by: Person) => ({ by, roundId, applicationId });
  return { ...scene, third, applicationId, number, claimId, on };
};

export type OwedScene = Awaited<ReturnType<typeof anOwedScene>>;

export const owedIn = async ({ world, applicationId }: OwedScene) =>
  (await world.records.find(owedInterviewAggregate, applicationId))?.state;

export const shownIn = async ({ world, roundId }: OwedScene, by: Person = secretary) =>
  granted(await viewOwedInterviews(world, { by, roundId })).owed;

export const askedFor = async ({ world, roundId, number }: OwedScene, by: Person = secretary) =>
  await askOwedInterview(world, { by, roundId, application: number, reason: owedReason });

export const grantedIn = async (scene: OwedScene): Promise<void> => {
  granted(await askedFor(scene));
  granted(await grantOwedInterview(scene.world, scene.on(chair)));
};

export const planning = (scene: OwedScene) =>
  ({ ...scene.on(secretary), from: owedAt, place: 'Талдықорған, кабинет 12', stepFree: true }) as const;

export const plannedIn = async (scene: OwedScene): Promise<void> => {
  await grantedIn(scene);
  granted(await planOwedInterview(scene.world, planning(scene)));
};

/** Each of three gives four points at everything. */
export const scoredIn = async (scene: OwedScene): Promise<void> => {
  const { world, on } = scene;
  world.clock.to(at('2022-11-04T06:00'));
  for (const by of [chair, ...members].slice(0, 3)) {
    granted(await scoreInterview(world, { ...on(by), owed: true, points: allPoints(4) }));
  }
};

/** What it comes to by its cards, as the page offers it. */
export const totalIn = async (scene: OwedScene): Promise<number> => {
  const total = nth(await shownIn(scene), 0).total;
  if (total === undefined) throw new Error('The interview wants cards.');
  return total;
};

export const countingOf = async (scene: OwedScene) =>
  ({
    kind: 'totals',
    number: scene.number,
    corrected: { interview: await totalIn(scene) },
    owed: true,
  }) as const;

/** The secretary asks for the correction that counts it; its number. */
export const countAsked = async (scene: OwedScene): Promise<number> => {
  const { world, roundId } = scene;
  const corrects = await countingOf(scene);
  const asked = granted(await askCorrection(world, { by: secretary, roundId, corrects, reason: owedReason }));
  return asked.state.corrections.length;
};

/** What a second person has seen of it. */
export const countShown = async ({ world, roundId }: OwedScene, correction: number, by: Person = chair) => {
  const page = granted(await showCorrection(world, { by, roundId, correction }));
  const command = { by, roundId, correction, shown: page.digest, confirmed: page.recipients, sample: [] };
  return { page, command };
};

export const countedIn = async (scene: OwedScene): Promise<void> => {
  const { command } = await countShown(scene, await countAsked(scene));
  granted(await applyCorrection(scene.world, command));
};
