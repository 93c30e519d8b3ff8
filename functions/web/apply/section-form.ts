import type { FieldName, Typed as FormTyped, TypedEntry } from '#shared/domain/application-form.ts';
import { type AskedField, isEmpty } from '#shared/domain/application-form-asked.ts';
import { dateOf, many, one, type Typed } from '../form.ts';

/*
 * How a section of the form is posted. `basedOn` is the version that the page showed; `shown` names the fields that were
 * on it, since a browser says nothing of a box that is not ticked; `revealed` is set by the script that shows and hides
 * questions as they are answered.
 */

export const basedOn = (posted: Typed): number => {
  const version = Number(one(posted, 'basedOn'));
  return Number.isInteger(version) && version >= 0 ? version : 0;
};

/** What was typed into the fields that the page had. Of others nothing is said, so what is stored of them stays. */
export const typedFields = (fields: readonly AskedField[], posted: Typed): FormTyped => {
  const shown = new Set(one(posted, 'shown').split(' '));
  return Object.fromEntries(
    fields.flatMap((field) =>
      shown.has(field.name) || isPosted(field, posted) ? [[field.name, typedField(field, posted)]] : [],
    ),
  );
};

/** Names of an entry's boxes, which are posted once for each entry, in their order. */
export const entryBox = (name: FieldName, part: keyof TypedEntry): string => `${name}-${part}`;

/** Names of fields that are only asked since this save and were not on the page that it came from, or left empty. */
export const freshFields = (
  { before, after, typed }: { before: readonly AskedField[]; after: readonly AskedField[]; typed: FormTyped },
  posted: Typed,
): FieldName[] => {
  if (one(posted, 'revealed') !== '') return [];
  const known = new Set(before.map(({ name }) => name));
  return after.map(({ name }) => name).filter((name) => !known.has(name) && isEmpty(typed[name]));
};

const isPosted = ({ name, control }: AskedField, posted: Typed): boolean => {
  if (control === 'date') return posted[`${name}-year`] !== undefined;
  return posted[control === 'entries' ? entryBox(name, 'text') : name] !== undefined;
};

const typedField = (field: AskedField, posted: Typed): FormTyped[FieldName] => {
  const { name } = field;
  if (field.control === 'some-of') return [...many(posted, name)];
  if (field.control === 'entries') return entriesOf(name, posted);
  return field.control === 'date' ? dateOf(posted, name) : one(posted, name);
};

/** Rows with nothing in them are boxes that stayed empty. */
const entriesOf = (name: FieldName, posted: Typed): TypedEntry[] => {
  const part = (box: keyof TypedEntry) => many(posted, entryBox(name, box));
  const [kinds, years, texts] = [part('kind'), part('year'), part('text')];
  return Array.from({ length: Math.max(kinds.length, years.length, texts.length) }, (_, index) => ({
    kind: kinds[index] ?? '',
    year: years[index] ?? '',
    text: texts[index] ?? '',
  })).filter((entry) => !isEmpty([entry]));
};
