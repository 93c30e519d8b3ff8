import type { TypedValue } from '#shared/domain/application-form.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Facts } from './parts.tsx';

type Props = {
  t: Translator;
  title: string;
  values: readonly { name: string; value: TypedValue | undefined }[];
};

/** What another tab saved first, above a form that still holds what was typed here. */
export const OtherVersion = ({ t, title, values }: Props) => (
  <div class="govuk-inset-text" role="alert">
    <h2 class="govuk-heading-m">{title}</h2>
    <p>{t('apply.twoVersions.text')}</p>
    <Facts
      facts={values.map(({ name, value }) => ({
        name,
        value: <span class="typed">{typeof value === 'string' ? value : ''}</span>,
      }))}
    />
  </div>
);
