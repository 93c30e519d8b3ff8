import type { FieldName, Typed, TypedEntry, TypedValue } from '#shared/domain/application-form.ts';
import type { AskedField } from '#shared/domain/application-form-asked.ts';
import { readIin } from '#shared/domain/iin.ts';
import { readPhone } from '#shared/domain/phone.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { WordLimits } from '#shared/domain/word-limits.ts';
import { readWorkplace } from '#shared/domain/worked-at.ts';
import type { Fault } from '#shared/errors.ts';

/** `answers` holds only what is asked, and nothing empty. */
type Context = { answers: Typed; file: Pick<RoundFile, 'consent'> };
type Read = { value: unknown } | { problem: string; facts?: Fault['facts'] };
type Reader = (value: TypedValue, context: Context) => Read;

/** Reads one answer strictly: its value as it is submitted, or the fault's name behind `application-form.`. */
export const readField = (field: AskedField, value: TypedValue, context: Context): Read =>
  (special[field.name] ?? byControl(field))(value, context);

/** Words as an applicant counts them: runs of characters between spaces with at least one letter or digit. */
export const countWords = (text: string): number =>
  text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/**
 * A text as it is submitted: composed letters, and without what nobody can see or type: control characters, and the signs
 * that turn the direction of the line, by which one name can be made to look like another.
 */
