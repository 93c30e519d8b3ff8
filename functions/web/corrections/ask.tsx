import { Button, Hidden, TextArea } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

type Props = {
  view: View;
  roundId: string;
  /** What was tried, as the address of the try says it. */
  typed: Readonly<Record<string, string>>;
  reason?: string | undefined;
  errors?: readonly FieldError[] | undefined;
};

/** Asks that what was tried be corrected. Nothing changes by it: a second person does. */
export const AskCorrection = ({ view: { t }, roundId, typed, reason = '', errors }: Props) => (
  <section>
    <h2 class="govuk-heading-m">{t('replay.ask')}</h2>
    <p>{t('replay.ask.text')}</p>
    <form method="post" action={paths.corrections(t.locale, roundId)} novalidate>
      {Object.entries(typed).map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
      <TextArea
        t={t}
        name="reason"
        label={t('replay.ask.reason')}
        hint={t('marks.reason.hint')}
        rows={3}
        value={reason}
        errors={errors}
      />
      <Button>{t('replay.ask.press')}</Button>
    </form>
  </section>
);
