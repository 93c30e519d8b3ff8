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

/** Qualification categories of Order 338 (DOMAIN 2.3), lowest first; `none` is someone without one yet. */
export const Category = z.enum(['none', 'intern', 'teacher', 'moderator', 'expert', 'researcher', 'master']);
export type Category = z.infer<typeof Category>;

/** Highest education; distance learning is asked apart because some evaluation sheets count it apart (DOMAIN 2.2). */
export const Education = z.enum(['vocational', 'bachelor', 'specialist', 'master', 'doctor']);
export type Education = z.infer<typeof Education>;
