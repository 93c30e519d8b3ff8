/** Counts of what happens, as CloudWatch would sum them: by namespace, metric and one dimension's value. */
export type Metrics = {
  count: (namespace: string, metric: string, dimension?: string) => void;
  /** How many since an instant (milliseconds since 1970, to the second). */
  sum: (namespace: string, metric: string, of: { dimension: string; since: number }) => number;
};

/** Longer than any alarm looks back. */
const keptSeconds = 24 * 3600;

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

export const createMetrics = (now: () => number): Metrics => {
  const series = new Map<string, { second: number; count: number }[]>();

  const count: Metrics['count'] = (namespace, metric, dimension = '') => {
    const key = keyOf(namespace, metric, dimension);
    const points = series.get(key) ?? [];
    series.set(key, points);
    const second = Math.floor(now() / 1000);
    const last = points.at(-1);
    if (last?.second === second) last.count += 1;
    else points.push({ second, count: 1 });
    while ((points[0]?.second ?? second) < second - keptSeconds) points.shift();
  };

  const sum: Metrics['sum'] = (namespace, metric, { dimension, since }) =>
    (series.get(keyOf(namespace, metric, dimension)) ?? [])
      .filter(({ second }) => second * 1000 >= since)
      .reduce((total, point) => total + point.count, 0);

  return { count, sum };
};
