import type { AnswersView } from '#functions/commands/candidate-views.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Facts } from '../parts.tsx';

/** What referees wrote, on the page whose opening is put on record. */
export const GivenReferences = ({ t, answers: { references } }: { t: Translator; answers: AnswersView }) =>
  references.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('reference.title')}</h2>
      {references.map(({ contact, status, answer }) => (
        <div class="card">
          <Facts
            facts={[
              { name: t('reference.name'), value: contact?.name ?? '—' },
              { name: t('reference.position'), value: contact?.position ?? '—' },
              { name: t('reference.relation'), value: contact?.relation ?? '—' },
              { name: t('reference.state'), value: t(`reference.status.${status}`) },
              ...(answer
                ? [
                    { name: t('reference.known'), value: <span class="typed">{answer.known}</span> },
                    {
                      name: t('reference.recommends'),
                      value: t(`reference.recommends.${answer.recommends || 'no'}`),
                    },
                    { name: t('reference.answer'), value: <span class="typed">{answer.text}</span> },
                  ]
                : []),
            ]}
          />
        </div>
      ))}
    </section>
  );
