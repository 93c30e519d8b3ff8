import * as z from 'zod';
import {
  ApplicantPath,
  Category,
  Education,
  StudyForm,
  Subject,
  TeachingLanguage,
} from '#shared/domain/codes.ts';
import { RuleCode as Code, provenance } from '#shared/domain/provenance.ts';

/** A rule of who may take part, which an application's answers meet or do not. */
export const Eligibility = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('education-at-least'), code: Code, level: Education, ...provenance }),
  z.strictObject({ rule: z.literal('category-at-least'), code: Code, category: Category, ...provenance }),
  z.strictObject({
    rule: z.literal('experience-at-least'),
    code: Code,
    years: z.int().min(0).max(60),
    ...provenance,
  }),
  z.strictObject({
    rule: z.literal('subject-among'),
    code: Code,
    subjects: z.array(Subject).min(1),
    ...provenance,
  }),
  z.strictObject({
    rule: z.literal('path-among'),
    code: Code,
    paths: z.array(ApplicantPath).min(1),
    ...provenance,
  }),
  z.strictObject({
    rule: z.literal('study-form-among'),
    code: Code,
    forms: z.array(StudyForm).min(1),
    ...provenance,
  }),
  /** A diploma with honours. */
  z.strictObject({ rule: z.literal('honours'), code: Code, ...provenance }),
  /** A result of the knowledge test. */
  z.strictObject({
    rule: z.literal('test-at-least'),
    code: Code,
    test: z.enum(['subject', 'pedagogy']),
    percent: z.int().min(1).max(100),
    ...provenance,
  }),
  z.strictObject({
    rule: z.literal('language-among'),
    code: Code,
    languages: z.array(TeachingLanguage).min(1),
    ...provenance,
  }),
  /** Met by meeting any of the named rules, for example a category or a degree with good results. */
  z.strictObject({ rule: z.literal('any-of'), code: Code, codes: z.array(Code).min(2), ...provenance }),
  /** Met by meeting each of the named rules: one way of an `any-of` that needs more than one thing. */
  z.strictObject({ rule: z.literal('all-of'), code: Code, codes: z.array(Code).min(2), ...provenance }),
]);
export type Eligibility = z.infer<typeof Eligibility>;
