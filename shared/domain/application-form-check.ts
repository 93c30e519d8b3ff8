import {
  ApplicationForm,
  type Field,
  type FieldName,
  fields,
  type SectionId,
  type Typed,
} from '#shared/domain/application-form.ts';
import { Category, Education, Subject, TeachingLanguage } from '#shared/domain/codes.ts';
import { readIin } from '#shared/domain/iin.ts';
import { readPhone } from '#shared/domain/phone.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a round's form asks, in order: the questions of its round file, and always the consent. */
export const askedFields = (file: Pick<RoundFile, 'questions'>): (Field & { required: boolean })[] => {
  const asked = new Map<FieldName, boolean>(file.questions.map(({ code, required }) => [code, required]));
  asked.set('consent', true).set('consentVersion', true);
  return fields.flatMap((field) => {
    const required = asked.get(field.name);
    return required === undefined ? [] : [Object.assign({ required }, field)];
  });
};

/** The sections that a round's form has, in order. */
export const askedSections = (file: Pick<RoundFile, 'questions'>): SectionId[] => [
  ...new Set(askedFields(file).map(({ section }) => section)),
];

/**
 * What keeps typed text from being saved as a draft: fields that the section does not have, and more text than a
 * field may hold. Nothing else, so that nobody loses what is half written.
 */
export const draftFaults = (
  section: SectionId,
  typed: Typed,
  file: Pick<RoundFile, 'questions'>,
): Fault[] => {
  const known = new Map(askedFields(file).map((field) => [field.name, field]));
  return typedEntries(typed).flatMap(([name, value]) => {
    const field = known.get(name);
    if (field?.section !== section) return [fault(name, 'unknown-field')];
    const maximum = maxLengthOf(field);
    const texts = typeof value === 'string' ? [value] : value;
    if (texts.length > maxTicks || texts.some((text) => text.length > maximum)) {
      return [fault(name, 'too-long', { maximum })];
    }
    return [];
  });
};

/** Reads a whole form strictly, as submission needs it; every fault at once, by field. */
export const checkForm = (
  typed: Typed,
  file: Pick<RoundFile, 'questions' | 'motivation' | 'consent'>,
): Result<ApplicationForm, Fault[]> => {
  const faults: Fault[] = [];
  const values: Partial<Record<FieldName, unknown>> = { subjects: [], languages: [] };
  for (const field of askedFields(file)) {
    const value = typed[field.name];
    if (isEmpty(value)) {
      if (field.required) faults.push(fault(field.name, `${field.name}.missing`));
      continue;
    }
    const read = readers[field.name](value ?? '', { typed, file });
    if ('problem' in read) faults.push(fault(field.name, `${field.name}.${read.problem}`, read.facts));
    else values[field.name] = read.value;
  }
  return faults.length === 0 ? ok(ApplicationForm.parse(values)) : refuse(faults);
};

/** Words as an applicant counts them: runs of characters between spaces with at least one letter or digit. */
export const countWords = (text: string): number =>
  text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

type Value = string | readonly string[];
type Context = { typed: Typed; file: Pick<RoundFile, 'motivation' | 'consent'> };
type Read = { value: unknown } | { problem: string; facts?: Fault['facts'] };
type Reader = (value: Value, context: Context) => Read;

const text =
  (shape: RegExp): Reader =>
  (value) => {
    const tidy = String(value).normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
    return shape.test(tidy) ? { value: tidy } : { problem: 'invalid' };
  };

const number =
  (minimum: number, maximum: number): Reader =>
  (value) => {
    const written = String(value).trim();
    const read = Number(written);
    return /^\d{1,4}$/.test(written) && read >= minimum && read <= maximum
      ? { value: read }
      : { problem: 'invalid', facts: { minimum, maximum } };
  };

const oneOf =
  (options: readonly string[]): Reader =>
  (value) =>
    typeof value === 'string' && options.includes(value) ? { value } : { problem: 'invalid' };

const someOf =
  (options: readonly string[]): Reader =>
  (value) => {
    const ticked = typeof value === 'string' ? [value] : value;
    const known = options.filter((option) => ticked.includes(option));
    return known.length === new Set(ticked).size ? { value: known } : { problem: 'invalid' };
  };

const iin: Reader = (value) => {
  const read = readIin(String(value));
  return read.ok ? { value: read.value.iin } : { problem: read.error };
};

/** The number says the birth date too, so a slip in either shows (DOMAIN 3.3). */
const birthDate: Reader = (value, { typed }) => {
  const day = String(value).trim();
  const date = new Date(`${day}T00:00:00.000Z`);
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!real) return { problem: 'invalid' };
  const read = readIin(String(typed.iin ?? ''));
  const other = read.ok ? read.value.birthDate : undefined;
  return other === undefined || other === day ? { value: day } : { problem: 'not-iin' };
};

const phone: Reader = (value) => {
  const read = readPhone(String(value));
  return read ? { value: read } : { problem: 'invalid' };
};

const motivation: Reader = (value, { file }) => {
  const written = String(value).normalize('NFC').trim();
  const words = countWords(written);
  const { minWords, maxWords } = file.motivation;
  if (words < minWords) return { problem: 'too-few-words', facts: { words, minimum: minWords } };
  if (words > maxWords) return { problem: 'too-many-words', facts: { words, maximum: maxWords } };
  return { value: written };
};

const consent: Reader = (value) => (value === 'yes' ? { value: true } : { problem: 'missing' });

const consentVersion: Reader = (value, { file }) =>
  value === file.consent.version ? { value } : { problem: 'changed' };

const readers: Record<FieldName, Reader> = {
  fullName: text(/\p{L}/u),
  iin,
  birthDate,
  phone,
  education: oneOf(Education.options),
  institution: text(/\p{L}/u),
  graduationYear: number(1900, 2100),
  subjects: someOf(Subject.options),
  category: oneOf(Category.options),
  experienceYears: number(0, 70),
  languages: someOf(TeachingLanguage.options),
  motivation,
  consent,
  consentVersion,
};

/** No field has more options than this; a longer list was not sent by our pages. */
const maxTicks = 40;

const maxLengthOf = (field: Field): number => ('maxLength' in field ? field.maxLength : 40);

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);

const typedEntries = (typed: Typed): [FieldName, Value][] =>
  fields.flatMap(({ name }) => {
    const value = typed[name];
    return value === undefined ? [] : [[name, value] satisfies [FieldName, Value]];
  });

const fault = (place: string, message: string, facts?: Fault['facts']): Fault => ({
  place,
  message: `application-form.${message}`,
  ...(facts && { facts }),
});
