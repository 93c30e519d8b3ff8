import * as z from 'zod';
import { Category, Education, Subject, TeachingLanguage } from '#shared/domain/codes.ts';

/** The parts of the form that are saved on their own, in the order of the pages. */
export const SectionId = z.enum(['identity', 'education', 'work', 'motivation', 'consent']);
export type SectionId = z.infer<typeof SectionId>;

/** Everything that the form can ask. Which questions a round asks, and which it insists on, its round file says. */
export const QuestionCode = z.enum([
  'fullName',
  'iin',
  'birthDate',
  'phone',
  'education',
  'institution',
  'graduationYear',
  'subjects',
  'category',
  'experienceYears',
  'languages',
  'motivation',
]);
export type QuestionCode = z.infer<typeof QuestionCode>;

/** The name of a form field: a question, or one of the two that make up the consent. */
export const FieldName = z.enum([...QuestionCode.options, 'consent', 'consentVersion']);
export type FieldName = z.infer<typeof FieldName>;

/**
 * How a field is asked and how much of it a draft may hold. Labels are catalogue keys `application-form.FIELD.label`
 * and `.hint`; options are `application-form.FIELD.OPTION`.
 */
export type Field = { name: FieldName; section: SectionId } & (
  | { control: 'text'; maxLength: number; inputMode?: 'numeric' | 'tel'; autocomplete?: string }
  | { control: 'long-text'; maxLength: number }
  | { control: 'date' }
  | { control: 'one-of'; options: readonly string[] }
  | { control: 'some-of'; options: readonly string[] }
  | { control: 'agreement' }
);

export const fields: readonly Field[] = [
  { name: 'fullName', section: 'identity', control: 'text', maxLength: 150, autocomplete: 'name' },
  { name: 'iin', section: 'identity', control: 'text', maxLength: 20, inputMode: 'numeric' },
  { name: 'birthDate', section: 'identity', control: 'date' },
  {
    name: 'phone',
    section: 'identity',
    control: 'text',
    maxLength: 30,
    inputMode: 'tel',
    autocomplete: 'tel',
  },
  { name: 'education', section: 'education', control: 'one-of', options: Education.options },
  { name: 'institution', section: 'education', control: 'text', maxLength: 200 },
  { name: 'graduationYear', section: 'education', control: 'text', maxLength: 4, inputMode: 'numeric' },
  { name: 'subjects', section: 'work', control: 'some-of', options: Subject.options },
  { name: 'category', section: 'work', control: 'one-of', options: Category.options },
  { name: 'experienceYears', section: 'work', control: 'text', maxLength: 3, inputMode: 'numeric' },
  { name: 'languages', section: 'work', control: 'some-of', options: TeachingLanguage.options },
  { name: 'motivation', section: 'motivation', control: 'long-text', maxLength: 20_000 },
  { name: 'consent', section: 'consent', control: 'agreement' },
  { name: 'consentVersion', section: 'consent', control: 'text', maxLength: 20 },
];

/** What a person typed, as a browser posts it: dates as YYYY-MM-DD, several ticks as a list. */
export const Typed = z.partialRecord(FieldName, z.union([z.string(), z.array(z.string())]));
export type Typed = z.infer<typeof Typed>;

/** A form that may be submitted: everything parsed, nothing left to check. Absent = not asked, or left out where the round allows it. */
export const ApplicationForm = z.strictObject({
  fullName: z.string(),
  iin: z.string(),
  birthDate: z.iso.date().optional(),
  /** E.164. */
  phone: z.string().optional(),
  education: Education.optional(),
  institution: z.string().optional(),
  graduationYear: z.int().optional(),
  subjects: z.array(Subject),
  category: Category.optional(),
  experienceYears: z.int().optional(),
  languages: z.array(TeachingLanguage),
  motivation: z.string().optional(),
  consent: z.literal(true),
  consentVersion: z.string(),
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;
