import * as z from 'zod';

/** School subjects of the programme (DOMAIN 1.3: five named, the rest asked for in practice). */
export const Subject = z.enum([
  'mathematics',
  'physics',
  'chemistry',
  'biology',
  'informatics',
  'geography',
  'history',
  'kazakh-language',
  'russian-language',
  'english-language',
  'primary',
  'special-education',
]);
export type Subject = z.infer<typeof Subject>;

/** Languages that schools teach in (DOMAIN 3.2); `mixed` is a school with classes in more than one. */
export const InstructionLanguage = z.enum(['kk', 'ru', 'mixed', 'ug', 'uz', 'tg']);
export type InstructionLanguage = z.infer<typeof InstructionLanguage>;

/** Languages that a teacher can teach in. */
export const TeachingLanguage = z.enum(['kk', 'ru', 'en', 'ug', 'uz', 'tg']);
export type TeachingLanguage = z.infer<typeof TeachingLanguage>;

/** Languages that an interview is held in: those of the pages and letters. */
export const InterviewLanguage = TeachingLanguage.extract(['kk', 'ru', 'en']);
export type InterviewLanguage = z.infer<typeof InterviewLanguage>;

/** Qualification categories of Order 338 (DOMAIN 2.3), lowest first; `none` is someone without one yet. */
export const Category = z.enum(['none', 'intern', 'teacher', 'moderator', 'expert', 'researcher', 'master']);
export type Category = z.infer<typeof Category>;

/** Highest education; distance learning is asked apart because some evaluation sheets count it apart (DOMAIN 2.2). */
export const Education = z.enum(['vocational', 'bachelor', 'specialist', 'master', 'doctor']);
export type Education = z.infer<typeof Education>;

export const YesNo = z.enum(['yes', 'no']);

/** Which way through the form somebody takes: straight from a pedagogical programme, or with years at a school. */
export const ApplicantPath = z.enum(['graduate', 'teacher']);

/** As the IIN says it (DOMAIN 3.3); asked only where a slip in the IIN should show. */
export const Sex = z.enum(['female', 'male']);

/** What somebody without an IIN shows instead. No copy of it is asked for (law 94-V, art. 7). */
export const IdentityDocument = z.enum(['passport', 'residence-permit', 'stateless-certificate', 'other']);

/** Full-time study and distance learning are counted apart by some evaluation sheets (DOMAIN 2.2). */
export const StudyForm = z.enum(['full-time', 'evening', 'distance']);

/** The mark of a graduate's teaching practice (DOMAIN 2.2, row 7). */
export const PracticeMark = z.enum(['excellent', 'good', 'satisfactory', 'none']);

/** What counts as an achievement on the evaluation sheets that were seen (DOMAIN 2.2, rows 6 and 9 to 12). */
export const AchievementKind = z.enum([
  'pupils-prize',
  'own-prize',
  'best-teacher',
  'publication',
  'method',
  'course',
  'mentoring',
  'other',
]);
