import { eachOf } from '#functions/commands/selection.ts';
import { askedDocuments } from '#shared/domain/application-form-asked.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { asScanned } from '#shared/domain/lacking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Records } from '#shared/ports/records.ts';

/** Applications read at once. */
const width = 32;

/** Candidacies as the scanner left their files; only of those whose record does not say what waits for it is the application read. */
export const scannedIn = (
  records: Pick<Records, 'find'>,
  file: RoundFile,
  candidacies: readonly Candidacy[],
): Promise<Candidacy[]> =>
  eachOf(candidacies, width, async (candidacy) => {
    if (candidacy.screened.waiting || candidacy.withdrawnAt) return candidacy;
    const application = await records.find(applicationAggregate, candidacy.applicationId);
    if (!application) return candidacy;
    const { education, category, path, studyForm, honours, subjects, languages } = candidacy.facts;
    const answers = { education, category, path, studyForm, honours, subjects, languages };
    const required = askedDocuments(file, answers).flatMap(({ code, required: is }) => (is ? [code] : []));
    return asScanned(candidacy, application.state, required);
  });
