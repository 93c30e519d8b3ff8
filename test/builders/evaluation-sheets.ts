import { ApplicationNumber, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { EvaluationSheet, EvaluationSheets, SheetCard } from '#shared/papers/evaluation-sheets.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const { rubric, interviews, title, intake, timeZone } = aRoundFile();

const pointsOf = (criteria: typeof interviews.criteria, step: number): Record<string, number> =>
  Object.fromEntries(criteria.map(({ code, scale }) => [code, scale[step % scale.length]?.points ?? 0]));

/** A card with a comment and one criterion that it does not judge. */
const aCard = (rater: string, over: Partial<SheetCard> = {}): SheetCard => {
  const { courses: _, ...points } = pointsOf(rubric.criteria, Number(rater.slice(1)));
  const comment = 'Пән бойынша терең білім көрсетті; сельская школа – её выбор (ЕҢБЕК, 2 года).';
  return { rater, points, total: 61.0526, comment, ...over };
};

export const aSheet = (number: string, over: Partial<EvaluationSheet> = {}): EvaluationSheet => ({
  number: ApplicationNumber.parse(number),
  scoring: { cards: [aCard('R1'), aCard('R4'), aCard('R12', { counts: false })], total: 62.5 },
  interview: {
    cards: ['R1', 'R2', 'R3'].map((rater, index) => ({
      rater,
      points: pointsOf(interviews.criteria, index + 2),
      total: 50 + index,
    })),
    total: 51,
    corrected: true,
  },
  total: 57.9,
  ...over,
});

/** Sheets of the sample rubric, as a closed round has them. */
export const someSheets = (over: Partial<EvaluationSheets> = {}): EvaluationSheets => ({
  kind: 'evaluation-sheets',
  roundId: RoundId.parse('R0VND000000000000000'),
  roundFile: Sha256.parse('ab'.repeat(32)),
  region: 'KZ-19',
  intake,
  title,
  zone: timeZone,
  madeAt: at('2022-11-20T06:00'),
  scoring: {
    source: rubric.source,
    confidence: rubric.confidence,
    verifiedOn: rubric.verifiedOn,
    criteria: rubric.criteria,
  },
  interview: {
    source: interviews.source,
    confidence: interviews.confidence,
    verifiedOn: interviews.verifiedOn,
    weight: interviews.weight,
    criteria: interviews.criteria,
  },
  named: false,
  signatures: [{ seat: 'chair', name: 'Серікбаев Ержан' }, { seat: 'secretary' }],
  sheets: [aSheet('KZ19-7Q4M-0C2X')],
  ...over,
});
