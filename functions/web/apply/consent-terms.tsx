import type { ApplicationView } from '#functions/commands/applications.ts';
import { askedFields } from '#shared/domain/application-form-asked.ts';
import type { ConsentTerms } from '#shared/domain/consent.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { retentionText } from '#shared/retention-texts.ts';
import { Facts, Source } from '../parts.tsx';
import { fieldLabel, textIn } from '../words.ts';
import { requirementsOf } from './application.ts';

type Props = { t: Translator; application: ApplicationView };

/** What somebody agrees to: the text of the round file, and beside it each thing that the law wants named. */
export const ConsentText = ({ t, application }: Props) => {
  const { consent } = application.file;
  return (
    <div class="govuk-inset-text">
      {textIn(t, consent.text)
        .split('\n')
        .map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      {consent.terms && <Terms t={t} application={application} terms={consent.terms} />}
      <Retention t={t} application={application} />
      <Source t={t} of={consent} />
    </div>
  );
};

/** What happens after the round has ended, each rule with where it comes from. */
const Retention = ({ t, application: { file } }: Props) =>
  file.retention ? (
    <>
      <p>{t('rights.retention.title')}:</p>
      <ul class="govuk-list govuk-list--bullet">
        {file.retention.map((rule) => (
          <li>
            {retentionText(t, rule)}
            <Source t={t} of={rule} />
          </li>
        ))}
      </ul>
    </>
  ) : null;

const Terms = ({ t, application, terms }: Props & { terms: ConsentTerms }) => {
  const passing = ({ given, whom }: ConsentTerms['thirdParties']): string => {
    if (!given) return t('common.no');
    return whom ? `${t('common.yes')}: ${textIn(t, whom)}` : t('common.yes');
  };
  return (
    <Facts
      facts={[
        {
          name: t('apply.consent.operator'),
          value: `${textIn(t, terms.operator)}, ${t('apply.consent.bin')} ${terms.bin}`,
        },
        { name: t('apply.consent.person'), value: <span class="typed">{personOf(application)}</span> },
        { name: t('apply.consent.until'), value: textIn(t, terms.until) },
        { name: t('apply.consent.thirdParties'), value: passing(terms.thirdParties) },
        { name: t('apply.consent.crossBorder'), value: passing(terms.crossBorder) },
        { name: t('apply.consent.publication'), value: passing(terms.publication) },
        { name: t('apply.consent.data'), value: dataIn(t, application, terms) },
      ]}
    />
  );
};

/** As the form names the person so far. */
const personOf = ({ answers }: ApplicationView): string =>
  [answers.fullName, answers.iin ?? answers.documentNumber]
    .filter((part) => typeof part === 'string')
    .join(', ');

/** Everything that is asked of this person, so that the list cannot fall behind the form. */
const dataIn = (t: Translator, application: ApplicationView, { otherData }: ConsentTerms): string =>
  [
    ...askedFields(application.file, application.answers)
      .filter(({ section }) => section !== 'consent' && section !== 'equality')
      .map(({ name }) => fieldLabel(t, name)),
    ...requirementsOf(application).map(({ title }) => textIn(t, title)),
    ...(otherData ? [textIn(t, otherData)] : []),
  ].join('; ');
