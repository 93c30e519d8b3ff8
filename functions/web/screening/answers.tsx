import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { type AnswersView, readAnswers } from '#functions/commands/candidate-views.ts';
import { openDocument } from '#functions/commands/document-opening.ts';
import type { CommitteeForm } from '#shared/domain/application-form.ts';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { withSignedPaper } from '#shared/domain/signed-paper.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { dateIn, fieldLabel, namesListed, optionName, textIn } from '../words.ts';
import { FileLink } from './file-link.tsx';
import { AnsweredInquiries } from './inquiry-parts.tsx';
import { GivenReferences } from './references.tsx';

/** What an applicant typed, where the committee may know it. Opening the page is itself put on record. */
export const showAnswers = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'answers.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await readAnswers(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { form, number } = found.value;
  const answers = new Map(Object.entries(form));
  const { roundId, applicationId } = command.value;
  return c.html(
    <Page
      view={view}
      title={t('screening.answers')}
      caption={number}
      back={{ href: paths.candidate(t.locale, roundId, applicationId) }}
    >
      <Inset>{t('screening.answers.onRecord')}</Inset>
      <Facts
        facts={fields.flatMap((field) =>
          answers.get(field.name) === undefined
            ? []
            : [
                {
                  name: fieldLabel(t, field.name),
                  value: <span class="typed">{answerText(t, field, form)}</span>,
                },
              ],
        )}
      />
      <Documents t={t} answers={found.value} command={command.value} />
      <GivenReferences t={t} answers={found.value} />
      <AnsweredInquiries t={t} answers={found.value} command={command.value} />
    </Page>,
  );
};

/** Leads to one of the documents. Opening it is put on record as well. */
export const openFile = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'answers.read');
  if (!command.ok) return refusalPage(c, command.error);
  const documentId = DocumentId.safeParse(c.req.param('document'));
  if (!documentId.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const opening = await openDocument(deps, { ...command.value, documentId: documentId.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

type DocumentsProps = { t: Translator; answers: AnswersView; command: CandidacyCommand };

const Documents = ({ t, answers: { documents, file }, command }: DocumentsProps) => (
  <section>
    <h2 class="govuk-heading-m">{t('screening.documents')}</h2>
    {documents.length === 0 && <p>{t('screening.documents.none')}</p>}
    <ul class="govuk-list">
      {documents.map((document) => {
        const { requirement } = document;
        const asked = withSignedPaper(file).documents.find(({ code }) => code === requirement);
        return (
          <li>
            {asked ? textIn(t, asked.title) : requirement}:{' '}
            <FileLink t={t} command={command} document={document} />
          </li>
        );
      })}
    </ul>
  </section>
);

const answerText = (t: Translator, { name, control }: Field, form: CommitteeForm): string => {
  if (name === 'achievements') {
    return (form.achievements ?? [])
      .map(({ kind, year, text }) => `${optionName(t, name, kind)}, ${year}: ${text}`)
      .join('\n');
  }
  const value: unknown = Reflect.get(form, name);
  if (Array.isArray(value))
    return namesListed(
      t,
      value.map((one) => optionName(t, name, String(one))),
    );
  if (control === 'date') return dateIn(t, String(value));
  return control === 'one-of' ? optionName(t, name, String(value)) : String(value);
};
