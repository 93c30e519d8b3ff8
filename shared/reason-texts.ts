import type { RoundFile } from '#shared/domain/round-file.ts';
import { type NamedCode, type ReasonCode, readReason } from '#shared/domain/standing-reason.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';

type File = Pick<RoundFile, 'eligibility' | 'documents' | 'checklist'>;

/** Why an application stands where it does, in words; for a rule, a document or an item of the round file, that itself. */
export const reasonText = (t: Translator, reason: string, file: File): string =>
  textOf(t, reason, file, forCommittee) ?? ruleText(t, reason, file);

/** The same as its applicant is told it, and what it means. */
export const ownReasonText = (t: Translator, reason: string, file: File): string =>
  textOf(t, reason, file, forApplicant) ?? t('results.why', { reason: ruleText(t, reason, file) });

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

const textOf = (t: Translator, reason: string, file: File, texts: Texts): string | undefined => {
  const known = readReason(reason);
  if (!known) return undefined;
  const { code, of } = known;
  if (of === undefined) return t(texts.plain(code));
  const named = namesOf(code, file).find((one) => one.code === of);
  return t(texts.named(code === 'outstanding' ? code : 'missing-document'), {
    title: named?.title[t.locale] ?? of,
  });
};

const namesOf = (code: ReasonCode, { documents, checklist }: File) =>
  code === 'outstanding' ? checklist.items : documents;

const ruleText = (t: Translator, code: string, file: File): string => {
  const rule = file.eligibility.find((one) => one.code === code);
  return rule ? t('committee.reason.rule', { rule: eligibilityText(t, rule, file) }) : code;
};
