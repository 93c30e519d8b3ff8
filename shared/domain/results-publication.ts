import * as z from 'zod';
import type { ResultsEdition } from '#shared/domain/edition.ts';
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

type Published = Publication & { publishedAt: Instant };

/** What was published of the decision that stands, before any correction. */
export const publicationOf = (round: Round, stage: PublishedStage): Published | undefined => {
  if (!('publications' in round) || !round.publications) return undefined;
  const { publications, decisions } = round;
  return publications.find(
    (one) => one.stage === stage && one.edition === undefined && one.decision === decisions[stage],
  );
};

/** What was published of final results by their edition, the first is 1. */
export const editionPublished = (round: Round, edition: number): Published | undefined =>
  edition === 1
    ? publicationOf(round, 'claims')
    : 'publications' in round
      ? round.publications?.find((one) => one.edition === edition)
      : undefined;

/** Everything that was published of a decision, its editions in their order. */
export const publicationsAbout = (round: Round, stage: PublishedStage): Published[] => {
  const first = publicationOf(round, stage);
  if (!first || stage === 'offers' || !('editions' in round)) return first ? [first] : [];
  const later = (round.editions ?? []).flatMap(({ number }) => editionPublished(round, number) ?? []);
  return [first, ...later];
};

/** A list that a bundle is owed for. */
export type Owed = { decision: Sha256; edition?: ResultsEdition };

/** The next bundle that is owed about a stage: that of the decision, then each edition after the one that it corrects. */
export const nextOwed = (round: Round, stage: PublishedStage): Owed | undefined => {
  const decision = publicationOwed(round, stage);
  if (decision !== undefined) return { decision };
  if (stage === 'offers' || !('editions' in round)) return undefined;
  const edition = round.editions?.find(({ number }) => !editionPublished(round, number));
  return edition && { decision: edition.decision, edition };
};

/** Notes a bundle; the one that was noted first stays. */
export const recordPublication = (round: Round, publication: Publication, now: Instant): RoundEvent[] => {
  const owed = nextOwed(round, publication.stage);
  const isOwed = owed?.decision === publication.decision && owed.edition?.number === publication.edition;
  return isOwed ? [{ type: 'results-published', at: now, publication }] : [];
};

/** Asks for every bundle that is owed. `version` is the round's, so that the same state asks once. */
export const publicationMessages = (round: Round, version: number, now: Instant): OutboxMessage[] =>
  PublishedStage.options.flatMap((stage): OutboxMessage[] => {
    if (!nextOwed(round, stage)) return [];
    const id = `publish-results#${round.id}#${stage}#${version}`;
    return [{ id, at: now, body: { kind: 'publish-results', roundId: round.id, stage } }];
  });
