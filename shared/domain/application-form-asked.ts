import type { FieldName, SectionId, Typed } from '#shared/domain/application-form.ts';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';
import type { Condition, RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';
import type { WordLimits } from '#shared/domain/word-limits.ts';

/** A field as a round asks it. */
export type AskedField = Field & { required: boolean; when?: Condition; words?: WordLimits };

/** What conditions look at: a draft as it was typed, or a form as it was submitted. */
export type Answers = Readonly<Partial<Record<FieldName, unknown>>>;

type Asking = Pick<RoundFile, 'questions' | 'motivation'>;

/** Everything that a round's form can ask, in order: the questions of its round file, and always the consent. */
export const roundFields = (file: Asking): AskedField[] => {
  const questions = new Map<FieldName, RoundFile['questions'][number]>(
    file.questions.map((question) => [question.code, question]),
  );
  return fields.flatMap((field): AskedField[] => {
    if (field.section === 'consent') return [{ ...field, required: true }];
    const question = questions.get(field.name);
    if (!question) return [];
    const words = field.name === 'motivation' ? motivationLimits(file) : question.words;
    const { required, when } = question;
    return [{ ...field, required, ...(when && { when }), ...(words && { words }) }];
  });
};

/**
 * What it asks of somebody who has answered so much: every question without a condition, and those whose condition
 * holds. A condition on a question that is itself not asked does not hold.
 */
export const askedFields = (file: Asking, answers: Answers): AskedField[] => {
  const asked = new Set<FieldName>();
  return roundFields(file).filter(({ name, when }) => {
    if (when && !(asked.has(when.question) && holds(when, answers))) return false;
    asked.add(name);
    return true;
  });
};

/** The sections that a round's form has for somebody, in order. One whose every question hangs on an answer may be none. */
export const askedSections = (file: Asking, answers: Answers): SectionId[] => [
  ...new Set(askedFields(file, answers).map(({ section }) => section)),
];

/** The documents that are asked of somebody who has answered so much, required or not. */
export const askedDocuments = (
  file: Asking & Pick<RoundFile, 'documents'>,
  answers: Answers,
): RequiredDocument[] => {
  const asked = new Set(askedFields(file, answers).map(({ name }) => name));
  return file.documents.filter(({ when }) => !when || (asked.has(when.question) && holds(when, answers)));
};

/** Answers that a draft holds though nothing asks for them any more: they are kept, and not submitted. */
export const keptAside = (file: Asking, typed: Typed): Field[] => {
  const asked = new Set(askedFields(file, typed).map(({ name }) => name));
  return fields.filter(({ name }) => !asked.has(name) && !isEmpty(typed[name]));
};

/** Nothing typed, nothing ticked, or entries with nothing in them. */
export const isEmpty = (value: Typed[FieldName]): boolean => {
  if (value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return value.every((one) =>
    typeof one === 'string' ? one === '' : Object.values(one).every((text) => text.trim() === ''),
  );
};

const holds = ({ question, is }: Condition, answers: Answers): boolean =>
  [answers[question]].flat().some((answer) => typeof answer === 'string' && is.includes(answer));

const motivationLimits = ({ motivation: { minWords, maxWords } }: Asking): WordLimits => ({
  minimum: minWords,
  maximum: maxWords,
});
