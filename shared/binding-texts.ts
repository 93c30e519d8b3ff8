import type { Fault } from '#shared/errors.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';

/** Said otherwise of a round than of an instance: nobody knows its raters by "conflicts" alone, and its other panel is guests. */
const ofRounds = {
  'assignment.too-few': 'raters.too-few',
  'assignment.too-few-readers': 'raters.too-few-readers',
  'assignment.no-expert': 'raters.no-expert',
  'assignment.no-outside': 'raters.no-outside',
} as const;

const keysOfRounds = new Map<string, (typeof ofRounds)[keyof typeof ofRounds]>(Object.entries(ofRounds));

/**
 * What keeps the raters of a round from being assigned, as a sentence.
 * @param words what ids are called: numbers of applications, names of raters
 */
export const bindingText = (
  t: Translator,
  { message, facts = {} }: Fault,
  words: ReadonlyMap<string, string>,
): string => {
  const said = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? named(t, value, words) : value,
    ]),
  );
  const key = keysOfRounds.get(message) ?? message;
  return isMessageKey(key) ? t(key, said) : t('problems.fault.invalid');
};

/** Lists keep their commas; a code that no catalogue knows stays as it is. */
const named = (t: Translator, value: string, words: ReadonlyMap<string, string>): string =>
  value
    .split(', ')
    .map((word) => words.get(word) ?? codeText(t, word))
    .join(', ');

const codeText = (t: Translator, code: string): string => {
  const key = ['subjects', 'languages'].map((list) => `application-form.${list}.${code}`).find(isMessageKey);
  return key ? t(key) : code;
};
