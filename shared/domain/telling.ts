import * as z from 'zod';
import type { Application } from '#shared/domain/application.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Letters that tell people what was decided about them; they go out in a batch that somebody released. */
export const DecisionTemplate = z.enum([
  'screening-admitted',
  'screening-refused',
  'interview-invited',
  'not-shortlisted',
  'results-preliminary',
  'results-final',
  'no-post',
]);
export type DecisionTemplate = z.infer<typeof DecisionTemplate>;

/**
 * Stages whose decision people are told by letter. The ranking after the interviews is told as preliminary results. Each
 * offer has letters of its own; the end of all offers is told to those who got none.
 */
export const tellableStages = [
  'screening',
  'scoring',
  'preliminary',
  'claims',
  'offers',
] as const satisfies GatedStage[];

export type Tellable = (typeof tellableStages)[number];

/**
 * The decision since which somebody must be there to be one of those whom a later one is about. Both results are about everyone who was
 * invited to an interview: who stopped there has had no other letter.
 */
export const thereSince: Record<Tellable, GatedStage | undefined> = {
  screening: undefined,
  scoring: 'screening',
  preliminary: 'scoring',
  claims: 'scoring',
  offers: 'claims',
};

/**
 * Whether the letters about a decision go to everyone on its list, whom it is about or not: with the preliminary results begins the time in
 * which each of them may make a claim, also about an earlier stage.
 */
export const goesToAll = (about: GatedStage): boolean => about === 'preliminary';

/** Whether a decision has something to say to somebody who was there: not to who has withdrawn, nor had a letter on the offer. */
export const concerns = (about: GatedStage, { reasons }: Standing): boolean =>
  about === 'offers' ? reasons.includes('no-post') : !reasons.includes('withdrawn');

/** Whether a letter about a decision reaches an application at a moment: whoever has withdrawn by then has had a letter about that. */
export const isReached = (
  application: Application,
  at: Instant,
): application is Exclude<Application, { stage: 'draft' }> =>
  application.stage === 'submitted' || (application.stage === 'withdrawn' && application.withdrawnAt > at);

export const isTellable = (stage: GatedStage): stage is Tellable => Object.hasOwn(thereSince, stage);

/** The letter that somebody gets about a decision. */
export const templateOf = (about: GatedStage, { outcome }: Standing): DecisionTemplate => {
  switch (about) {
    case 'screening':
      return outcome === 'goes-on' ? 'screening-admitted' : 'screening-refused';
    case 'scoring':
      return outcome === 'goes-on' ? 'interview-invited' : 'not-shortlisted';
    case 'claims':
      return 'results-final';
    case 'offers':
      return 'no-post';
    default:
      return 'results-preliminary';
  }
};
