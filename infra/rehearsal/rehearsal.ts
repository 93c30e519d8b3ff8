import type { Operator } from '#infra/rehearsal/operator.ts';

/** A home in rehearsal, and how work is done there. */
export type Rehearsal = {
  operator: Operator;
  origin: string;
  /**
   * Does a piece of work and answers what came of it. Where the home may die meanwhile it is done again until it is done, so
   * every piece goes on from what it finds.
   */
  act: <T>(work: () => Promise<T>) => Promise<T>;
};

const day = 86_400_000;
/** Milliseconds in which everything that was set off has come to rest. */
const rest = 130_000;

/**
 * Lets time pass up to a moment, and everything that falls due by then come to rest. Time never goes back.
 * @param instant in milliseconds since 1970
 */
export const until = ({ operator, act }: Rehearsal, instant: number): Promise<void> => {
  let least = 1000;
  return act(async () => {
    const now = Date.parse((await operator.health()).now);
    const moment = Math.max(now + least, instant);
    // What a home leaves that dies meanwhile is taken up again two minutes later.
    least = rest;
    await operator.setClock(new Date(moment).toISOString());
  });
};

export const daysLater = async (rehearsal: Rehearsal, days: number): Promise<void> => {
  const { now } = await rehearsal.act(() => rehearsal.operator.health());
  await until(rehearsal, Date.parse(now) + days * day);
};

/**
 * Lets what was set off come to rest: letters are written, machines go on. In two minutes also what a home that died has left is
 * taken up again.
 */
export const settled = (rehearsal: Rehearsal): Promise<void> => daysLater(rehearsal, rest / day);

/** Does something for each, a few at a time. */
export const eachOf = async <T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> => {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
