import { cardReader } from '#functions/commands/counted-cards.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { rankingOf, scoresInReach } from '#functions/commands/score-reach.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import { isBehind } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { openIn, seenList } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Checked } from '#shared/formula/check.ts';
import { type Cell, type Value, valueFor } from '#shared/formula/evaluate.ts';
import { type Origin, termsByName, termsOf } from '#shared/formula/terms.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records'>;

const readsAtOnce = 32;

/** What a reader may have of one application to reckon with. */
type Material = {
  number: ApplicationNumber;
  scores?: readonly Score[];
  marks?: Points | undefined;
  cards?: readonly Score[];
  standing?: Standing;
};

/** What a formula comes to for each application that the reader may see, in the order of numbers. */
export type FormulaValues = ReadonlyMap<ApplicationNumber, Cell>;

/** Reckons with what its reader may have, once read. */
export type Reckoner = {
  numbers: readonly ApplicationNumber[];
  valuesOf: (checked: Checked) => FormulaValues;
};

/**
 * What a reader may reckon with: what raters gave where they see it anyway, and not while they owe a score; what interviewers gave once
 * the interviews are over; totals and ranks as in the ranking that lies on the table or was decided last. An application that is closed to
 * the reader is in none of it, so it enters no count and no mean.
 */
export const reckonerFor = async (
  { records }: Deps,
  place: Workplace,
): Promise<Result<Reckoner, Refusal>> => {
  const { round, file } = place;
  const wall = wallIn(place);
  const reach = await scoresInReach({ records }, place);
  if (!reach.ok) return reach;
  const { marksOf } = await marksBasis(records, { roundId: round.state.id, file });
  const ranking = await rankingOf({ records }, place);
  const seen = new Map<ApplicationNumber, Material>();
  for (const standing of ranking ? openIn(seenList(ranking, wall)) : []) {
    seen.set(standing.number, { number: standing.number, standing });
  }
  const open = reach.value.all.filter(({ applicationId }) => !wall(applicationId));
  const cardsOf = await interviewCards({ records }, place, open);
  for (const one of open) {
    const { number } = one;
    seen.set(number, {
      ...seen.get(number),
      number,
      scores: countedScores(one),
      marks: marksOf(one),
      ...(cardsOf && { cards: cardsOf(one) }),
    });
  }
  const materials = [...seen.values()].toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const terms = termsByName(termsOf(file));
  const valueIn =
    (material: Material) =>
    (name: string): Value => {
      const term = terms.get(name);
      return term && valueOf(term.origin, material);
    };
  return ok({
    numbers: materials.map(({ number }) => number),
    valuesOf: ({ formula }) =>
      new Map(materials.map((material) => [material.number, valueFor(formula, valueIn(material))])),
  });
};

/** What counts of the interviews, once they are over; undefined before. */
const interviewCards = async (
  { records }: Deps,
  { round: { state } }: Workplace,
  all: readonly Candidacy[],
): Promise<((one: Candidacy) => readonly Score[]) | undefined> => {
  if (!isBehind(state.stage, 'interviews')) return undefined;
  const reader = await cardReader(records, state, 'interviews');
  const found = new Map(
    await eachOf(all, readsAtOnce, async (one) => [one, await reader.cardsOf(one)] as const),
  );
  return (one) => (found.get(one) ?? []).flatMap(({ cards }) => cards);
};

const valueOf = (origin: Origin, material: Material): Value => {
  const { scores, marks, standing } = material;
  switch (origin.from) {
    case 'points':
      return scores?.map(({ points }) => points[origin.code]);
    case 'score':
      return scores?.map(({ total }) => total);
    case 'mark':
      return marks?.[origin.code] ?? standing?.marks?.[origin.code];
    case 'part':
      return standing?.[origin.part];
    default:
      return interviewValue(origin, material);
  }
};

const interviewValue = (
  origin: Extract<Origin, { from: 'interview-points' | 'station' | 'card' }>,
  { cards }: Material,
): Value => {
  switch (origin.from) {
    case 'interview-points':
      return byPerson(cards, (own) => own.flatMap(({ points }) => points[origin.code] ?? [])[0]);
    case 'station':
      return byPerson(cards, (own) => own.find(({ station }) => station === origin.code)?.total);
    case 'card':
      return byPerson(cards, (own) => own[0]?.total);
    default:
      return origin satisfies never;
  }
};

/** An interviewer may hold several stations: what they gave at each stands beside each other. */
const byPerson = (
  cards: readonly Score[] | undefined,
  of: (own: readonly Score[]) => number | undefined,
): Value => {
  if (!cards) return undefined;
  const people = [...new Set(cards.map(({ raterId }) => raterId))];
  return people.map((person) => of(cards.filter(({ raterId }) => raterId === person)));
};
