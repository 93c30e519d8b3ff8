import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import type { Minutes } from './minutes.ts';
import type { MinutesCrossed } from './minutes-crossed.ts';

/** Who was handed over to other regions, and what came of it by now; what they handed over for the own posts. */
export const gatheredCrossed = (elsewhere: Elsewhere | undefined): Pick<Minutes, 'elsewhere'> => {
  if (!elsewhere) return {};
  const handed = elsewhere.lists.flatMap(({ region, handed: packet, outcome }) =>
    packet
      ? [
          {
            region,
            at: packet.at,
            people: packet.people,
            ...(outcome?.confirmed && { posts: outcome.posts.length }),
          },
        ]
      : [],
  );
  const own = ownOf(elsewhere);
  return handed.length > 0 || own ? { elsewhere: { handed, ...(own && { own }) } } : {};
};

const ownOf = ({ own, arrivals = [], given }: Elsewhere): MinutesCrossed['own'] => {
  if (!own) return undefined;
  const counting = arrivals.filter(({ status }) => status === 'confirmed');
  const people = counting.reduce((sum, packet) => sum + packet.people, 0);
  return { at: own.askedAt, posts: own.posts, people, ...(given && { proposed: given.posts.length }) };
};
