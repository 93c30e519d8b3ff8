import type { RoundFile } from '#shared/domain/round-file.ts';
import type { SampledMark } from '#shared/marks/sample.ts';
import { TextField } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Inset } from '../parts.tsx';
import type { View } from '../view.ts';
import { criterionName } from '../words.ts';

type FieldsProps = {
  view: View;
  file: RoundFile;
  sample: readonly Pick<SampledMark, 'number' | 'criterion'>[];
  again: { typed: Typed; errors: readonly FieldError[] } | undefined;
};

/** The marks that the second person types from another copy. */
export const SampleFields = ({ view: { t }, file, sample, again }: FieldsProps) => (
  <>
    <p>{t('marks.confirm.text')}</p>
    {sample.map(({ number, criterion }, index) => (
      <TextField
        t={t}
        name={`sample.${index}`}
        label={`${number}: ${criterionName(t, file, criterion)}`}
        inputMode="decimal"
        width={5}
        autoComplete="off"
        value={again ? one(again.typed, `sample.${index}`) : ''}
        errors={again?.errors}
      />
    ))}
  </>
);

/** What the check columns of a file are worth: what is made of the finished table agrees with it, and the file cannot show it. */
export const Checks = ({ t, checks }: { t: View['t']; checks: readonly string[] | undefined }) =>
  checks ? (
    <Inset>
      <p>{t('marks.checks', { columns: checks.join(', ') })}</p>
      <p>{t('marks.checks.text')}</p>
    </Inset>
  ) : null;

/** `sample.0`, `sample.1`, … as the page names them. */
export const sampleIn = (typed: Typed): string[] => {
  const places = Object.keys(typed).flatMap((name) => /^sample\.(\d{1,2})$/.exec(name)?.[1] ?? []);
  return Array.from({ length: Math.max(0, ...places.map((place) => Number(place) + 1)) }, (_, place) =>
    one(typed, `sample.${place}`),
  );
};
