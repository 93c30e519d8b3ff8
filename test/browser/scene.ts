import type { Browser, Locator } from 'playwright-core';
import { askApplicant } from '#functions/commands/inquiries.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, chair, members, secretary } from '#test/builders/selection.ts';
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

/** An administrator of their own for each visit, where the time moves by days between them. */
export const anAdministrator = (who: number): Person => ({
  kind: 'person',
  id: PersonId.parse(`ADM${who}N000000000000000`),
  role: 'administrator',
});

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

/** An applicant of whom the committee asks a text and a file, on the page of the application. */
export const atInquiry = async (browser: Browser, way: Way) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}]);
  const applicationId = applications[0]?.id;
  if (!applicationId) throw new Error('Nobody applied.');
  const asked = { question: 'Дипломның қосымшасын жіберіңіз.', requirement: 'diploma', workingDays: 2 };
  granted(await askApplicant(world, { by: secretary, roundId, applicationId, ...asked }));
  const scene = await aSceneOf(browser, world, way);
  const token = await scene.served.tokens.applicant(anApplicant(0));
  const applicant = await scene.visitors.enter(token, `/applications/${applicationId}`);
  return { ...scene, applicationId, token, applicant };
};

export type ScreeningScene = Awaited<ReturnType<typeof atScreening>>;

/** Unfolds what is folded, unless it stands open. */
export const unfold = async (summary: Locator): Promise<void> => {
  const folded = summary.locator('xpath=ancestor::details[1]');
  if ((await folded.getAttribute('open')) === null) await summary.click();
};
