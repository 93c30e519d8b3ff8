/** What the history of an application says of those who judge it, and to whom. */
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { ownScorecard } from '#shared/domain/interview.ts';
import type { Role } from '#shared/domain/role.ts';
import { scoresSeenBy } from '#shared/domain/scoring.ts';
import type { Stage } from '#shared/domain/stage.ts';

/** Events of raters, each with the stage in which they judge apart from each other. */
const raterEvents = {
  'raters-assigned': 'scoring',
  'rater-replaced': 'scoring',
  'rater-declined': 'scoring',
  'score-drafted': 'scoring',
  'further-rating-asked': 'scoring',
  'score-given': 'scoring',
  'scorecard-drafted': 'interviews',
  'scorecard-given': 'interviews',
} as const satisfies Partial<Record<CandidacyEvent['type'], Stage>>;

/** Whether somebody votes in a stage where they judge apart from each other. */
export const judgesApart = (role: Role, stage: Stage): boolean =>
  (role === 'chair' || role === 'member') && (stage === 'scoring' || stage === 'interviews');

const stageOf = new Map<string, 'scoring' | 'interviews'>(Object.entries(raterEvents));

/**
 * Whether an event is kept from somebody while the stage lasts: whoever votes hears of the others' scores once the own one is
 * in. That a score was given, when, and that one more rater was asked say who gave it, and that the first ones lie apart or near the line.
 */
export const isKeptFrom = (
  type: string,
  reader: { id: PersonId; role: Role },
  { stage, candidacy }: { stage: Stage; candidacy: Candidacy },
): boolean => {
  if (!judgesApart(reader.role, stage) || stageOf.get(type) !== stage) return false;
  const told =
    stage === 'scoring' ? scoresSeenBy(candidacy, reader.id).others : ownScorecard(candidacy, reader.id);
  return told === undefined;
};

/** There is one chair: of scores it is told only that one of those who vote gave them. */
export const toldRole = (type: string, role: Role): Role =>
  stageOf.has(type) && role === 'chair' ? 'member' : role;
