import { type EditionFile, editionIn } from '#shared/bundle/check-editions.ts';
import { ResultReceipt } from '#shared/bundle/format.ts';

/** Files that somebody chose to be checked together. */
export type Chosen = { bundle: string | undefined; receipt: string | undefined; earlier: readonly string[] };

/** Whether a text is the whole of a receipt, to whatever bundle it belongs. */
export const isReceipt = (text: string): boolean => {
  try {
    return ResultReceipt.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
};

export const isBundle = (text: string): boolean => text.includes('"signature":');

/**
 * Of the chosen files the newest edition, or the offers that name editions, those before it, and the receipt: the order in which they were chosen
 * says nothing.
 */
export const chosenFiles = (texts: readonly string[]): Chosen => {
  const bundles = texts.filter(isBundle);
  const [bundle, ...earlier] = bundles
    .map((text) => ({ text, number: numberOf(editionIn(text)) }))
    .toSorted((a, b) => b.number - a.number)
    .map(({ text }) => text);
  return { bundle, earlier, receipt: texts.find((text) => !isBundle(text)) };
};

/** What cannot be read comes last, and is said to be none by the check. */
const numberOf = (file: EditionFile | undefined): number => {
  if (!file) return 0;
  const { stage, edition } = file.bundle.statement;
  return stage === 'offers' ? Infinity : (edition?.number ?? 1);
};

/**
 * What counts once further files were chosen: a receipt takes the place of the one before, and bundles stay together where they are editions of the
 * same results.
 */
export const chosenAlso = (before: readonly string[], texts: readonly string[]): string[] => {
  const subjects = new Set(texts.filter(isBundle).map(subjectOf));
  const isKept = (old: string): boolean =>
    isBundle(old)
      ? !texts.includes(old) && (subjects.size === 0 || subjects.has(subjectOf(old)))
      : texts.every(isBundle);
  return [...texts, ...before.filter(isKept)];
};

const subjectOf = (text: string): string => {
  const { statement } = editionIn(text)?.bundle ?? {};
  if (!statement) return text;
  // Offers that name editions are checked with these.
  const stage = statement.editions ? 'claims' : statement.stage;
  return `${statement.roundId} ${stage}`;
};
