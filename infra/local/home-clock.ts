import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type RehearsalClock, rehearsalClock, wallClock } from '#infra/local/clock.ts';
import { writeWhole } from '#infra/local/files.ts';
import type { Activity, HomeClock } from '#infra/local/ports.ts';

/** The clock of a home, and what its workers need to share it. */
export type ClockOfHome = {
  clock: HomeClock;
  stop: () => void;
  /** Only in rehearsal. */
  rehearsal?: { clock: RehearsalClock; offset: SharedArrayBuffer };
};

const ClockFile = z.object({ offset: z.number() });

/** Real time; in rehearsal, the time that the data folder remembers. */
export const openClock = (dataFolder: string, rehearsal: boolean, { idle }: Activity): ClockOfHome => {
  if (!rehearsal) {
    const clock = wallClock();
    return { clock, stop: clock.stop };
  }
  const file = join(dataFolder, 'clock.json');
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(shared);
  offset[0] = readOffset(file);
  const clock = rehearsalClock(offset[0], {
    idle,
    keep: (next) => {
      // On disk first: after a kill, time must not be earlier than what was stored by it.
      writeWhole(file, JSON.stringify({ offset: next } satisfies z.infer<typeof ClockFile>));
      offset[0] = next;
    },
  });
  return { clock, stop: clock.stop, rehearsal: { clock, offset: shared } };
};

const readOffset = (file: string): number => {
  try {
    return ClockFile.parse(JSON.parse(readFileSync(file, 'utf8'))).offset;
  } catch {
    // The first start: a rehearsal begins at the real time.
    return 0;
  }
};
