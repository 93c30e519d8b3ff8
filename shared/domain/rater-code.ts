import type { Committee } from '#shared/domain/committee.ts';
import { hmacOf } from '#shared/domain/hash.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** The name of the secret of a round under which its raters are coded. */
export const raterSecret = (roundId: RoundId): string => `raters#${roundId}`;

/** Whom a round's committee has had, and when its scoring began for the first time; undefined before it did. */
export type RaterEntries = {
  committee: Pick<Committee, 'seats' | 'guests'> | undefined;
  begun: Instant | undefined;
};

/**
 * R1, R2, …: everybody who could rate when scoring began, in the order of an HMAC, then whoever came later, as they came. So a code stays the
 * same person whoever scores, interviews, declines or joins afterwards. Ids of people are few and known, so without the secret nobody
 * computes whose code it is, and the order says nothing of the seats. Those who never rate have no code, but keep its place.
 * @param raters all of a round, whatever the reader may see
 */
export const raterCodes = (
  secret: string,
  { committee, begun }: RaterEntries,
  raters: Iterable<PersonId>,
): Map<PersonId, string> => {
  const rating = new Set(raters);
  const entered = enteredIn(committee);
  const lots = [...new Set([...entered.keys(), ...rating])].map((rater) => ({
    rater,
    since: sinceOf(entered.get(rater), begun),
    lot: hmacOf(secret, rater),
  }));
  const order = lots.toSorted((a, b) => byText(a.since, b.since) || byText(a.lot, b.lot));
  return new Map(
    order.flatMap(({ rater }, index): [PersonId, string][] =>
      rating.has(rater) ? [[rater, `R${index + 1}`]] : [],
    ),
  );
};

/** When each could rate first: from a seat that is not the secretary's, or as a guest. */
const enteredIn = (committee: RaterEntries['committee']): ReadonlyMap<PersonId, Instant> => {
  const seated = (committee?.seats ?? []).flatMap(({ personId, seat, appointedAt: at }) =>
    seat === 'secretary' ? [] : [{ personId, at }],
  );
  const invited = (committee?.guests ?? []).flatMap(({ joined }) => joined ?? []);
  const latestFirst = [...seated, ...invited].toSorted((a, b) => byText(b.at, a.at));
  return new Map(latestFirst.map(({ personId, at }) => [personId, at]));
};

/** All who were there when scoring began stand together; whoever rates without ever having been on the committee stands last. */
const sinceOf = (at: Instant | undefined, begun: Instant | undefined): string => {
  if (at === undefined) return '~';
  return begun === undefined || at <= begun ? '' : at;
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Codes of corrections that do not keep whose code they name: R1, R2, … of those alone who rate, in the order of the HMAC. Read by those who
 * rate now.
 */
export const formerRaterCodes = (secret: string, raters: Iterable<PersonId>): Map<string, PersonId> => {
  const lots = [...new Set(raters)].map((rater) => ({ rater, lot: hmacOf(secret, rater) }));
  const order = lots.toSorted((a, b) => byText(a.lot, b.lot));
  return new Map(order.map(({ rater }, index) => [`R${index + 1}`, rater]));
};
