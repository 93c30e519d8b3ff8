import type { Activity } from '#infra/local/ports.ts';

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Counts what is under way in this process. `idle` answers once nothing is, and nothing starts again at once. */
export const createActivity = (): Activity & { underWay: () => number } => {
  let count = 0;
  let waiting: (() => void)[] = [];

  const leave = (): void => {
    count -= 1;
    if (count > 0) return;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    count += 1;
    // Both outcomes are the caller's; here only the end counts.
    work.then(leave, leave);
    return work;
  };

  const nothingUnderWay = (): Promise<void> =>
    new Promise((resolve) => (count === 0 ? resolve() : void waiting.push(resolve)));

  const idle = async (): Promise<void> => {
    for (;;) {
      await nothingUnderWay();
      // What has just ended may be about to start the next thing: two turns let it.
      await turnOfTheLoop();
      await turnOfTheLoop();
      if (count === 0) return;
    }
  };

  return { track, idle, underWay: () => count };
};
