import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Texts } from '#shared/domain/texts.ts';

/** Of a formula's part: numbers, or yes and no; one for each application, or one of each who judged it. */
export type Kind = { of: 'number' | 'truth'; over: 'one' | 'raters' | 'interviewers' };

/** Of a standing list what formulas may name. */
const partNames = ['scoring', 'interview', 'total', 'rank'] as const;
type PartName = (typeof partNames)[number];

/** Where the value of a name comes from. */
export type Origin =
  | { from: 'points'; code: string }
  | { from: 'mark'; code: string }
  | { from: 'interview-points'; code: string }
  | { from: 'station'; code: string }
  | { from: 'score' }
  | { from: 'card' }
  | { from: 'part'; part: PartName };

/** Something that a formula may name in one round. */
export type Term = {
  /** As it can always be written. */
  name: string;
  /** As it may be written too, where nothing else is called so. */
  short?: string;
  kind: Kind;
  origin: Origin;
  /** As the round file calls it; the others have texts of the pages. */
  title?: Texts;
};

type Named = Pick<RoundFile, 'rubric' | 'interviews'>;

const one: Kind = { of: 'number', over: 'one' };
const byRaters: Kind = { of: 'number', over: 'raters' };
const byInterviewers: Kind = { of: 'number', over: 'interviewers' };

/** Everything that formulas may name in a round, criteria first. */
export const termsOf = ({ rubric, interviews }: Named): Term[] => {
  const criteria: Term[] = [
    ...rubric.criteria.map(({ code, title, markedBy }): Term => {
      const isMark = markedBy === 'import';
      const origin: Origin = isMark ? { from: 'mark', code } : { from: 'points', code };
      return { name: `rubric.${code}`, short: code, title, kind: isMark ? one : byRaters, origin };
    }),
    ...interviews.criteria.map(
      ({ code, title }): Term => ({
        name: `interview.${code}`,
        short: code,
        title,
        kind: byInterviewers,
        origin: { from: 'interview-points', code },
      }),
    ),
  ];
  const totals: Term[] = [
    { name: 'score', kind: byRaters, origin: { from: 'score' } },
    ...(interviews.stations?.map(
      ({ code, title }): Term => ({
        name: `station.${code}`,
        title,
        kind: byInterviewers,
        origin: { from: 'station', code },
      }),
    ) ?? [{ name: 'card', kind: byInterviewers, origin: { from: 'card' } } satisfies Term]),
    ...partNames.map((part): Term => ({ name: part, kind: one, origin: { from: 'part', part } })),
  ];
  const taken = new Set([...totals.map(({ name }) => name), 'and', 'or', 'not', ...doubled(criteria)]);
  return [...criteria.map((term) => withoutTaken(term, taken)), ...totals];
};

const doubled = (terms: readonly Term[]): string[] => {
  const all = terms.flatMap(({ short }) => short ?? []);
  return all.filter((code, index) => all.indexOf(code) !== index);
};

const withoutTaken = ({ short, ...term }: Term, taken: ReadonlySet<string>): Term =>
  short === undefined || taken.has(short) ? term : { ...term, short };

/** The same by every name that they may be written with. */
export const termsByName = (terms: readonly Term[]): ReadonlyMap<string, Term> =>
  new Map(
    terms.flatMap((term) => [term.name, ...(term.short ? [term.short] : [])].map((name) => [name, term])),
  );
