import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';

/**
 * How the scores of a round are adjusted; undefined where its file does not ask for it.
 * @param decided which scores count, where that was decided before
 */
export const severityAdjuster = async (
  { raters: { severityAdjustment } }: Pick<RoundFile, 'raters'>,
  decided?: SeverityAdjustment,
): Promise<((candidacies: readonly Candidacy[]) => Adjusted) | undefined> => {
  if (!severityAdjustment) return undefined;
  // Loaded when somebody counts: the arithmetic weighs more than most pages.
  const { adjustedScores } = await import('#shared/domain/severity.ts');
  return (candidacies) => adjustedScores(candidacies, decided?.counts);
};
