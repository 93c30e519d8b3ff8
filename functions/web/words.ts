import type { AccessNeed } from '#shared/domain/access-need.ts';
import type { FieldName } from '#shared/domain/application-form.ts';
import type { InstructionLanguage, InterviewLanguage, Subject } from '#shared/domain/codes.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Texts } from '#shared/domain/texts.ts';
import { readInstant } from '#shared/domain/time.ts';
import type { Incentive, SchoolType, Vacancy } from '#shared/domain/vacancy.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';

/** What codes are called in the reader's language. */

export const subjectName = (t: Translator, subject: Subject): string =>
  t(`application-form.subjects.${subject}`);

export const languageName = (t: Translator, language: InstructionLanguage): string =>
  t(`codes.instruction.${language}`);

/** Languages of an interview, one after another in the middle of a line; English writes them with capitals there too. */
export const interviewLanguages = (t: Translator, languages: readonly InterviewLanguage[]): string => {
  const names = languages.map((code) => optionName(t, 'languages', code));
  return (t.locale === 'en' ? names : names.map(small)).join(', ');
};

export const incentiveName = (t: Translator, incentive: Incentive): string =>
  t(`codes.incentive.${incentive}`);

export const schoolTypeName = (t: Translator, type: SchoolType): string => t(`codes.schoolType.${type}`);

export const fieldLabel = (t: Translator, field: FieldName): string => t(`application-form.${field}.label`);

/** What every question of this kind may be answered with; the consent has words of its own. */
const yesOrNo: ReadonlySet<string> = new Set(['yes', 'no']);

/** An option of a field; a code that no catalogue knows stays a code, since an old draft may hold one. */
export const optionName = (t: Translator, field: FieldName, option: string): string => {
  const key = yesOrNo.has(option) ? `common.${option}` : `application-form.${field}.${option}`;
  return isMessageKey(key) ? t(key) : option;
};

/** What is needed, one after another in the middle of a line: in small letters there. `other`: how one's own words are called. */
export const needNames = (
  t: Translator,
  needs: readonly AccessNeed[],
  other: 'wishes.other.said' | 'interview.other.said',
): string =>
  needs.map((need) => (need === 'other' ? t(other) : small(optionName(t, 'accessNeeds', need)))).join(', ');

/** Names one after another on a line of their own: in Kazakh and Russian only the first begins with a capital. */
export const namesListed = (t: Translator, names: readonly string[]): string =>
  names.map((name, index) => (index === 0 || t.locale === 'en' ? name : small(name))).join(', ');

const small = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** `2026-11-22` as the language writes a day; what is no date stays as it was typed. */
export const dateIn = (t: Translator, date: string): string => {
  const midnight = readInstant(`${date}T00:00:00.000Z`);
  return midnight ? t.day(midnight, 'UTC') : date;
};

export const textIn = (t: Translator, texts: Texts): string => texts[t.locale];

/** A criterion by its code; the code itself where the round file has no such criterion. */
export const criterionName = (t: Translator, { rubric }: Pick<RoundFile, 'rubric'>, code: string): string => {
  const criterion = rubric.criteria.find((one) => one.code === code);
  return criterion ? textIn(t, criterion.title) : code;
};

/** Schools have Kazakh and Russian names; a reader of English gets the Kazakh one. */
export const schoolName = (t: Translator, { school }: Vacancy): string =>
  t.locale === 'ru' ? school.ru : school.kk;

/** A heading that says the unit, where the cells are numbers alone. */
export const inPercent = (name: string): string => `${name}, %`;
