/** Runs that are begun only while there is time: a soak ends on a busy machine too, and says how far it came. */
export type Budget = {
  /** Whether one more run is begun; the first always is. */
  begin: () => boolean;
  /** Adds to a figure of the report. */
  count: (figure: string, by?: number) => void;
  report: () => void;
};

/** @param minutes without them (a sample) every run is begun and nothing is printed */
export const openBudget = (what: string, minutes: number | undefined): Budget => {
  const started = performance.now();
  const figures = new Map<string, number>();
  const count: Budget['count'] = (figure, by = 1) =>
    void figures.set(figure, (figures.get(figure) ?? 0) + by);
  const seconds = (): number => (performance.now() - started) / 1000;
  return {
    begin: () => {
      const isTime = minutes === undefined || !figures.has('runs') || seconds() < minutes * 60;
      count(isTime ? 'runs' : 'left out');
      return isTime;
    },
    count,
    report: () => {
      if (minutes === undefined) return;
      const words = [...figures].map(([figure, number]) => `${number} ${figure}`).join(', ');
      process.stdout.write(`${what}: ${words}, in ${Math.round(seconds())} s\n`);
    },
  };
};

/** Of a soak, so that a try can be shorter: `SOAK=1 SOAK_MINUTES=2`. Undefined for a sample. */
export const minutesOf = (usual: number): number | undefined =>
  process.env['SOAK'] ? Number(process.env['SOAK_MINUTES'] ?? usual) : undefined;
