import { Nudged, type NudgedRow } from '#shared/domain/outbox.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Outbox } from '#shared/ports/outbox.ts';
import type { Clock, Nudge } from '#shared/ports/world.ts';

/** Rows that are looked for at once. */
const pageSize = 50;

/** The clocks of two functions may differ by so many seconds: what was written as due now is due. */
const clocksDiffer = 2;

/** Rows that are named, and whether everything else that is due is looked for as well. */
type Taken = { rows: readonly NudgedRow[]; looks: boolean };

/**
 * What deliveries write, or ask to be looked for: the invocation that makes them goes on with it. A new instance begins by
 * looking for everything, since what came before may have been cut.
 */
export const writtenRows = (): { nudge: Nudge; take: () => Taken } => {
  let rows: NudgedRow[] = [];
  let unnamed = true;
  return {
    nudge: {
      outbox: async (more) => {
        rows = [...rows, ...(more ?? [])];
        unnamed ||= more === undefined;
      },
    },
    take: () => {
      const taken = { rows, looks: unnamed };
      rows = [];
      unnamed = false;
      return taken;
    },
  };
};

type Deps = { outbox: Pick<Outbox, 'due'>; clock: Clock; written: ReturnType<typeof writtenRows> };

/**
 * Which rows an invocation takes: after a nudge those that it names, then what delivering them wrote. Any other event
 * looks for everything that is due, page by page, and beside it takes what was just written, which an index may not show yet. A row
 * whose time has not come waits for that.
 * @returns names for each call, none at the end
 */
export const rowsFor = ({ outbox, clock, written }: Deps, event: unknown): (() => Promise<string[]>) => {
  const lookFor = async (): Promise<string[]> =>
    (await outbox.due(clock.now(), pageSize)).map(({ id }) => id);
  const due = (rows: readonly NudgedRow[]): string[] => {
    const now = addSeconds(clock.now(), clocksDiffer);
    return rows.filter(({ at }) => at <= now).map(({ id }) => id);
  };
  const nudged = Nudged.safeParse(event).data;
  let first: readonly NudgedRow[] = nudged?.rows ?? [];
  let looks = nudged === undefined;
  return async () => {
    const named = due(first);
    first = [];
    if (named.length > 0) return named;
    const more = written.take();
    looks ||= more.looks;
    const names = due(more.rows);
    return looks ? [...new Set([...names, ...(await lookFor())])] : names;
  };
};
