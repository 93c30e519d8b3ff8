import { describe, expect, it } from 'vitest';
import { composeResults } from '#shared/bundle/compose.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { weightedTotal } from '#shared/domain/ranking.ts';
import { aKey, published } from '#test/builders/results.ts';
import { anAdjustingFile, gatheredAdjusted, ratedCandidacies } from '#test/builders/severity.ts';

const key = aKey();
const file = anAdjustingFile();
const candidacies = ratedCandidacies();

describe('what was decided', () => {
  it('is published or nothing is: scores that give something else stop it', () => {
    const gathered = gatheredAdjusted(candidacies);
    const [first] = gathered.results.standings;
    if (first?.rated) first.rated = { ...first.rated, adjusted: first.rated.adjusted + 1 };

    expect(() => composeResults(gathered)).toThrow(/do not give what was decided on/);
  });

  it('and was corrected since stands as it was corrected, beside what raters gave', async () => {
    const gathered = gatheredAdjusted(candidacies);
    const [first] = gathered.results.standings;
    const person = first && gathered.people.get(first.applicationId);
    if (!first?.rated || first.scoring === undefined || first.interview === undefined || !person) {
      throw new Error('Nobody rated the first.');
    }
    // Points that a second person found to be higher: severities would be others too.
    const parts = { scoring: first.scoring + 1, interview: first.interview };
    const rated = { ...first.rated, adjusted: first.rated.adjusted + 1 };
    Object.assign(first, parts, { rated, total: weightedTotal(parts, file.interviews.weight) });
    Object.assign(person.candidacy, { corrected: { scoring: parts.scoring } });
    const { statement: signed, text: bundle } = published(gathered, key);

    expect(signed.rows[0]?.scoring).toMatchObject({ value: parts.scoring, corrected: true });
    const { findings } = await verifyResults(bundle);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });
});
