import * as z from 'zod';
import { AccessNeed } from '#shared/domain/access-need.ts';
import {
  AchievementKind,
  ApplicantPath,
  Category,
  Education,
  IdentityDocument,
  PracticeMark,
  Sex,
  StudyForm,
  Subject,
  TeachingLanguage,
  YesNo,
} from '#shared/domain/codes.ts';

/** The parts of the form that are saved on their own, in the order of the pages. */
export const SectionId = z.enum([
  'identity',
  'contacts',
  'education',
  'work',
  'test',
  'achievements',
  'motivation',
  'household',
  'adjustments',
  'equality',
  'consent',
]);
export type SectionId = z.infer<typeof SectionId>;

/** Everything that the form can ask. Which questions a round asks, and which it insists on, its round file says. */
export const QuestionCode = z.enum([
  'fullName',
  'latinName',
  'iinHeld',
  'iin',
  'citizenship',
  'identityDocument',
  'documentNumber',
  'birthDate',
  'sex',
  'phone',
  'address',
  'path',
  'education',
  'institution',
  'speciality',
  'studyForm',
  'graduationYear',
  'honours',
  'studyResults',
  'thesis',
  'practice',
  'subjects',
  'category',
  'experienceYears',
  'totalYears',
  'employer',
  'pastEmployers',
  'position',
  'languages',
  'languageCertificates',
  'committeeTies',
  'testTaken',
  'testSubject',
  'testPedagogy',
  'testDate',
  'testNumber',
  'achievements',
  'motivation',
  'familyMoves',
  'familySize',
  'children0to2',
  'children3to5',
  'children6to9',
  'children10to17',
  'housingNeeded',
  'partnerApplies',
  'partner',
  'adjustmentsNeeded',
  'accessNeeds',
  'adjustments',
  'equalityGender',
  'equalityDisability',
  'equalityOrigin',
]);
export type QuestionCode = z.infer<typeof QuestionCode>;

/**
 * Free texts of which raters may be shown a redacted copy while they do not know the person. Names of places of work and study
 * are not among them: the stage is blind to those.
 */
export const RedactableText = QuestionCode.extract([
  'speciality',
  'studyResults',
  'thesis',
  'position',
  'languageCertificates',
  'achievements',
  'motivation',
]);
export type RedactableText = z.infer<typeof RedactableText>;

/** The name of a form field: a question, or one of the two that make up the consent. */
export const FieldName = z.enum([...QuestionCode.options, 'consent', 'consentVersion']);
export type FieldName = z.infer<typeof FieldName>;

/** One of several things of a kind, as it was typed: an achievement with its year and its evidence in words. */
export const TypedEntry = z.strictObject({ kind: z.string(), year: z.string(), text: z.string() });
export type TypedEntry = z.infer<typeof TypedEntry>;

/** What a person typed, as a browser posts it: dates as YYYY-MM-DD, several ticks or entries as a list. */
export const Typed = z.partialRecord(
  FieldName,
  z.union([z.string(), z.array(z.string()), z.array(TypedEntry)]),
);
export type Typed = z.infer<typeof Typed>;
/** One field's part of it. */
export type TypedValue = string | readonly string[] | readonly TypedEntry[];

const Achievement = z.strictObject({ kind: AchievementKind, year: z.int(), text: z.string() });

/**
 * A form that may be submitted: everything parsed, nothing left to check. Absent = not asked of this person, or left
 * out where the round allows it. Answers to the equality questions have no place in it.
 */
export const ApplicationForm = z.strictObject({
  fullName: z.string(),
  latinName: z.string().optional(),
  iinHeld: YesNo.optional(),
  /** Absent for somebody whom no IIN was given, who names another document instead. */
  iin: z.string().optional(),
  citizenship: z.string().optional(),
  identityDocument: IdentityDocument.optional(),
  documentNumber: z.string().optional(),
  birthDate: z.iso.date().optional(),
  sex: Sex.optional(),
  /** E.164. */
  phone: z.string().optional(),
  address: z.string().optional(),
  path: ApplicantPath.optional(),
  education: Education.optional(),
  institution: z.string().optional(),
  speciality: z.string().optional(),
  studyForm: StudyForm.optional(),
  graduationYear: z.int().optional(),
  honours: YesNo.optional(),
  studyResults: z.string().optional(),
  thesis: z.string().optional(),
  practice: PracticeMark.optional(),
  subjects: z.array(Subject),
  category: Category.optional(),
  experienceYears: z.int().optional(),
  totalYears: z.int().optional(),
  employer: z.string().optional(),
  /** One on each line, with years (`worked-at.ts`). */
  pastEmployers: z.string().optional(),
  position: z.string().optional(),
  languages: z.array(TeachingLanguage),
  languageCertificates: z.string().optional(),
  committeeTies: z.string().optional(),
  testTaken: YesNo.optional(),
  /** Percent. */
  testSubject: z.int().optional(),
  testPedagogy: z.int().optional(),
  testDate: z.iso.date().optional(),
  testNumber: z.string().optional(),
  achievements: z.array(Achievement).optional(),
  motivation: z.string().optional(),
  familyMoves: YesNo.optional(),
  familySize: z.int().optional(),
  children0to2: z.int().optional(),
  children3to5: z.int().optional(),
  children6to9: z.int().optional(),
  children10to17: z.int().optional(),
  housingNeeded: YesNo.optional(),
  partnerApplies: YesNo.optional(),
  /** Number of the partner's application, or the partner's name. */
  partner: z.string().optional(),
  adjustmentsNeeded: YesNo.optional(),
  accessNeeds: z.array(AccessNeed).optional(),
  adjustments: z.string().optional(),
  consent: z.literal(true),
  consentVersion: z.string(),
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;

/**
 * What a committee may read of a form where it may know the person. Listed by name: what the form gains later stays out until
 * somebody adds it here. The family, the address and what somebody needs arranged decide nothing, so nobody who decides has them;
 * whom the applicant knows on the committee, the secretary alone reads. With whom somebody applies decides nothing either, but who
 * offers posts shall see it.
 */
export const CommitteeForm = ApplicationForm.pick({
  fullName: true,
  latinName: true,
  iin: true,
  citizenship: true,
  identityDocument: true,
  documentNumber: true,
  birthDate: true,
  phone: true,
  path: true,
  education: true,
  institution: true,
  speciality: true,
  studyForm: true,
  graduationYear: true,
  honours: true,
  studyResults: true,
  thesis: true,
  practice: true,
  subjects: true,
  category: true,
  experienceYears: true,
  totalYears: true,
  employer: true,
  pastEmployers: true,
  position: true,
  languages: true,
  languageCertificates: true,
  testTaken: true,
  testSubject: true,
  testPedagogy: true,
  testDate: true,
  testNumber: true,
  achievements: true,
  motivation: true,
  partnerApplies: true,
  partner: true,
}).strip();
export type CommitteeForm = z.infer<typeof CommitteeForm>;
