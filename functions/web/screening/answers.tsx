import type { Context } from 'hono';
import { readAnswers } from '#functions/commands/candidate-views.ts';
import { fields } from '#shared/domain/application-form.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { dateIn, fieldLabel, optionName } from '../words.ts';
import { candidacyCommand } from './place.ts';

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
        facts={fields.flatMap(({ name, section }) =>
          section === 'consent' || answers.get(name) === undefined
            ? []
            : [{ name: fieldLabel(t, name), value: answerText(t, name, answers.get(name)) }],
        )}
      />
    </Page>,
  );
};

const answerText = (t: Translator, name: (typeof fields)[number]['name'], value: unknown): string => {
  if (Array.isArray(value)) return value.map((one) => optionName(t, name, String(one))).join(', ');
  if (name === 'birthDate') return dateIn(t, String(value));
  return optionName(t, name, String(value));
};
