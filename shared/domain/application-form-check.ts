import {
  ApplicationForm,
  type FieldName,
  type SectionId,
  type Typed,
  type TypedValue,
} from '#shared/domain/application-form.ts';
import { type AskedField, askedFields, isEmpty, roundFields } from '#shared/domain/application-form-asked.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import { readField } from '#shared/domain/application-form-reading.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Asking = Pick<RoundFile, 'questions' | 'motivation'>;

/**
 * What keeps typed text from being saved as a draft: fields that the section does not have in this round, more text than
 * a field may hold, and what is no text at all. Nothing else, so that nobody loses what is half written. A question that
 * is not asked because of another answer may still be answered: a page can be older than that other answer.
 */
export const draftFaults = (section: SectionId, typed: Typed, file: Asking): Fault[] => {
  const known = new Map(roundFields(file).map((field) => [field.name, field]));
  return typedEntries(typed).flatMap(([name, value]) => {
    const field = known.get(name);
    if (field?.section !== section) return [fault(name, 'unknown-field')];
    const fits = shapeFault(field, value);
    return fits ? [fits] : [];
  });
};

const shapeFault = (field: AskedField, value: TypedValue): Fault | undefined => {
  const { name } = field;
  // An empty list is one of either kind.
  const empty = typeof value !== 'string' && value.length === 0;
  if (!empty && isListOfEntries(value) !== (field.control === 'entries')) return fault(name, 'unreadable');
  const atMost = field.control === 'entries' ? field.atMost : maxTicks;
  if (typeof value !== 'string' && value.length > atMost) return fault(name, 'too-many', { maximum: atMost });
  const maximum = maxLengthOf(field);
  const texts = textsOf(value);
  // Nothing checks these later: whoever reads them must find nothing but codes.
  const { section } = field;
  if (
    section === 'equality' &&
    'options' in field &&
    !texts.every((text) => ['', ...field.options].includes(text))
  ) {
    return fault(name, 'choice.invalid', { field: name });
  }
  if (texts.some((text) => text.length > maximum)) return fault(name, 'too-long', { maximum });
  // Half of a pair of surrogates is no character; stored as UTF-8 it would come back as something else.
  return texts.every((text) => text.isWellFormed()) ? undefined : fault(name, 'unreadable');
};

/** Reads a whole form strictly, as submission needs it; every fault at once, by field. Only what is asked is read. */
export const checkForm = (
  typed: Typed,
  file: Asking & Pick<RoundFile, 'consent'>,
): Result<ApplicationForm, Fault[]> => {
  const asked = askedFields(file, typed).filter(({ section }) => section !== 'equality');
  const answers: Typed = Object.fromEntries(
    asked.flatMap(({ name }) => (isEmpty(typed[name]) ? [] : [[name, typed[name]]])),
  );
  const faults: Fault[] = [];
  const values: Partial<Record<FieldName, unknown>> = { subjects: [], languages: [] };
  for (const field of asked) {
    const { name } = field;
    const value = answers[name];
    if (value === undefined) {
      if (field.required) faults.push(fault(name, `${name}.missing`, { field: name }));
      continue;
    }
    const read = readField(field, value, { answers, file });
    if ('problem' in read) faults.push(fault(name, read.problem, { ...read.facts, field: name }));
    else values[name] = read.value;
  }
  return faults.length === 0 ? ok(ApplicationForm.parse(values)) : refuse(faults);
};

/**
 * Everything typed into a draft, over all its sections: each answer from the section that asks it, else from where an
 * older form asked it. The equality questions are no part of it.
 */
export const answersIn = (sections: Partial<Record<SectionId, Typed>>): Typed => {
  const all = Object.values(sections);
  return Object.fromEntries(
    fields.flatMap(({ name, section }) => {
      if (section === 'equality') return [];
      const holder = [sections[section], ...all].find((typed) => typed?.[name] !== undefined);
      return holder ? [[name, holder[name]]] : [];
    }),
  );
};

/** No field has more options than this; a longer list was not sent by our pages. */
const maxTicks = 40;

const maxLengthOf = (field: AskedField): number => ('maxLength' in field ? field.maxLength : 40);

const isListOfEntries = (value: TypedValue): boolean =>
  typeof value !== 'string' && value.some((one) => typeof one !== 'string');

const textsOf = (value: TypedValue): string[] =>
  typeof value === 'string'
    ? [value]
    : value.flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)));

const typedEntries = (typed: Typed): [FieldName, TypedValue][] =>
  fields.flatMap(({ name }) => {
    const value = typed[name];
    return value === undefined ? [] : [[name, value] satisfies [FieldName, TypedValue]];
  });

const fault = (place: string, message: string, facts?: Fault['facts']): Fault => ({
  place,
  message: `application-form.${message}`,
  ...(facts && { facts }),
});
