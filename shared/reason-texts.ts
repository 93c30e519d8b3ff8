import { interviewPart, type Parts, partOf } from '#shared/domain/minimum.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type NamedCode, type ReasonCode, readReason } from '#shared/domain/standing-reason.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';

type File = Pick<RoundFile, 'eligibility' | 'documents' | 'checklist' | 'rubric' | 'minimums'>;

/**
 * Why an application stands where it does, in words; for a rule, a document, a part or an item of the round file, that itself.
 * @param own the parts of its result, for who missed the minimum of one
 */
export const reasonText = (t: Translator, reason: string, file: File, own: Parts = {}): string =>
  textOf(t, reason, { file, own }, forCommittee) ?? ruleText(t, reason, file);

/** The same as its applicant is told it, and what it means. */
export const ownReasonText = (t: Translator, reason: string, file: File, own: Parts = {}): string =>
  textOf(t, reason, { file, own }, forApplicant) ?? t('results.why', { reason: ruleText(t, reason, file) });

/** The texts of a reader: of a reason, and of one that names a document or an item of the round file. */
type Texts = { plain: (code: ReasonCode) => MessageKey; named: (code: NamedCode) => MessageKey };

const forCommittee: Texts = {
  plain: (code) => `committee.reason.${code}`,
  named: (code) => `committee.reason.named.${code}`,
};

const forApplicant: Texts = {
  plain: (code) => `results.why.${code}`,
  named: (code) => `results.why.named.${code}`,
};

const textOf = (
  t: Translator,
  reason: string,
  { file, own }: { file: File; own: Parts },
  texts: Texts,
): string | undefined => {
  const known = readReason(reason);
  if (!known) return undefined;
  const { code, of } = known;
  if (of === undefined) return t(texts.plain(code));
  if (code === 'below-part') return t(texts.named(code), partFacts(t, of, { file, own }));
  const named = namesOf(code, file).find((one) => one.code === of);
  return t(texts.named(code === 'outstanding' ? code : 'missing-document'), {
    title: named?.title[t.locale] ?? of,
  });
};

/** What a part is called: the interview, or its criterion. */
export const partName = (t: Translator, of: string, { rubric }: Pick<RoundFile, 'rubric'>): string =>
  of === interviewPart
    ? t('committee.interview')
    : (rubric.criteria.find(({ code }) => code === of)?.title[t.locale] ?? of);

/** So much of a part in words: points of a criterion, of the interview percent of the scale. */
export const partPoints = (t: Translator, of: string, points: number): string =>
  of === interviewPart ? t('results.percent', { value: t.number(points) }) : t.number(points);

const partFacts = (t: Translator, of: string, { file, own }: { file: File; own: Parts }) => {
  const points = (value: number | undefined): string =>
    value === undefined ? '–' : partPoints(t, of, value);
  const minimum = file.minimums?.find(({ code }) => code === of)?.atLeast;
  return { title: partName(t, of, file), own: points(partOf(of, own)), minimum: points(minimum) };
};

const namesOf = (code: ReasonCode, { documents, checklist }: File) =>
  code === 'outstanding' ? checklist.items : documents;

const ruleText = (t: Translator, code: string, file: File): string => {
  const rule = file.eligibility.find((one) => one.code === code);
  return rule ? t('committee.reason.rule', { rule: eligibilityText(t, rule, file) }) : code;
};
