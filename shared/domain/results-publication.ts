import * as z from 'zod';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Publication, Round, RoundEvent } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Decisions of which a bundle is published: the final results, and where the offers ended. */
export const PublishedStage = z.enum(['claims', 'offers']);
export type PublishedStage = z.infer<typeof PublishedStage>;

/**
 * The decision of a stage that a bundle is owed for; undefined where there is none yet, or its bundle is there. Where the offers ended is
 * published once the decision can no longer be undone.
 */
export const publicationOwed = (round: Round, stage: PublishedStage): Sha256 | undefined => {
  if (round.stage !== 'offers' && round.stage !== 'onboarding' && round.stage !== 'closed') return undefined;
  const decision = round.decisions[stage];
  if (decision === undefined || publicationOf(round, stage)) return undefined;
  const isUndoable = stage === 'offers' && round.stage === 'onboarding' && round.effectiveAt === undefined;
  return isUndoable ? undefined : decision;
};

/** What was published of the decision that stands. */
export const publicationOf = (
  round: Round,
  stage: PublishedStage,
): (Publication & { publishedAt: Instant }) | undefined => {
  if (!('publications' in round) || !round.publications) return undefined;
  const { publications, decisions } = round;
  return publications.find((one) => one.stage === stage && one.decision === decisions[stage]);
};

/** Notes a bundle; the one that was noted first stays. */
export const recordPublication = (round: Round, publication: Publication, now: Instant): RoundEvent[] =>
  publicationOwed(round, publication.stage) === publication.decision
    ? [{ type: 'results-published', at: now, publication }]
    : [];

/** Asks for every bundle that is owed. `version` is the round's, so that the same state asks once. */
export const publicationMessages = (round: Round, version: number, now: Instant): OutboxMessage[] =>
  PublishedStage.options.flatMap((stage): OutboxMessage[] => {
    const decision = publicationOwed(round, stage);
    if (decision === undefined) return [];
    const id = `publish-results#${round.id}#${stage}#${version}`;
    return [{ id, at: now, body: { kind: 'publish-results', roundId: round.id, stage } }];
  });
