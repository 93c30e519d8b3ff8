import type { Eligibility } from '#shared/domain/eligibility-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** A rule of eligibility in words; an `any-of` and an `all-of` name their parts. */
export const eligibilityText = (
  t: Translator,
  rule: Eligibility,
  file: Pick<RoundFile, 'eligibility'>,
  within: readonly string[] = [],
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
    case 'path-among':
      return t('call.rules.paths', {
        paths: rule.paths.map((path) => t(`call.rules.path.${path}`)).join(', '),
      });
    case 'study-form-among':
      return t('call.rules.studyForms', {
        forms: rule.forms.map((form) => t(`application-form.studyForm.${form}`)).join(', '),
      });
    case 'honours':
      return t('call.rules.honours');
    case 'test-at-least':
      return t(`call.rules.test.${rule.test}`, { percent: t.number(rule.percent) });
    case 'language-among':
      return t('call.rules.languages', {
        languages: rule.languages.map((language) => t(`application-form.languages.${language}`)).join(', '),
      });
    case 'any-of':
    case 'all-of': {
      // Rules that name each other in a circle are named once.
      const around = [...within, rule.code];
      const parts = file.eligibility
        .filter(({ code }) => rule.codes.includes(code) && !around.includes(code))
        .map((other) => eligibilityText(t, other, file, around));
      return t(rule.rule === 'any-of' ? 'call.rules.anyOf' : 'call.rules.allOf', { rules: parts.join('; ') });
    }
    default:
      return rule satisfies never;
  }
};
