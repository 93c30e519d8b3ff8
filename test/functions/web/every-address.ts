import { operations } from '#functions/api/app.ts';
import type { Route } from '#functions/http/authorize.ts';
import { routes } from '#functions/web/routes.ts';
import type { Instant } from '#shared/domain/time.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import type { World } from '#test/builders/scenes.ts';

/** Every route of pages and API. */
const everyRoute = (world: World): readonly Route[] => {
  const deps = { ...world, people: memoryPeople(), publicOrigin: '', sendCode: async () => {} };
  return [...routes(deps), ...operations(deps)];
};

/** A route's address with what its places stand for; `X` for the others. */
const filledIn = ({ path }: Pick<Route, 'path'>, ids: Partial<Record<string, string>>): string =>
  path
    .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
    .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => ids[name] ?? 'X');

/** Every address of pages and API that changes something, for one application of one round. */
export const everyChange = (
  world: World,
  ids: Partial<Record<string, string>>,
): { method: 'POST' | 'PUT' | 'DELETE'; address: string }[] =>
  everyRoute(world).flatMap((route) =>
    route.method === 'GET' ? [] : [{ method: route.method, address: filledIn(route, ids) }],
  );

/**
 * Every address of pages and API that a GET may ask, for one application of one round; lists in each of their files, and what can be looked at
 * as it was at each of the moments.
 */
export const everyAddress = (
  world: World,
  ids: Partial<Record<string, string>>,
  moments: readonly Instant[] = [],
): string[] =>
  everyRoute(world)
    .filter(({ method }) => method === 'GET')
    .flatMap((route) =>
      route.path.includes('/:until')
        ? ['X', ...moments].map((until) => ({ route, at: { ...ids, until } }))
        : [{ route, at: ids }],
    )
    .flatMap(({ route, at }) => {
      const filled = filledIn(route, at);
      return route.path.includes('/lists/:file')
        ? ['applications', 'scores', 'ranking'].flatMap((list) =>
            ['csv', 'xlsx'].flatMap((type) => {
              const file = filled.replace(/[^/]*$/, `${list}.${type}`);
              return list === 'scores' ? [file, file + ofInterviews] : [file];
            }),
          )
        : route.path.includes('/evaluation-sheet')
          ? [
              filled
                .replace(/evaluation-sheets\/[^/]*$/, 'evaluation-sheets/1-en.pdf')
                .replace(/evaluation-sheet\/[^/]*$/, 'evaluation-sheet/en.pdf'),
            ]
          : queriesOf(route).map((query) => filled + query);
    });

const queriesOf = ({ path }: Pick<Route, 'path'>): string[] => [
  '',
  ...(tried[path.replaceAll(/\{[^}]*\}/g, '')] ?? []),
];

const ofInterviews = '?part=interviews';

const formula = `?formula=${encodeURIComponent('count(score) + coalesce(total, 0)')}`;

/** What an address tells only where it is asked for something. */
const tried: Readonly<Record<string, readonly string[]>> = {
  '/:locale/committee/rounds/:round': ['?formulas=shown'],
  '/:locale/committee/rounds/:round/formulas': [formula],
  '/api/rounds/:round/formula-values': [formula],
  '/:locale/committee/rounds/:round/charts': [ofInterviews],
  '/api/rounds/:round/charts': [ofInterviews],
  '/api/rounds/:round/lists/scores': [ofInterviews],
  '/api/rounds/:round/replay/:until/lists/scores': [ofInterviews],
};
