import * as z from 'zod';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { type Sha256, VacancyCode } from '#shared/domain/ids.ts';

/** What a post comes with; shown beside every vacancy (DOMAIN D19). */
export const Incentive = z.enum([
  'housing',
  'kindergarten',
  'school-place',
  'utilities',
  'relocation',
  'surcharge-150',
]);
export type Incentive = z.infer<typeof Incentive>;

/** DOMAIN 3.2. */
export const SchoolType = z.enum([
  'general',
  'ungraded',
  'support',
  'specialised',
  'boarding',
  'comfortable',
]);
export type SchoolType = z.infer<typeof SchoolType>;

/** A teacher's full load is 16 hours a week (since 1 September 2021, DOMAIN 2.4). */
export const hoursPerLoad = 16;

/** The posts that one vacancy may have: more is a slip of the hand. */
export const maxPosts = 500;

/** School × subject × language × load: so many equal posts of `hours` each. */
export const Vacancy = z.strictObject({
  code: VacancyCode,
  school: z.strictObject({ kk: z.string(), ru: z.string() }),
  schoolType: SchoolType,
  district: z.string(),
  locality: z.string(),
  subject: Subject,
  language: InstructionLanguage,
  /** Teaching hours a week of one post. */
  hours: z.number(),
  posts: z.int(),
  incentives: z.array(Incentive),
});
export type Vacancy = z.infer<typeof Vacancy>;

/** The posts of a round, in the order of their codes. */
export const Register = z.strictObject({ schemaVersion: z.literal(1), vacancies: z.array(Vacancy) });
export type Register = z.infer<typeof Register>;

/** The register as it is stored and pinned: equal vacancies give equal bytes, in whatever order they were imported. */
export const registerText = (vacancies: readonly Vacancy[]): { text: string; sha256: Sha256 } => {
  const sorted = vacancies.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const text = canonicalJson({ schemaVersion: 1, vacancies: sorted } satisfies Register);
  return { text, sha256: sha256Of(text) };
};

/** All posts together; several equal posts share one vacancy. */
export const postsOf = (vacancies: readonly Vacancy[]): number =>
  vacancies.reduce((posts, vacancy) => posts + vacancy.posts, 0);
