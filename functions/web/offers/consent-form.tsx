import type { Child } from 'hono/jsx';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Source } from '../parts.tsx';
import { textIn } from '../words.ts';

type ConsentFormProps = {
  t: Translator;
  action: string;
  /** Whose consent text it is. */
  rule: NonNullable<RoundFile['exchange'] | RoundFile['elsewhere']>;
  /** Beside the box, and on the button. */
  agree: string;
  join: string;
  errors: readonly FieldError[];
  /** What is said before the text of the round file. */
  children?: Child;
};

/** Agreeing to a second chance, by the text of the round file. */
export const ConsentForm = ({ t, action, rule, agree, join, errors, children }: ConsentFormProps) => (
  <form method="post" action={action} novalidate>
    <h2 class="govuk-heading-m">{t('exchange.consent')}</h2>
    {children}
    <p class="typed">{textIn(t, rule.consent)}</p>
    <Source t={t} of={rule} />
    <Checkboxes
      t={t}
      name="agree"
      label={t('exchange.agree.label')}
      errors={errors}
      options={[{ value: 'yes', text: agree }]}
    />
    <Button>{join}</Button>
  </form>
);
