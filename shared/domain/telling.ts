import * as z from 'zod';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';

/** Letters that tell people what was decided about them; they go out in a batch that somebody released. */
export const DecisionTemplate = z.enum([
  'screening-admitted',
  'screening-refused',
  'interview-invited',
  'not-shortlisted',
  'results-preliminary',
  'results-final',
]);
export type DecisionTemplate = z.infer<typeof DecisionTemplate>;

/**
 * Stages whose decision people are told by letter. The ranking after the interviews is told as preliminary results, and
 * offers have letters of their own.
 */
export const tellableStages = [
  'screening',
  'scoring',
  'preliminary',
  'claims',
] as const satisfies GatedStage[];

/** The letter that somebody gets about a decision. */
export const templateOf = (about: GatedStage, { outcome }: Standing): DecisionTemplate => {
  switch (about) {
    case 'screening':
      return outcome === 'goes-on' ? 'screening-admitted' : 'screening-refused';
    case 'scoring':
      return outcome === 'goes-on' ? 'interview-invited' : 'not-shortlisted';
    case 'claims':
      return 'results-final';
    default:
      return 'results-preliminary';
  }
};
