import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import { askCorrection } from '#functions/commands/corrections.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { bringMarks } from '#functions/commands/marks-import.ts';
import { markListOf } from '#functions/commands/pinned.ts';
import { readOpenings } from '#functions/commands/receipt-keeping.ts';
import { publishResults } from '#functions/commands/results-publication.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import type { PublishedStage } from '#shared/domain/results-publication.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { openingsKey, resultsKey } from '#shared/ports/papers.ts';
import { type Corrects, correctionsAggregate } from '#shared/replay/correction.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { aFile, aMarkedScoring, imported, type MarksScene, scoreAll } from '#test/builders/marks-scene.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, members, roundIn, secretary } from '#test/builders/selection.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';

/** What the testing centre counted, and what came in its file: each mark one row too low. */
const rightMarks = [40, 90, 70, 55] as const;
const shiftedMarks = [55, 40, 90, 70] as const;
const essays = [14, 14, 14, 14] as const;

/** Decided on marks that came to other people; the interviews are open. */
export const aWronglyMarkedRound = async (): Promise<MarksScene> => {
  const scene = await aMarkedScoring(4);
  const { world, roundId } = scene;
  await scoreAll(scene);
  await imported(scene, aFile(scene, shiftedMarks));
  await imported(scene, aFile(scene, essays, 'essay'));
  await advanceIn(world, roundId);
  return scene;
};

/** Everybody is interviewed and equally good; the next thing is the committee's ranking. */
export const interviewed = async ({ world, roundId, applications }: MarksScene): Promise<void> => {
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: secretary, roundId, ...plan }));
  for (const [index, { id: applicationId }] of applications.entries()) {
    const slotId = nth(slots, index).id;
    granted(await bookInterview(world, { by: anApplicant(index), applicationId, slotId }));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const { id: applicationId } of applications) {
    for (const by of [chair, ...members].slice(0, 3)) {
      granted(await scoreInterview(world, { by, roundId, applicationId, points: allPoints(4) }));
    }
  }
};

/** Preliminary results are published, and claims may be made. */
export const published = async (scene: MarksScene): Promise<void> => {
  await interviewed(scene);
  await advanceIn(scene.world, scene.roundId);
  await advanceIn(scene.world, scene.roundId);
};

/** The corrected file, brought by the secretary; the number of its import. */
export const rightFile = async (
  scene: MarksScene,
  marks: readonly number[] = rightMarks,
  by: Person = secretary,
): Promise<number> => {
  const { world, roundId } = scene;
  const brought = { by, roundId, corrects: true, ...aFile(scene, marks) };
  return granted(await bringMarks(world, brought)).number;
};

/** Asks as the secretary; the number of the correction. */
export const asked = async (
  { world, roundId }: MarksScene,
  corrects: Corrects,
  by: Person = secretary,
): Promise<number> => {
  const reason = 'Файл бір жолға жылжып кеткен.';
  const { state } = granted(await askCorrection(world, { by, roundId, corrects, reason }));
  return state.corrections.length;
};

/** What the second person's page shows, with what they press. */
export const shown = async (
  { world, roundId }: MarksScene,
  correction: number,
  by: Person = theAdministrator,
) => {
  const page = granted(await showCorrection(world, { by, roundId, correction }));
  const { corrects } = page.correction;
  const record = await world.records.find(marksAggregate, roundId);
  const file =
    corrects.kind === 'marks-file' && record?.state.imports.find(({ number }) => number === corrects.import);
  const list = file ? await markListOf(world.records, file.sha256) : undefined;
  const sample = (page.marks?.sample ?? []).map((one) => {
    const found = list?.marks.find(
      ({ number, criterion }) => number === one.number && criterion === one.criterion,
    );
    return String(found?.mark ?? 'absent');
  });
  const { recipients: confirmed, digest } = page;
  return { page, command: { by, roundId, correction, shown: digest, confirmed, sample } };
};

export const applied = async (scene: MarksScene, correction: number): Promise<void> => {
  const { command } = await shown(scene, correction);
  granted(await applyCorrection(scene.world, command));
};

/** A decided list. */
export const listOf = async ({ world }: MarksScene, sha256: string | undefined) =>
  StandingList.parse(JSON.parse(await world.records.blob(sha256 ?? '')));

/** Mark of the test, scoring and rank by application, in the order of the scene. */
export const decidedIn = async (scene: MarksScene, stage: 'interviews' | 'preliminary' | 'claims') => {
  const list = await listOf(scene, (await roundIn(scene.world, scene.roundId)).decisions[stage]);
  return scene.numbers.map((number) => {
    const found = list.standings.find((one) => one.number === number);
    return [found?.marks?.['test'], found?.scoring, found?.rank];
  });
};

export const correctionsIn = async ({ world, roundId }: MarksScene) =>
  (await world.records.find(correctionsAggregate, roundId))?.state;

// Raters gave the best of the 74 that they give, the essay 5.6 of 8; the test weighs 18.
export const wrong = [
  [55, 89.5, 3],
  [40, 86.8, 4],
  [90, 95.8, 1],
  [70, 92.2, 2],
];
export const right = [
  [40, 86.8, 4],
  [90, 95.8, 1],
  [70, 92.2, 2],
  [55, 89.5, 3],
];

/** Final results by wrong marks are decided and published, and offers may be made. */
export const aWrongPublication = async () => {
  const scene = await aWronglyMarkedRound();
  const { roundId } = scene;
  await published(scene);
  scene.world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(scene.world, roundId);
  const world = { ...scene.world, signer: signerOf(aKey()) };
  const publishes = (stage: PublishedStage = 'claims'): Promise<void> =>
    publishResults(world, { roundId, stage });
  await publishes();
  return { scene, publishes };
};

/** The right file of marks is brought and applied; the number of the correction. */
export const correctedMarks = async (scene: MarksScene): Promise<number> => {
  const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
  await applied(scene, number);
  return number;
};

/** What is published of a round that was corrected while claims could be made, and what its owners alone see. */
export const bundleOf = async (corrects: (scene: MarksScene) => Promise<Corrects>) => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  await applied(scene, await asked(scene, await corrects(scene)));
  scene.world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(scene.world, scene.roundId);
  return await bundleAt(scene);
};

/** The final results that were decided, as they are published and checked. */
export const bundleAt = async (scene: MarksScene) => {
  const { roundId } = scene;
  const world = { ...scene.world, signer: signerOf(aKey()) };
  await publishResults(world, { roundId, stage: 'claims' });
  const { decisions } = await roundIn(world, roundId);
  const decision = decisions.claims ?? sha256Of('');
  const textAt = (key: string): string => new TextDecoder().decode(world.papers.stored.get(key));
  const { leaves } = readOpenings(textAt(openingsKey(roundId, 'claims', decision)));
  return { ...(await verifyResults(textAt(resultsKey(roundId, 'claims', decision)))), leaves };
};
