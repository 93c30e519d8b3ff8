import { Page } from './layout.tsx';
import type { View } from './view.ts';

const parts = ['what', 'why', 'where', 'who', 'rights', 'decides', 'cookie'] as const;

/** What happens to personal data, in short and plainly (law 94-V, DOMAIN 3.9). */
export const PrivacyPage = ({ view }: { view: View }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('common.personalData')}>
      {parts.map((part) => (
        <section>
          <h2 class="govuk-heading-s">{t(`programme.privacy.${part}.title`)}</h2>
          <p>{t(`programme.privacy.${part}.text`)}</p>
        </section>
      ))}
    </Page>
  );
};
