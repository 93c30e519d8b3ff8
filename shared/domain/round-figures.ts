import * as z from 'zod';
import { type ApplicationForm, QuestionCode, type Typed } from '#shared/domain/application-form.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { FiguresKind, Round, RoundEvent } from '#shared/domain/round.ts';
import { Protected, protect } from '#shared/domain/small-cells.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Whose district counts: that of the vacancy somebody wants first, or that of the post that they take up. */
const Basis = z.enum(['first-choice', 'post']);
type Basis = z.infer<typeof Basis>;

/** What a region must find for those who come: dwellings, and places for children by age. */
export const Need = QuestionCode.extract([
  'housingNeeded',
  'children0to2',
  'children3to5',
  'children6to9',
  'children10to17',
]);
export type Need = z.infer<typeof Need>;

export const EqualityQuestion = QuestionCode.extract([
  'equalityGender',
  'equalityDisability',
  'equalityOrigin',
]);
export type EqualityQuestion = z.infer<typeof EqualityQuestion>;

export const HouseholdFigures = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('household'),
  basis: Basis,
  /** Districts with somebody in them, the smallest first; `district` is absent for those who named no vacancy. */
  places: z.array(z.object({ district: z.string().optional(), people: z.int() })),
  /** A line a need, its cells in the order of the places: dwellings, or children. */
  needs: z.array(z.object({ need: Need, line: Protected })),
});
export type HouseholdFigures = z.infer<typeof HouseholdFigures>;

export const EqualityFigures = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('equality'),
  people: z.int(),
  /** A line a question, its cells in the order of the answers; `unanswered` counts whoever left it out. */
  questions: z.array(z.object({ question: EqualityQuestion, answers: z.array(z.string()), line: Protected })),
});
export type EqualityFigures = z.infer<typeof EqualityFigures>;

export const RoundFigures = z.discriminatedUnion('kind', [HouseholdFigures, EqualityFigures]);
export type RoundFigures = z.infer<typeof RoundFigures>;

/** Once the offers have ended it is known who comes where. */
export const basisIn = (stage: Stage): Basis =>
  stage === 'onboarding' || stage === 'closed' ? 'post' : 'first-choice';

export type Resident = {
  /** Undefined for somebody who named no vacancy. */
  district: string | undefined;
  form: Pick<ApplicationForm, Need>;
};

/** @param asked by the round file; a need that was not asked for is no nought */
export const countHouseholds = (
  residents: readonly Resident[],
  { basis, asked }: { basis: Basis; asked: ReadonlySet<QuestionCode> },
): HouseholdFigures => {
  const districts = [...Map.groupBy(residents, ({ district }) => district)]
    .map(([district, those]) => ({ district, those, people: those.length }))
    .toSorted((a, b) => a.people - b.people || ((a.district ?? '') < (b.district ?? '') ? -1 : 1));
  return {
    schemaVersion: 1,
    kind: 'household',
    basis,
    places: districts.map(({ district, people }) => ({
      ...(district !== undefined && { district }),
      people,
    })),
    needs: Need.options
      .filter((need) => asked.has(need))
      .map((need) => {
        const line = districts.map(({ those, people }) => {
          const figures = those.map(({ form }) => figureOf(form, need));
          return {
            people: figures.filter((figure) => figure > 0).length,
            of: people,
            figure: figures.reduce((sum, figure) => sum + figure, 0),
          };
        });
        return { need, line: protect(line) };
      }),
  };
};

const figureOf = (form: Resident['form'], need: Need): number =>
  need === 'housingNeeded' ? Number(form.housingNeeded === 'yes') : (form[need] ?? 0);

/** The answers that few people give first: an order that follows from the question and not from what was answered. */
const answersTo: Record<EqualityQuestion, readonly string[]> = {
  equalityGender: ['not-said', 'unanswered', 'man', 'woman'],
  equalityDisability: ['yes', 'not-said', 'unanswered', 'no'],
  equalityOrigin: ['not-said', 'unanswered', 'city', 'town', 'village'],
};

/** @param given what each person answered; nobody had to */
export const countEquality = (
  given: readonly Typed[],
  asked: ReadonlySet<QuestionCode>,
): EqualityFigures => ({
  schemaVersion: 1,
  kind: 'equality',
  people: given.length,
  questions: EqualityQuestion.options
    .filter((question) => asked.has(question))
    .map((question) => {
      const answers = answersTo[question];
      const line = answers.map((answer) => {
        const people = given.filter((typed) => (typed[question] ?? 'unanswered') === answer).length;
        return { people, of: given.length, figure: people };
      });
      return { question, answers: [...answers], line: protect(line) };
    }),
});

/** Drawn up once: of two looks, the difference could be one person. */
export const drawFigures = (
  round: Pick<Round, 'figures'>,
  drawn: { kind: FiguresKind; data: Sha256 },
  now: Instant,
): RoundEvent[] => (round.figures?.[drawn.kind] ? [] : [{ type: 'figures-drawn', at: now, ...drawn }]);
