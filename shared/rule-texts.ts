import type { Eligibility, RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** A rule of eligibility in words; an `any-of` names its ways. */
export const eligibilityText = (
  t: Translator,
  rule: Eligibility,
  file: Pick<RoundFile, 'eligibility'>,
): string => {
  switch (rule.rule) {
    case 'education-at-least':
      return t('call.rules.education', { level: t(`application-form.education.${rule.level}`) });
    case 'category-at-least':
      return t('call.rules.category', { category: t(`application-form.category.${rule.category}`) });
    case 'experience-at-least':
      return t('call.rules.experience', { count: rule.years });
    case 'subject-among':
      return t('call.rules.subjects', {
        subjects: rule.subjects.map((subject) => t(`application-form.subjects.${subject}`)).join(', '),
      });
    case 'any-of':
      return t('call.rules.anyOf', {
        rules: file.eligibility
          .filter((other) => other.rule !== 'any-of' && rule.codes.includes(other.code))
          .map((other) => eligibilityText(t, other, file))
          .join('; '),
      });
    default:
      return rule satisfies never;
  }
};
