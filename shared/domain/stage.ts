import * as z from 'zod';

/** Stages that end at a gate, where a committee decides; in their order. */
export const GatedStage = z.enum([
  'screening',
  'scoring',
  'interviews',
  'preliminary',
  'claims',
  'offers',
  'onboarding',
]);
export type GatedStage = z.infer<typeof GatedStage>;

/** The stages of a round in their order (DESIGN 2); `cancelled` can be reached from any but `closed`. */
export const Stage = z.enum(['draft', 'call', ...GatedStage.options, 'closed', 'cancelled']);
export type Stage = z.infer<typeof Stage>;

export const gatedStages: readonly GatedStage[] = GatedStage.options;

export const isGated = (stage: Stage): stage is GatedStage => GatedStage.safeParse(stage).success;

/** Stages in which people judge applications on cards of points. */
export const CardStage = GatedStage.extract(['scoring', 'interviews']);
export type CardStage = z.infer<typeof CardStage>;

/** Where an advance leads. */
export const stageAfter = (stage: GatedStage): GatedStage | 'closed' =>
  gatedStages[gatedStages.indexOf(stage) + 1] ?? 'closed';

/** Where the undoing of an advance leads back to; undefined for the first gated stage, which the clock opened. */
export const stageBefore = (stage: GatedStage): GatedStage | undefined =>
  gatedStages[gatedStages.indexOf(stage) - 1];

/** Whether a round has left a stage behind. */
export const isBehind = (now: Stage, stage: GatedStage): boolean => {
  const at = gatedStages.findIndex((one) => one === now);
  return at < 0 ? now === 'closed' : at > gatedStages.indexOf(stage);
};
