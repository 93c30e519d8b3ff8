import * as z from 'zod';
import { Subject, TeachingLanguage } from '#shared/domain/codes.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What somebody can score on one round: the languages of instruction that they read, and the subjects that they know. They say it themselves, or
 * the secretary enters it for them.
 */
export const Competence = z.object({
  languages: z.array(TeachingLanguage),
  /** May be empty: they score beside somebody who knows the subject. */
  subjects: z.array(Subject),
});
export type Competence = z.infer<typeof Competence>;

/** As the committee keeps it. */
export const ToldCompetence = Competence.extend({ personId: PersonId, toldAt: Instant });
export type ToldCompetence = z.infer<typeof ToldCompetence>;

/** An event of a committee. */
export const CompetenceEvent = z.object({
  type: z.literal('competence-told'),
  at: Instant,
  personId: PersonId,
  ...Competence.shape,
});
export type CompetenceEvent = z.infer<typeof CompetenceEvent>;

type Told = { competences?: readonly ToldCompetence[] | undefined };

export const evolveCompetences = (
  competences: readonly ToldCompetence[],
  { at: toldAt, personId, languages, subjects }: CompetenceEvent,
): ToldCompetence[] => [
  ...competences.filter((one) => one.personId !== personId),
  { personId, languages, subjects, toldAt },
];

/** What somebody said of themselves; undefined where nobody has said anything. */
export const competenceOf = ({ competences = [] }: Told, personId: PersonId): ToldCompetence | undefined =>
  competences.find((one) => one.personId === personId);

/** What was ticked: known codes, each once and in the order of the lists; without a language somebody could score nothing. */
export const readCompetence = (ticked: {
  languages: readonly string[];
  subjects: readonly string[];
}): Result<Competence, Refusal> => {
  const languages = TeachingLanguage.options.filter((code) => ticked.languages.includes(code));
  const subjects = Subject.options.filter((code) => ticked.subjects.includes(code));
  const faults: Fault[] = [
    ...(languages.length === 0 ? [{ place: 'languages', message: 'competence.fault.languages' }] : []),
    ...(isKnown(ticked.languages, languages)
      ? []
      : [{ place: 'languages', message: 'problems.fault.invalid' }]),
    ...(isKnown(ticked.subjects, subjects) ? [] : [{ place: 'subjects', message: 'problems.fault.invalid' }]),
  ];
  return faults.length === 0 ? ok({ languages, subjects }) : refuse({ kind: 'invalid', faults });
};

const isKnown = (ticked: readonly string[], known: readonly string[]): boolean =>
  new Set(ticked).size === known.length;

/** The same again changes nothing. */
export const tellCompetence = (
  told: Told,
  { personId, languages, subjects }: Competence & { personId: PersonId },
  at: Instant,
): CompetenceEvent[] => {
  const before = competenceOf(told, personId);
  const isSame = before?.languages.join() === languages.join() && before.subjects.join() === subjects.join();
  return isSame ? [] : [{ type: 'competence-told', at, personId, languages, subjects }];
};
