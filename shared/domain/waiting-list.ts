import { type Cascade, openWishes, type Seeker } from '#shared/domain/cascade.ts';
import type { PostLimit } from '#shared/domain/post-caps.ts';

/** Where somebody stands for a post that they wish and have not been offered. */
export type WaitingPlace = {
  vacancy: string;
  /** 1 where nobody who waits for this post now comes before. */
  position: number;
  /**
   * The last place that this can become: it counts everybody with a better rank who may still come to want one of these seats. People
   * who hold an offer that they would rather have are among them, and where a limit binds those who compete for another post under it;
   * where posts are kept for others under it, also whoever has a worse rank and may still come to want one of those.
   */
  atWorst: number;
  /** Seats, those that somebody accepted, and those that an offer holds until it is answered. */
  posts: number;
  accepted: number;
  held: number;
  /** The round file's number of posts or a quota leaves fewer posts than there are: what another takes may be the last of them. */
  isLimited: boolean;
  /** Under that limit posts of other vacancies are kept, and somebody with a worse rank may still be asked before because of it. */
  isKept: boolean;
};

/**
 * Everybody's places on the waiting lists, by the person, in the order of their wishes; who waits for nothing is not in it. Nobody ever
 * comes behind `atWorst` while ranks and limits stay and no further remedy puts somebody first: an offer goes to the best rank that wants
 * the post, and a post that was let go, a final acceptance and a withdrawal end the wish for good. `position` is what that comes to as
 * things stand. Whom a remedy puts first stands before everybody, behind those alone to whom one was granted earlier.
 * @param asked whose places alone are wanted, where it is not everybody's: all the others are counted, and nothing more
 */
export const waitingList = (
  state: Cascade,
  asked?: ReadonlySet<string>,
): ReadonlyMap<string, readonly WaitingPlace[]> => {
  const [accepted, held] = [counter<string>(), counter<string>()];
  for (const { vacancy, status } of [...state.seekers.values()].flatMap(({ offers }) => offers)) {
    if (status === 'accepted' || status === 'conditional') accepted.add([vacancy]);
    if (status === 'open') held.add([vacancy]);
  }
  const rivals = rivalsIn(state);
  const groups = [...new Set([...rivals.values()].flatMap(({ limited, kept }) => [limited, kept]))];
  const groupsOf = (possible: readonly string[]): Group[] =>
    groups.filter((group) => possible.some((vacancy) => group.has(vacancy)));
  const everybody = counter<Group>();
  for (const seeker of state.seekers.values()) everybody.add(groupsOf(possibleWishes(seeker)));
  const [before, everBefore] = [counter<string>(), counter<string | Group>()];
  const places = new Map<string, readonly WaitingPlace[]>();
  const first = putFirst(state);
  for (const seeker of state.seekers.values()) {
    const open = openWishes(seeker);
    const possible = possibleWishes(seeker);
    const inGroups = groupsOf(possible);
    const behind = (group: Group): number =>
      everybody.of(group) - everBefore.of(group) - (inGroups.includes(group) ? 1 : 0);
    const own = (asked?.has(seeker.id) === false ? [] : open).map((vacancy) => {
      const { limited, kept } = rivals.get(vacancy) ?? {};
      const mayPass = kept ? behind(kept) : 0;
      const rank = { position: before.of(vacancy), atWorst: everBefore.of(limited ?? vacancy) + mayPass };
      const { position, atWorst } = first(seeker.id, vacancy, { limited, rank });
      return {
        vacancy,
        position: position + 1,
        atWorst: atWorst + 1,
        posts: state.posts.get(vacancy) ?? 0,
        accepted: accepted.of(vacancy),
        held: held.of(vacancy),
        isLimited: limited !== undefined,
        isKept: mayPass > 0,
      };
    });
    if (own.length > 0) places.set(seeker.id, own);
    before.add(open);
    everBefore.add(possible);
    everBefore.add(inGroups);
  }
  return places;
};