export const plainText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\t\v\f\r]/g, ' ')
    .replaceAll(/[^\P{Cc}\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();

/** A list is no text, so that nothing is read of it. */
const textOf = (value: TypedValue | undefined): string => (typeof value === 'string' ? value : '');

const line = (value: TypedValue): string => plainText(textOf(value)).replaceAll(/\s+/gu, ' ').trim();

const byControl = (field: AskedField): Reader => {
  switch (field.control) {
    case 'text':
      return text(/[\p{L}\p{N}]/u, 'text.invalid');
    case 'number':
      return number(field.minimum, field.maximum);
    case 'long-text':
      return longText(field.words);
    case 'date':
      return date;
    case 'one-of':
      return oneOf(field.options);
    case 'some-of':
      return someOf(field.options);
    case 'entries':
      return entries(field.options);
    case 'agreement':
      return agreement;
    default:
      return field satisfies never;
  }
};

const text =
  (shape: RegExp, problem: string): Reader =>
  (value) => {
    const tidy = line(value);
    return shape.test(tidy) ? { value: tidy } : { problem };
  };

const number =
  (minimum: number, maximum: number): Reader =>
  (value) => {
    const read = wholeNumber(textOf(value), minimum, maximum);
    return read === undefined ? { problem: 'number.invalid', facts: { minimum, maximum } } : { value: read };
  };

const wholeNumber = (typed: string, minimum: number, maximum: number): number | undefined => {
  const written = typed.trim();
  const read = Number(written);
  return /^\d{1,4}$/.test(written) && read >= minimum && read <= maximum ? read : undefined;
};

const longText =
  (limits: WordLimits | undefined): Reader =>
  (value) => {
    const written = plainText(textOf(value));
    const words = countWords(written);
    if (words < (limits?.minimum ?? 1)) {
      return { problem: 'words.too-few', facts: { words, minimum: limits?.minimum ?? 1 } };
    }
    if (limits && words > limits.maximum) {
      return { problem: 'words.too-many', facts: { words, maximum: limits.maximum } };
    }
    return { value: written };
  };

const oneOf =
  (options: readonly string[]): Reader =>
  (value) =>
    typeof value === 'string' && options.includes(value) ? { value } : { problem: 'choice.invalid' };

const someOf =
  (options: readonly string[]): Reader =>
  (value) => {
    const ticked = [value].flat().map((one) => (typeof one === 'string' ? one : ''));
    const known = options.filter((option) => ticked.includes(option));
    return known.length === new Set(ticked).size ? { value: known } : { problem: 'choice.invalid' };
  };

/** Entries with nothing in them were boxes that stayed empty. */
const entries =
  (kinds: readonly string[]): Reader =>
  (value) => {
    const given = (typeof value === 'string' ? [] : value)
      .filter((one) => typeof one !== 'string')
      .filter((one) => Object.values(one).some((part) => part.trim() !== ''));
    const read = given.map((one) => readEntry(one, kinds));
    const wrong = read.findIndex((one) => one === undefined);
    return wrong < 0 ? { value: read } : { problem: 'entries.invalid', facts: { entry: wrong + 1 } };
  };

const readEntry = ({ kind, year, text: words }: TypedEntry, kinds: readonly string[]) => {
  const written = plainText(words);
  const when = wholeNumber(year, 1900, 2100);
  const whole = kinds.includes(kind) && when !== undefined && countWords(written) > 0;
  return whole ? { kind, year: when, text: written } : undefined;
};

const agreement: Reader = (value) => (value === 'yes' ? { value: true } : { problem: 'consent.missing' });

const date: Reader = (value) => {
  const day = textOf(value).trim();
  const read = new Date(`${day}T00:00:00.000Z`);
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
  return real ? { value: day } : { problem: 'date.invalid' };
};

const iin: Reader = (value) => {
  const read = readIin(textOf(value));
  return read.ok ? { value: read.value.iin } : { problem: `iin.${read.error}` };
};

/** What the IIN says of its holder; nothing where it says nothing, or is itself wrong. */
const saidByIin = ({ answers }: Context) => {
  const read = readIin(textOf(answers.iin));
  return read.ok ? read.value : undefined;
};

/** The number says the birth date too, so a slip in either shows (DOMAIN 3.3). */
const birthDate: Reader = (value, context) => {
  const day = date(value, context);
  if ('problem' in day) return day;
  const other = saidByIin(context)?.birthDate;
  return other === undefined || other === day.value ? day : { problem: 'birthDate.not-iin' };
};

/** And the sex. */
const sex: Reader = (value, context) => {
  const other = saidByIin(context)?.sex;
  const known = value === 'female' || value === 'male';
  if (!known) return { problem: 'choice.invalid' };
  return other === undefined || other === value ? { value } : { problem: 'sex.not-iin' };
};

const phone: Reader = (value) => {
  const read = readPhone(textOf(value));
  return read ? { value: read } : { problem: 'phone.invalid' };
};

const ages = ['children0to2', 'children3to5', 'children6to9', 'children10to17'] as const;

/** Children move with somebody too, so they cannot be more than everybody who moves. */
const familySize: Reader = (value, context) => {
  const read = number(1, 20)(value, context);
  if ('problem' in read) return read;
  const count = ages.reduce((sum, age) => sum + (wholeNumber(textOf(context.answers[age]), 0, 99) ?? 0), 0);
  return Number(read.value) >= count ? read : { problem: 'familySize.too-few', facts: { children: count } };
};

/** Each line names a place, and its years do not run backwards: else they would be compared as something else. */
const pastEmployers: Reader = (value) => {
  const lines = plainText(textOf(value))
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  for (const [index, one] of lines.entries()) {
    const { place, years } = readWorkplace(one);
    const facts = { line: index + 1 };
    if (!/\p{L}|\p{N}/u.test(place)) return { problem: 'pastEmployers.no-place', facts };
    if (years && years.from > years.until) return { problem: 'pastEmployers.backwards', facts };
  }
  return { value: lines.join('\n') };
};

const consentVersion: Reader = (value, { file }) =>
  value === file.consent.version ? { value } : { problem: 'consentVersion.changed' };

/** Answers that mean more than their control says. */
const special: Partial<Record<FieldName, Reader>> = {
  fullName: text(/\p{L}/u, 'fullName.invalid'),
  latinName: text(
    /^[\p{Script=Latin}\p{M} .'’ʼ‘-]*\p{Script=Latin}[\p{Script=Latin}\p{M} .'’ʼ‘-]*$/u,
    'latinName.invalid',
  ),
  iin,
  birthDate,
  sex,
  phone,
  institution: text(/\p{L}/u, 'institution.invalid'),
  pastEmployers,
  familySize,
  consentVersion,
};
