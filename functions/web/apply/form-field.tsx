import type { Typed, TypedEntry, TypedValue } from '#shared/domain/application-form.ts';
import type { AskedField } from '#shared/domain/application-form-asked.ts';
import type { Field } from '#shared/domain/application-form-fields.ts';
import { countWords } from '#shared/domain/application-form-reading.ts';
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
import { dateIn, fieldLabel, namesListed, optionName } from '../words.ts';
import { EntriesField } from './entries-field.tsx';

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
    hint: hintOf(t, field),
    errors,
    optional: !field.required,
  };
  return <Control props={props} field={field} value={typed[field.name] ?? ''} />;
};

type ControlProps = { props: FieldProps; field: AskedField; value: TypedValue };

const Control = ({ props, field, value }: ControlProps) => {
  const text = textsOf(value).join(' ');
  const options = optionsOf(props.t, field);
  switch (field.control) {
    case 'text':
      return <TextField {...props} value={text} {...attributesOf(field)} />;
    case 'number':
      return <TextField {...props} value={text} inputMode="numeric" width={4} />;
    case 'long-text':
      return <LongText props={props} field={field} text={text} />;
    case 'date':
      return <DateField {...props} value={text} birthday={field.name === 'birthDate'} />;
    case 'one-of':
      return options.length <= radiosUpTo ? (
        <Radios {...props} value={text} options={options} />
      ) : (
        <Select {...props} value={text} options={options} empty={props.t('common.choose')} />
      );
    case 'some-of':
      return <Checkboxes {...props} values={textsOf(value)} options={options} />;
    case 'entries':
      return <EntriesField {...props} entries={entriesOf(value)} options={options} field={field} />;
    case 'agreement':
      return <Checkboxes {...props} values={[text]} options={options} />;
    default:
      return field satisfies never;
  }
};

const textsOf = (value: TypedValue): string[] =>
  typeof value === 'string' ? [value] : value.filter((one) => typeof one === 'string');

const entriesOf = (value: TypedValue): TypedEntry[] =>
  typeof value === 'string' ? [] : value.filter((one) => typeof one !== 'string');

const optionsOf = (t: Translator, field: Field): Option[] => {
  if (field.control === 'agreement') return [{ value: 'yes', text: t('application-form.consent.yes') }];
  if (!('options' in field)) return [];
  return field.options.map((option) => ({ value: option, text: optionName(t, field.name, option) }));
};

/** Keyboard, filling in by the browser, and a box about as wide as what it takes. */
const attributesOf = (field: Extract<Field, { control: 'text' }>) => ({
  ...(field.inputMode && { inputMode: field.inputMode }),
  ...(field.autocomplete !== undefined && { autoComplete: field.autocomplete }),
  ...(field.maxLength <= 40 && { width: 20 as const }),
});

/** With the number of words as it was saved; a script counts on while somebody types. */
const LongText = ({ props, field, text }: { props: FieldProps; field: AskedField; text: string }) => {
  if (!field.words) return <TextArea {...props} value={text} rows={14} />;
  const id = `${field.name}-count`;
  return (
    <TextArea {...props} value={text} rows={14} describedBy={id}>
      <p id={id} class="govuk-hint" data-words={field.name}>
        {props.t('application-form.words.count', { words: countWords(text) })}
      </p>
    </TextArea>
  );
};

/** The limits of a text are the round's own. */
const hintOf = (t: Translator, { name, words }: AskedField): string | undefined => {
  const key = `application-form.${name}.hint`;
  const said = [
    ...(words ? [t('application-form.words.limits', words)] : []),
    ...(isMessageKey(key) ? [t(key)] : []),
  ];
  return said.length === 0 ? undefined : said.join(' ');
};

/** A value as it is read back: options by name, several in a row, nothing as a dash. */
export const shownValue = (t: Translator, field: Field, value: TypedValue | undefined): string => {
  const entries = entriesOf(value ?? '').map(
    ({ kind, year, text }) => `${optionName(t, field.name, kind)}, ${year}: ${text}`,
  );
  const values = textsOf(value ?? '').filter((text) => text !== '');
  if (entries.length > 0) return entries.join('\n');
  if (values.length === 0) return t('common.nothing');
  if (field.control === 'one-of' || field.control === 'some-of') {
    return namesListed(
      t,
      values.map((option) => optionName(t, field.name, option)),
    );
  }
  if (field.control === 'agreement') return t('common.yes');
  if (field.control === 'date') return values.map((date) => dateIn(t, date)).join(', ');
  return values.join(', ');
};
