import type { Trial } from '#functions/commands/counterfactual.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { correctionFaults } from '#shared/domain/claim-decisions.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { mayBeGiven } from '#shared/domain/rubric.ts';
import type { Fault } from '#shared/errors.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import type { Basis } from '#shared/replay/recount.ts';
import { type Part, type Supposition, scoresOf } from '#shared/replay/supposition.ts';

const faultAt = (place: string): Fault => ({ place, message: `replay.fault.${place}` });

/** What a correction names that the round does not have. */
export const faultsIn = (supposition: Corrects, trial: Omit<Trial, 'place'>): Fault[] => {
  const { basis } = trial.given;
  switch (supposition.kind) {
    case 'as-recorded':
      return [];
    case 'undo': {
      const { correction } = supposition;
      const isApplied = trial.corrections?.state.corrections.some(
        ({ number, status, corrects }) =>
          number === correction && status === 'applied' && corrects.kind !== 'undo',
      );
      return isApplied ? [] : [faultAt('correction')];
    }
    case 'marks-file':
      return trial.marksIn(supposition.import) ? [] : [faultAt('import')];
    case 'totals':
      return [...numberFaults(supposition, basis), ...correctionFaults(supposition.corrected)];
    case 'criterion':
      return [...numberFaults(supposition, basis), ...criterionFaults(supposition, trial)];
    case 'rows-shifted':
    case 'rater-left-out':
      return trial.raters[supposition.part].includes(supposition.rater) ? [] : [faultAt('rater')];
    default:
      return supposition satisfies never;
  }
};

const numberFaults = ({ number }: { number: string }, { claims }: Basis): Fault[] =>
  claims.some((one) => one.number === number) ? [] : [faultAt('number')];

const cardsAt = (candidacy: Candidacy | undefined, part: Part): readonly Score[] =>
  candidacy ? scoresOf(candidacy, part) : [];

const criterionFaults = (
  { part, number, criterion, points, rater }: Extract<Supposition, { kind: 'criterion' }>,
  { given, raters, raterOf }: Pick<Trial, 'given' | 'raters' | 'raterOf'>,
): Fault[] => {
  const { rubric, interviews } = given.basis.file;
  const { criteria }: { criteria: readonly RubricCriterion[] } = part === 'scoring' ? rubric : interviews;
  const asked = criteria.find(({ code }) => code === criterion);
  if (!asked) return [faultAt('criterion')];
  if (rater !== undefined) {
    if (!raters[part].includes(rater)) return [faultAt('rater')];
    const rated = given.basis.claims.find((one) => one.number === number);
    const isRated = cardsAt(rated, part).some(
      (card) => card.raterId === raterOf(rater) && card.points[criterion] !== undefined,
    );
    if (rated && !isRated) return [{ place: 'rater', message: 'replay.fault.no-card' }];
  }
  return mayBeGiven(asked, points) ? [] : [faultAt('points')];
};
