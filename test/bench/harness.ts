import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** One measured figure over n runs. */
export type Figure = { n: number; min: number; median: number; max: number };

/** One of our figures beside a peer or a limit that was measured in the same run. */
export type Row = {
  section: string;
  what: string;
  unit: string;
  ours: Figure;
  against: { what: string; figure: Figure };
  /** ours / against, of the medians. */
  ratio: number;
  /** In words, with its source in PERFORMANCE figures; informs, never fails a build. */
  goal: string;
};

const rows: Row[] = [];

export const figureOf = (samples: readonly number[]): Figure => {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return {
    n: sorted.length,
    min: at(0),
    median: at(Math.floor(sorted.length / 2)),
    max: at(sorted.length - 1),
  };
};

/** A figure that does not vary: bytes, a fixed limit. */
export const constant = (value: number): Figure => ({ n: 1, min: value, median: value, max: value });

/**
 * Runs two pieces of work in turn, A B A B, so that a drifting machine drifts under both.
 * @param n counted runs of each, after one that is not counted
 * @returns what each run answered, in the unit of the work itself
 */
export const inTurn = async (
  n: number,
  a: () => Promise<number> | number,
  b: () => Promise<number> | number,
): Promise<[Figure, Figure]> => {
  const samples: [number[], number[]] = [[], []];
  for (let round = 0; round <= n; round += 1) {
    const first = await a();
    const second = await b();
    if (round > 0) {
      samples[0].push(first);
      samples[1].push(second);
    }
  }
  return [figureOf(samples[0]), figureOf(samples[1])];
};

/** @returns operations per second of `work` done `count` times with `parallel` under way at once */
export const ratePerSecond = async (
  count: number,
  parallel: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: parallel }, lane));
  return (count * 1000) / (performance.now() - start);
};

export const record = (row: Omit<Row, 'ratio'>): void => {
  const whole = { ...row, ratio: row.ours.median / row.against.figure.median };
  rows.push(whole);
  process.stdout.write(`${lineOf(whole)}\n`);
};

export const heading = (text: string): void => {
  process.stdout.write(`\n${text}\n`);
};

/** Writes every row of this run, and the machine it was measured on, to bench/results.json. */
export const writeResults = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  await writeFile(`${folder}/results.json`, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
};

const short = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

const spread = ({ n, min, median, max }: Figure): string =>
  n === 1 ? short(median) : `${short(median)} (${short(min)}–${short(max)}, n ${n})`;

const lineOf = ({ what, unit, ours, against, ratio, goal }: Row): string =>
  [
    `  ${what}: ${spread(ours)} ${unit}`,
    `    beside ${against.what}: ${spread(against.figure)} ${unit} → ratio ${ratio.toPrecision(3)}`,
    `    goal: ${goal}`,
  ].join('\n');
