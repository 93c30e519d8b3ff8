import { AccessNeed } from '#shared/domain/access-need.ts';
import { type FieldName, type SectionId } from '#shared/domain/application-form.ts';
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

/** A box of one line that takes words, numbers as they are written, or a telephone number. */
type TextControl = {
  control: 'text';
  /** In UTF-16 units. */
  maxLength: number;
  inputMode?: 'numeric' | 'tel';
  autocomplete?: string;
};

/**
 * How a field is asked and how much of it a draft may hold. Labels are catalogue keys `application-form.FIELD.label`
 * and `.hint`; options are `application-form.FIELD.OPTION`.
 */
export type Field = { name: FieldName; section: SectionId } & (
  | TextControl
  | { control: 'number'; minimum: number; maximum: number }
  | { control: 'long-text'; maxLength: number }
  | { control: 'date' }
  | { control: 'one-of'; options: readonly string[] }
  | { control: 'some-of'; options: readonly string[] }
  /** Several of a kind, each with a year and words. */
  | { control: 'entries'; options: readonly string[]; atMost: number; maxLength: number }
  | { control: 'agreement' }
);

const text = (maxLength: number, over: Omit<TextControl, 'control' | 'maxLength'> = {}) => ({
  control: 'text' as const,
  maxLength,
  ...over,
});
const number = (minimum: number, maximum: number) => ({ control: 'number' as const, minimum, maximum });
const oneOf = (options: readonly string[]) => ({ control: 'one-of' as const, options });
const someOf = (options: readonly string[]) => ({ control: 'some-of' as const, options });
const yesNo = oneOf(YesNo.options);
const percent = number(0, 100);
const children = number(0, 12);

/** In the order of the pages; a condition of the round file looks only at what comes before. */
export const fields: readonly Field[] = [
  { name: 'fullName', section: 'identity', ...text(150, { autocomplete: 'name' }) },
  { name: 'latinName', section: 'identity', ...text(150) },
  { name: 'iinHeld', section: 'identity', ...yesNo },
  { name: 'iin', section: 'identity', ...text(20, { inputMode: 'numeric' }) },
  { name: 'citizenship', section: 'identity', ...text(100, { autocomplete: 'country-name' }) },
  { name: 'identityDocument', section: 'identity', ...oneOf(IdentityDocument.options) },
  { name: 'documentNumber', section: 'identity', ...text(40) },
  { name: 'birthDate', section: 'identity', control: 'date' },
  { name: 'sex', section: 'identity', ...oneOf(Sex.options) },

  { name: 'phone', section: 'contacts', ...text(30, { inputMode: 'tel', autocomplete: 'tel' }) },
  { name: 'address', section: 'contacts', ...text(300, { autocomplete: 'street-address' }) },

  { name: 'path', section: 'education', ...oneOf(ApplicantPath.options) },
  { name: 'education', section: 'education', ...oneOf(Education.options) },
  { name: 'institution', section: 'education', ...text(200) },
  { name: 'speciality', section: 'education', ...text(200) },
  { name: 'studyForm', section: 'education', ...oneOf(StudyForm.options) },
  { name: 'graduationYear', section: 'education', ...number(1900, 2100) },
  { name: 'honours', section: 'education', ...yesNo },
  { name: 'studyResults', section: 'education', ...text(100) },
  { name: 'thesis', section: 'education', ...text(300) },
  { name: 'practice', section: 'education', ...oneOf(PracticeMark.options) },

  { name: 'subjects', section: 'work', ...someOf(Subject.options) },
  { name: 'category', section: 'work', ...oneOf(Category.options) },
  { name: 'experienceYears', section: 'work', ...number(0, 70) },
  { name: 'totalYears', section: 'work', ...number(0, 70) },
  { name: 'employer', section: 'work', ...text(200, { autocomplete: 'organization' }) },
  { name: 'pastEmployers', section: 'work', control: 'long-text', maxLength: 2000 },
  { name: 'position', section: 'work', ...text(150) },
  { name: 'languages', section: 'work', ...someOf(TeachingLanguage.options) },
  { name: 'languageCertificates', section: 'work', ...text(300) },
  { name: 'committeeTies', section: 'work', control: 'long-text', maxLength: 2000 },

  { name: 'testTaken', section: 'test', ...yesNo },
  { name: 'testSubject', section: 'test', ...percent },
  { name: 'testPedagogy', section: 'test', ...percent },
  { name: 'testDate', section: 'test', control: 'date' },
  { name: 'testNumber', section: 'test', ...text(60) },

  {
    name: 'achievements',
    section: 'achievements',
    control: 'entries',
    options: AchievementKind.options,
    atMost: 10,
    maxLength: 1000,
  },

  { name: 'motivation', section: 'motivation', control: 'long-text', maxLength: 20_000 },

  { name: 'familyMoves', section: 'household', ...yesNo },
  { name: 'familySize', section: 'household', ...number(1, 20) },
  { name: 'children0to2', section: 'household', ...children },
  { name: 'children3to5', section: 'household', ...children },
  { name: 'children6to9', section: 'household', ...children },
  { name: 'children10to17', section: 'household', ...children },
  { name: 'housingNeeded', section: 'household', ...yesNo },
  { name: 'partnerApplies', section: 'household', ...yesNo },
  { name: 'partner', section: 'household', ...text(150) },

  { name: 'adjustmentsNeeded', section: 'adjustments', ...yesNo },
  { name: 'accessNeeds', section: 'adjustments', ...someOf(AccessNeed.options) },
  { name: 'adjustments', section: 'adjustments', control: 'long-text', maxLength: 5000 },

  { name: 'equalityGender', section: 'equality', ...oneOf(['woman', 'man', 'not-said']) },
  { name: 'equalityDisability', section: 'equality', ...oneOf(['yes', 'no', 'not-said']) },
  { name: 'equalityOrigin', section: 'equality', ...oneOf(['village', 'town', 'city', 'not-said']) },

  { name: 'consent', section: 'consent', control: 'agreement' },
  { name: 'consentVersion', section: 'consent', ...text(20) },
];