type Group = ReadonlySet<string>;

type Before = { position: number; atWorst: number };

/** How many come before somebody who waits for a vacancy, once those whom remedies put first are counted before everybody else. */
const putFirst = (state: Cascade) => {
  const ranks = new Map([...state.seekers.keys()].map((id, rank) => [id, rank]));
  const rankOf = (id: string): number => ranks.get(id) ?? Infinity;
  const granted = (state.first ?? []).flatMap(({ seeker: id, vacancies }) => {
    const seeker = state.seekers.get(id);
    if (!seeker) return [];
    const among = (wishes: readonly string[]): readonly string[] =>
      wishes.filter((wish) => vacancies.has(wish));
    return [{ id, open: among(openWishes(seeker)), possible: among(possibleWishes(seeker)) }];
  });
  return (
    id: string,
    vacancy: string,
    { limited, rank }: { limited: Group | undefined; rank: Before },
  ): Before => {
    const own = granted.findIndex((one) => one.id === id && one.open.includes(vacancy));
    const isFirst = own !== -1;
    const others = (isFirst ? granted.slice(0, own) : granted).filter(
      (one) => one.id !== id && (isFirst || rankOf(one.id) > rankOf(id)),
    );
    const people = (some: typeof granted): number => new Set(some.map((one) => one.id)).size;
    const rivals = limited ?? new Set([vacancy]);
    const open = people(others.filter((one) => one.open.includes(vacancy)));
    const ever = people(others.filter((one) => one.possible.some((wish) => rivals.has(wish))));
    return isFirst
      ? { position: open, atWorst: ever }
      : { position: rank.position + open, atWorst: rank.atWorst + ever };
  };
};

/** `limited`: vacancies that share limits which leave fewer posts than there are. `kept`: those of them of which posts are kept for others. */
type Rivals = { limited: Group; kept: Group };

/** Whose wishes may be asked before somebody who wants the vacancy, by the vacancy; none where no limit can bind. */
const rivalsIn = ({ posts, limits, reserves = [] }: Cascade): ReadonlyMap<string, Rivals> => {
  const binding = limits.filter((limit) => {
    const all = [...limit.vacancies].reduce((sum, vacancy) => sum + (posts.get(vacancy) ?? 0), 0);
    return all > limit.posts;
  });
  const known = new Map<string, Rivals>();
  const rivals = new Map<string, Rivals>();
  for (const vacancy of posts.keys()) {
    const own = binding.filter(({ vacancies }) => vacancies.has(vacancy));
    if (own.length === 0) continue;
    const others = reserves.filter(({ vacancies }) => !vacancies.has(vacancy));
    const name = [...own.map((limit) => limits.indexOf(limit)), ...others.map(({ code }) => code)].join(' ');
    const group = known.get(name) ?? rivalsUnder(own, others);
    known.set(name, group);
    rivals.set(vacancy, group);
  }
  return rivals;
};

const rivalsUnder = (limits: readonly PostLimit[], reserves: readonly PostLimit[]): Rivals => {
  const limited = new Set(limits.flatMap(({ vacancies }) => Array.from(vacancies)));
  const kept = reserves.flatMap(({ vacancies }) => [...vacancies].filter((one) => limited.has(one)));
  return { limited, kept: new Set(kept) };
};

/** What a person may still come to want: every wish that was not offered yet, until they have accepted for good or are out. */
const possibleWishes = ({ wishes, offers, left, stopped }: Seeker): string[] => {
  if (left || stopped || offers.some(({ status }) => status === 'accepted')) return [];
  const asked = new Set(offers.map(({ vacancy }) => vacancy));
  return wishes.filter((vacancy) => !asked.has(vacancy));
};

const counter = <Key>() => {
  const counts = new Map<Key, number>();
  return {
    add: (keys: Iterable<Key>): void => {
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    of: (key: Key): number => counts.get(key) ?? 0,
  };
};
