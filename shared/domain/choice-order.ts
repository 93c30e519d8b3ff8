import type { VacancyCode } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whether two orders of choices are one. */
export const isSameOrder = (a: readonly string[], b: readonly string[]): boolean =>
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
 * the page showed, as `unknown-vacancy` for what may not be chosen or is named twice, and as `too-many-choices`.
 */
export const reordered = (
  own: readonly VacancyCode[],
  { choices, basedOn, posts, limit }: Reordering,
): Result<VacancyCode[] | undefined, Refusal> => {
  if (isSameOrder(own, choices)) return ok(undefined);
  if (!isSameOrder(own, basedOn)) return refuse({ kind: 'changed-meanwhile' });
  const unknown = choices.filter((code, place) => choices.indexOf(code) !== place || !posts.has(code));
  if (unknown.length > 0) return refuse({ kind: 'unknown-vacancy', codes: unknown });
  if (choices.length > limit) return refuse({ kind: 'too-many-choices', limit });
  return ok([...choices]);
};
