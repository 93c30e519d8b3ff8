import type { VacancyCode } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whether two orders of choices are one. */
const isSameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

/** An order that somebody wants, best first. */
export type Reordering = {
  choices: readonly VacancyCode[];
  /** The order that the page showed. */
  basedOn: readonly VacancyCode[];
  /** What may be chosen. */
  posts: ReadonlySet<VacancyCode>;
  limit: number;
};

/**
 * The new order in the place of the own one; undefined where that says the same. Refused as `changed-meanwhile` where another order stands than
 * the page showed, as `too-many-choices`, as `unknown-vacancy` for what may not be chosen, and as `invalid` where something is named twice.
 */
export const reordered = (
  own: readonly VacancyCode[],
  { choices, basedOn, posts, limit }: Reordering,
): Result<VacancyCode[] | undefined, Refusal> => {
  if (isSameOrder(own, choices)) return ok(undefined);
  if (!isSameOrder(own, basedOn)) return refuse({ kind: 'changed-meanwhile' });
  if (choices.length > limit) return refuse({ kind: 'too-many-choices', limit });
  const unknown = choices.filter((code) => !posts.has(code));
  if (unknown.length > 0) return refuse({ kind: 'unknown-vacancy', codes: unknown });
  const doubled = choices.filter((code, place) => choices.indexOf(code) !== place);
  if (doubled.length > 0) {
    const facts = { code: doubled.join(', ') };
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'choices', message: 'application-form.choices.doubled', facts }],
    });
  }
  return ok([...choices]);
};
