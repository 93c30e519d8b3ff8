import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import { scoreAs } from '#test/builders/near-line.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, type Selection, secretary } from '#test/builders/selection.ts';
import { anAdjustingFile } from '#test/builders/severity.ts';

export type SeverityScene = Selection & { world: World };

const everyone = [chair, ...members];
const severities = [-0.15, 0.1, 0, 0.15, -0.1];

/**
 * Two dozen applications in a round whose file asks for adjusted scores, so that each of five has rated eight and more.
 * @param spread how far they lie apart, 0 to 1; at 0 the checks are not passed
 */
export const aSeverityScene = async (spread: number): Promise<SeverityScene> => {
  const world = aTickingWorld();
  const forms = Array.from({ length: 24 }, () => ({}));
  const scene = { world, ...(await aScoringIn(world, forms, asUpload(anAdjustingFile()))) };
  for (const [index, { id }] of scene.applications.entries()) {
    for (const by of await ratersOf(world, id)) {
      const severity = severities[everyone.findIndex((one) => one.id === by.id)] ?? 0;
      granted(await scoreAs(scene, by, { id, quality: 0.5 + spread * (0.5 - index / 23) + severity }));
    }
  }
  return scene;
};

export const listAt = async (
  { world }: Pick<SeverityScene, 'world'>,
  sha256: Sha256 | undefined,
): Promise<StandingList> => {
  if (!sha256) throw new Error('Nothing lies on the table.');
  return await standingListOf(world.records, sha256);
};

/** The proposal that the secretary lays on the table. */
export const proposedIn = async (scene: SeverityScene): Promise<StandingList> => {
  const { state } = granted(await drawUpProposal(scene.world, { by: secretary, roundId: scene.roundId }));
  return await listAt(scene, state.proposal);
};
