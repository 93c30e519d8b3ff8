import type { RouteDescription } from '#infra/local/template/description.ts';

/** The route that answers a request, with what its path variables hold. */
export type Match = { route: RouteDescription; pathParameters: Record<string, string> };

type Compiled = { route: RouteDescription; method: string; segments: readonly string[] };

/**
 * Chooses as an HTTP API does: among the routes that fit, one that names the whole path before a greedy one, `$default` last;
 * then the one whose path says most from the left; a method before ANY. (API Gateway Developer Guide, "Create routes for HTTP
 * APIs".)
 */
export const routeTable = (routes: readonly RouteDescription[]) => {
  const compiled = routes
    .filter(({ routeKey }) => routeKey !== '$default')
    .map(compile)
    .toSorted(bySpecificity);
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');

  /** @param path decoded, without query */
  return (method: string, path: string): Match | undefined => {
    const parts = path.split('/').slice(1);
    for (const { route, method: wanted, segments } of compiled) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const pathParameters = fit(segments, parts);
      if (pathParameters) return { route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
};

const compile = (route: RouteDescription): Compiled => {
  const [method = 'ANY', path = '/'] = route.routeKey.split(' ');
  return { route, method, segments: path.split('/').slice(1) };
};

/** 0 for a fixed segment, 1 for a variable, 2 for one that takes the rest. */
const vagueness = (segment: string | undefined): number => {
  if (segment === undefined) return 3;
  if (!segment.startsWith('{')) return 0;
  return segment.endsWith('+}') ? 2 : 1;
};

const isGreedy = ({ segments }: Compiled): boolean => segments.at(-1)?.endsWith('+}') ?? false;

const bySpecificity = (a: Compiled, b: Compiled): number => {
  if (isGreedy(a) !== isGreedy(b)) return Number(isGreedy(a)) - Number(isGreedy(b));
  for (let place = 0; place < Math.max(a.segments.length, b.segments.length); place += 1) {
    const difference = vagueness(a.segments[place]) - vagueness(b.segments[place]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
};

const fit = (segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [place, segment] of segments.entries()) {
    const part = parts[place];
    const name = segment.replace(/^\{(.*?)\+?\}$/, '$1');
    if (part === undefined) return undefined;
    if (segment.endsWith('+}')) {
      parameters[name] = parts.slice(place).join('/');
      return parameters[name] === '' ? undefined : parameters;
    }
    if (segment.startsWith('{')) {
      if (part === '') return undefined;
      parameters[name] = part;
    } else if (segment !== part) return undefined;
  }
  return segments.length === parts.length ? parameters : undefined;
};
