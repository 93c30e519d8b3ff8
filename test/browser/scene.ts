import type { Browser, Locator } from 'playwright-core';
import { aWorld, type World } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, members, secretary } from '#test/builders/selection.ts';
import { serveRound, signInAll } from './served-round.ts';
import { visitorsOf, type Way } from './visitors.ts';

/** The pages of a world, read in one way. */
export const aSceneOf = async (browser: Browser, world: World, way: Way) => {
  const served = await serveRound(world);
  const visitors = visitorsOf(browser, served.origin, way);
  const leave = async (): Promise<string[]> => {
    const faults = await visitors.leave();
    await served.stop();
    return faults;
  };
  return { world, served, visitors, t: visitors.t, leave };
};

/** A committee of five at the open gate of screening; one of two applicants teaches what nobody looks for. */
export const atScreening = async (browser: Browser, way: Way) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}, { subjects: ['history'] }]);
  const [wanted, historian] = applications;
  if (!wanted || !historian) throw new Error('Two applied.');
  const scene = await aSceneOf(browser, world, way);
  const committee = [chair, secretary, ...members];
  const [theChair = '', theSecretary = '', ...theMembers] = await signInAll(scene.served, committee);
  const tokens = { theChair, theSecretary, theMembers };
  return { ...scene, ...tokens, roundId, wanted, historian, work: `/committee/rounds/${roundId}` };
};

export type ScreeningScene = Awaited<ReturnType<typeof atScreening>>;

/** Unfolds what is folded, unless it stands open. */
export const unfold = async (summary: Locator): Promise<void> => {
  const folded = summary.locator('xpath=ancestor::details[1]');
  if ((await folded.getAttribute('open')) === null) await summary.click();
};
