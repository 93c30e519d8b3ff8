import type { Field, Typed } from '#shared/domain/application-form.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import { DateField } from '../date-field.tsx';
import {
  Checkboxes,
  type FieldProps,
  Hidden,
  type Option,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { dateIn, fieldLabel, optionName } from '../words.ts';
import type { AskedField } from './application.ts';

type FormFieldProps = {
  t: Translator;
  file: RoundFile;
  field: AskedField;
  typed: Typed;
  errors: readonly FieldError[];
};

/** Up to so many options are shown as radio buttons, more as a list to open. */
const radiosUpTo = 7;

/** Draws one field of the form as its definition says. */
export const FormField = ({ t, file, field, typed, errors }: FormFieldProps) => {
  if (field.name === 'consentVersion') return <Hidden name={field.name} value={file.consent.version} />;
  const props: FieldProps = {
    t,
    name: field.name,
    label: fieldLabel(t, field.name),
    hint: hintOf(t, file, field),
    errors,
    optional: !field.required,
  };
  return <Control props={props} field={field} value={typed[field.name] ?? ''} />;
};

type ControlProps = { props: FieldProps; field: Field; value: string | string[] };

const Control = ({ props, field, value }: ControlProps) => {
  const text = typeof value === 'string' ? value : value.join(' ');
  const options = optionsOf(props.t, field);
  switch (field.control) {
    case 'text':
      return <TextField {...props} value={text} {...attributesOf(field)} />;
    case 'long-text':
      return <TextArea {...props} value={text} rows={14} />;
    case 'date':
      return <DateField {...props} value={text} />;
    case 'one-of':
      return options.length <= radiosUpTo ? (
        <Radios {...props} value={text} options={options} />
      ) : (
        <Select {...props} value={text} options={options} empty={props.t('common.choose')} />
      );
    case 'some-of':
      return <Checkboxes {...props} values={typeof value === 'string' ? [value] : value} options={options} />;
    case 'agreement':
      return <Checkboxes {...props} values={[text]} options={options} />;
    default:
      return field satisfies never;
  }
};

const optionsOf = (t: Translator, field: Field): Option[] => {
  if (field.control === 'agreement') return [{ value: 'yes', text: t('application-form.consent.yes') }];
  if (!('options' in field)) return [];
  return field.options.map((option) => ({ value: option, text: optionName(t, field.name, option) }));
};

/** Keyboard, filling in by the browser, and a box about as wide as what it takes. */
const attributesOf = (field: Extract<Field, { control: 'text' }>) => ({
  ...(field.inputMode && { inputMode: field.inputMode }),
  ...(field.autocomplete !== undefined && { autoComplete: field.autocomplete }),
  ...(field.maxLength <= 4 && { width: 4 as const }),
  ...(field.maxLength > 4 && field.maxLength <= 30 && { width: 20 as const }),
});

/** The limits of the motivation letter are the round's own. */
const hintOf = (t: Translator, file: RoundFile, field: Field): string | undefined => {
  if (field.name === 'motivation') {
    return t('application-form.motivation.hint', {
      minimum: file.motivation.minWords,
      maximum: file.motivation.maxWords,
    });
  }
  const key = `application-form.${field.name}.hint`;
  return isMessageKey(key) ? t(key) : undefined;
};

/** A value as it is read back: options by name, several in a row, nothing as a dash. */
export const shownValue = (
  t: Translator,
  field: Field,
  value: string | readonly string[] | undefined,
): string => {
  const values = (typeof value === 'string' ? [value] : (value ?? [])).filter((text) => text !== '');
  if (values.length === 0) return t('common.nothing');
  if (field.control === 'one-of' || field.control === 'some-of') {
    return values.map((option) => optionName(t, field.name, option)).join(', ');
  }
  if (field.control === 'agreement') return t('common.yes');
  if (field.control === 'date') return values.map((date) => dateIn(t, date)).join(', ');
  return values.join(', ');
};
