import type { CascadeEvent } from '#shared/domain/cascade.ts';

/*
 * The offers of a round from the rules in words, without anything of the product: after each step everybody who goes on is looked at, best
 * first, and asked for the best post that they want and that is free. Where nothing is kept that is all there is to it.
 */

type Story = {
  people: readonly { id: string; wishes: readonly string[] }[];
  posts: ReadonlyMap<string, number>;
  limits: readonly { posts: number; vacancies: ReadonlySet<string> }[];
};

type Held = { id: string; vacancy: string; status: string };

const live = new Set(['open', 'conditional', 'accepted']);
const settled = new Set(['conditional', 'accepted']);

/** @returns what everybody holds in the end: `1 open A` */
export const slowStory = (
  { people, posts: seats, limits }: Story,
  steps: readonly CascadeEvent[],
): string[] => {
  const posts = new Map(seats);
  const offers: Held[] = [];
  const gone = new Set<string>();
  let order = people.map(({ id }) => id);

  const holds = (id: string): Held[] => offers.filter((one) => one.id === id && live.has(one.status));
  const peopleAt = (inside: (vacancy: string) => boolean): number =>
    offers.filter(({ vacancy, status }) => live.has(status) && inside(vacancy)).length;
  const isFree = (vacancy: string): boolean =>
    peopleAt((other) => other === vacancy) < (posts.get(vacancy) ?? 0) &&
    limits.every(
      (limit) => !limit.vacancies.has(vacancy) || peopleAt((one) => limit.vacancies.has(one)) < limit.posts,
    );
  const wants = (id: string): string[] => {
    const wishes = people.find((one) => one.id === id)?.wishes ?? [];
    if (gone.has(id) || holds(id).some(({ status }) => settled.has(status))) return [];
    const best = wishes.findIndex((wish) => holds(id).some(({ vacancy }) => vacancy === wish));
    const better = best === -1 ? wishes : wishes.slice(0, best);
    return better.filter((wish) => !offers.some((one) => one.id === id && one.vacancy === wish));
  };
  const ask = (): void => {
    for (const id of order) {
      const vacancy = wants(id).find(isFree);
      if (vacancy !== undefined) offers.push({ id, vacancy, status: 'open' });
    }
  };
  const take = (event: CascadeEvent): void => {
    if (event.type === 'reranked') order = [...event.order];
    else if (event.type === 'capacity-changed') posts.set(event.vacancy, event.posts);
    else if (event.type === 'withdrawn' || event.type === 'deferred') {
      gone.add(event.seeker);
      for (const one of holds(event.seeker)) one.status = 'closed';
    } else if ('vacancy' in event) {
      const answered = holds(event.seeker).find(({ vacancy }) => vacancy === event.vacancy);
      const accepts = event.type === 'accepted' || event.type === 'accepted-conditionally';
      if (accepts) for (const one of holds(event.seeker)) one.status = 'closed';
      if (answered) answered.status = event.type === 'accepted-conditionally' ? 'conditional' : event.type;
    }
  };
  ask();
  for (const event of steps) {
    take(event);
    ask();
  }
  return offers
    .filter(({ status }) => live.has(status))
    .map(({ id, vacancy, status }) => `${id} ${status} ${vacancy}`);
};
