import * as z from 'zod';
import { acceptancesOf, type Cascade, inOrder, isLive, type Seeker } from '#shared/domain/cascade.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { PlaceRemedyKind } from '#shared/domain/remedy.ts';

/**
 * What corrected results come to for one person, as the offers stand now. An offer that was made is never taken back, so what somebody was passed over
 * for is owed by a remedy:
 * - `offer-next`, `extra-place`: would have a post by the corrected order and not by one that offers went by before, and nothing as good is on its
 *   way. A place may come back where somebody holds an offer of it without having accepted for good; else there must be one more;
 * - `promised`: a remedy that counts already names the post;
 * - `due`: is asked with the next offers, in the corrected order;
 * - `accepted`: accepted another post meanwhile, which ended the other wishes;
 * - `placed`: holds something as good;
 * - `keeps`: goes on no more, and keeps the offer; `stopped`: goes on no more and holds none;
 * - `left`: withdrew, or begins later;
 * - `nothing`: by none of the orders more than by the other.
 */
export const EditionOwed = z.enum([
  ...PlaceRemedyKind.options,
  'promised',
  'due',
  'accepted',
  'placed',
  'keeps',
  'stopped',
  'left',
  'nothing',
]);
export type EditionOwed = z.infer<typeof EditionOwed>;

export type OwedTo = {
  seeker: string;
  owed: EditionOwed;
  /** The post that the person would have by the corrected order, where that is what they were passed over for. */
  post?: string;
  /** The offer that they hold, the best where there are several. */
  holds?: { vacancy: string; status: Seeker['offers'][number]['status'] };
};

/**
 * Everybody in the order of the corrected results; those whom nothing is owed are among them.
 * @param now the offers as they stand, by the corrected order
 * @param orders who went on by each of the results, the first first; the last is the corrected one
 * @param posts seats without those that remedies added: what is owed to one person is not owed to the next once it is given
 */
export const owedBy = (
  now: Cascade,
  orders: readonly (readonly string[])[],
  posts: ReadonlyMap<string, number>,
): OwedTo[] => {
  const [corrected = new Map<string, string>(), ...earlier] = orders
    .toReversed()
    .map((order) => fairIn(now, order, posts));
  const seen = { now, corrected, earlier, due: waveOf(now), loose: heldLoosely(now) };
  return Array.from(now.seekers.values(), (seeker) => owedTo(seeker, seen));
};

/** Who would have what by each order, who is asked next, and of what a place may become free. */
type Seen = {
  now: Cascade;
  corrected: ReadonlyMap<string, string>;
  earlier: readonly ReadonlyMap<string, string>[];
  due: ReadonlyMap<string, string>;
  loose: ReadonlySet<string>;
};

type Held = Seeker['offers'][number];

const owedTo = (seeker: Seeker, seen: Seen): OwedTo => {
  const { id, offers, wishes } = seeker;
  const [held] = wishes.flatMap((wish) => offers.filter((one) => one.vacancy === wish && isLive(one)));
  const post = seen.corrected.get(id);
  const owed = owedOf(seeker, { held, post }, seen);
  return {
    seeker: id,
    owed,
    ...(post !== undefined && ofPost.has(owed) && { post }),
    ...(held && { holds: { vacancy: held.vacancy, status: held.status } }),
  };
};

/** What is about the post that somebody was passed over for. */
const ofPost: ReadonlySet<EditionOwed> = new Set([
  ...PlaceRemedyKind.options,
  'promised',
  'due',
  'accepted',
] as const);

const owedOf = (
  seeker: Seeker,
  { held, post }: { held: Held | undefined; post: string | undefined },
  { now, earlier, due, loose }: Seen,
): EditionOwed => {
  const { id, left, stopped, wishes } = seeker;
  if (left) return 'left';
  if (stopped) return held ? 'keeps' : 'stopped';
  const isLess = (other: string | undefined): boolean =>
    other === undefined || wishes.indexOf(post ?? '') < wishes.indexOf(other);
  const isPassed = post !== undefined && earlier.some((fair) => isLess(fair.get(id)));
  if (!isPassed || !isLess(held?.vacancy)) return held ? 'placed' : 'nothing';
  if (acceptancesOf(seeker).length > 0) return 'accepted';
  if (!isLess(due.get(id))) return 'due';
  if (now.first?.some((first) => first.seeker === id && first.vacancies.has(post))) return 'promised';
  return loose.has(post) ? 'offer-next' : 'extra-place';
};

/** Who would have which post had offers gone by this order from the beginning: what people let go stays so, and everything else is given out anew. */
const fairIn = (
  { first: _first, ...state }: Cascade,
  order: readonly string[],
  posts: ReadonlyMap<string, number>,
): ReadonlyMap<string, string> => {
  const seekers = new Map(
    Array.from(state.seekers.values(), (seeker) => {
      const offers = seeker.offers.filter((offer) => !isLive(offer));
      return [seeker.id, { ...seeker, offers }] as const;
    }),
  );
  return waveOf({ ...state, posts, seekers: inOrder(seekers, order) });
};

/** Vacancies of which a place may become free: nobody has it, or somebody has not accepted it for good. */
const heldLoosely = ({ seekers, posts }: Cascade): ReadonlySet<string> => {
  const accepted = new Map<string, number>();
  for (const { offers } of seekers.values()) {
    for (const { vacancy, status } of offers) {
      if (status === 'accepted') accepted.set(vacancy, (accepted.get(vacancy) ?? 0) + 1);
    }
  }
  return new Set(
    [...posts].flatMap(([vacancy, seats]) => ((accepted.get(vacancy) ?? 0) < seats ? vacancy : [])),
  );
};
