import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { bringMarks, confirmImport } from '#functions/commands/marks-import.ts';
import { askUndoing, confirmUndoing, undoingPreview } from '#functions/commands/marks-undoing.ts';
import { marksPreview } from '#functions/commands/marks-views.ts';
import { markListOf } from '#functions/commands/pinned.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { fileWithMarksBytes, marksCsv, type Row } from '#test/builders/marks.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, gateIn, ratersOf, score, secretary } from '#test/builders/selection.ts';

export type MarksScene = Awaited<ReturnType<typeof aMarkedScoring>>;

/** Applications in scoring, by a round whose test and essay another organisation marks. */
export const aMarkedScoring = async (count = 4, file = fileWithMarksBytes) => {
  const world = aWorld();
  const forms = Array.from({ length: count }, () => ({}));
  const selection = await aScoringIn(world, forms, file);
  return { world, ...selection, numbers: selection.applications.map(({ number }) => number) };
};

/** A file with a mark for each application in turn, at the test or the essay. */
export const aFile = ({ numbers }: MarksScene, marks: readonly (number | 'absent')[], criterion = 'test') => {
  const max = criterion === 'test' ? 100 : 20;
  const rows = numbers.map(
    (number, index): Row => ({ number, criterion, mark: marks[index] ?? 0, max, number_again: number }),
  );
  const sum = marks.reduce<number>((all, mark) => all + (mark === 'absent' ? 0 : mark), 0);
  return { file: marksCsv(rows), totals: { count: String(rows.length), sum: String(sum) } };
};

export const bring = async (
  scene: MarksScene,
  brought: ReturnType<typeof aFile>,
  by: Person = secretary,
): Promise<number> => {
  const { world, roundId } = scene;
  return granted(await bringMarks(world, { by, roundId, ...brought })).number;
};

/** What the second person's page shows, and the marks that they type from the organisation's own list. */
export const shownOf = async ({ world, roundId }: MarksScene, number: number, by: Person = administrator) => {
  const preview = granted(await marksPreview(world, { by, roundId, import: number }));
  const list = await markListOf(world.records, preview.marks.sha256);
  const sample = preview.sample.map(({ number: asked, criterion }) => {
    const found = list.marks.find((one) => one.number === asked && one.criterion === criterion);
    return String(found?.mark ?? 'absent');
  });
  return {
    preview,
    command: {
      by,
      roundId,
      import: number,
      sha256: preview.marks.sha256,
      outcomes: preview.run.digest,
      sample,
      reason: '',
    },
  };
};

/** Brought by the secretary and confirmed by the administrator. */
export const imported = async (scene: MarksScene, brought: ReturnType<typeof aFile>): Promise<number> => {
  const number = await bring(scene, brought);
  const { command } = await shownOf(scene, number);
  granted(await confirmImport(scene.world, command));
  return number;
};

/** Asked for by the secretary; what the second person's page shows of it. */
export const undoingAsked = async ({ world, roundId }: MarksScene, number: number, reason: string) => {
  granted(await askUndoing(world, { by: secretary, roundId, import: number, reason }));
  const command = { by: administrator, roundId, import: number };
  const preview = granted(await undoingPreview(world, command));
  return { preview, command: { ...command, shown: preview.digest } };
};

/** Asked for by the secretary and confirmed by the administrator. */
export const undone = async (scene: MarksScene, number: number, reason: string): Promise<void> => {
  const { command } = await undoingAsked(scene, number, reason);
  granted(await confirmUndoing(scene.world, command));
};

export const scoreAll = async ({ world, roundId, applications }: MarksScene, best = true): Promise<void> => {
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id, best));
  }
};

export const listIn = async ({ world, roundId }: MarksScene): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));

export const drawnUp = async (scene: MarksScene) => {
  const { world, roundId } = scene;
  return await drawUpProposal(world, { by: secretary, roundId });
};
