import type { AlarmState } from '#infra/local/alarms/alarms.ts';
import type { HomeLog } from '#infra/local/ports.ts';

/** Something of this machine that is broken now; `since` in milliseconds since 1970, of the machine's own clock. */
export type Problem = { code: string; harm: string; since: number; count: number };

type Known = {
  /** What people suffer, and what to do. */
  harm: string;
  /** How long after the last line it still stands; without it until `over` is logged or the home stops. */
  minutes?: number;
  /** The code that ends it. */
  over?: string;
};

/**
 * Codes of the home's own log that somebody must hear of. On AWS these parts are AWS's, so the templates have no
 * alarms for them.
 */
export const knownProblems: Readonly<Record<string, Known>> = {
  SMTP_DOWN: {
    harm: 'No letter leaves: the mail server is out of reach. Letters wait; check SMTP_URL and the server.',
    over: 'SMTP_BACK',
  },
  LETTER_REFUSED: {
    harm: 'A person misses a letter: the mail server will not take it. The operator’s page shows which.',
    minutes: 24 * 60,
  },
  OUTBOX_FAILED: {
    harm: 'Letters come late: where they stand cannot be written. Check the disk.',
    minutes: 15,
  },
  ENGINE_FAILED: { harm: 'Nothing can be read or stored: the engine cannot be run. Reinstall with npm ci.' },
  ENGINE_DIED: {
    harm: 'People saw errors while the engine was started again. home.log has its last words.',
    minutes: 60,
  },
  EXPIRY_FAILED: { harm: 'What should be forgotten is kept. home.log says why.', minutes: 60 },
  DISK_FULL: { harm: 'Nothing can be stored: the disk is full. Make room.', minutes: 15 },
  S3_DISK_FULL: { harm: 'Uploads are refused: the disk is full. Make room.', minutes: 15 },
  S3_FAILED: { harm: 'An upload or a download failed. home.log says why.', minutes: 60 },
  S3_OBJECT_DAMAGED: {
    harm: 'A document cannot be read: its file is not what was written. Check the disk; take the file from a backup.',
  },
  S3_EVENT_NOT_TAKEN: {
    harm: 'An uploaded document stays “being checked”. functions.log says why; it is told again.',
    minutes: 30,
  },
  S3_EVENT_GIVEN_UP: {
    harm: 'An uploaded document stays “being checked” until the home is started again. functions.log says why.',
  },
  S3_FORGETTING_FAILED: {
    harm: 'Files that should be forgotten are kept. home.log says why.',
    minutes: 26 * 60,
  },
  EXECUTION_NOT_WRITTEN: {
    harm: 'A round does not go on: its execution cannot be written. Check the disk.',
    minutes: 15,
  },
  STEP_FUNCTIONS_REQUEST_FAILED: {
    harm: 'A round was not started or resumed at once; the outbox and the sweep come again. home.log says why.',
    minutes: 60,
  },
  SCHEDULES_NOT_KEPT: { harm: 'After a restart, schedules may run twice. Check the disk.', minutes: 60 },
  SERVICE_FAILED: { harm: 'A service of the home failed. home.log says why.', minutes: 60 },
};

/** The codes of some parts are written in lower case with dashes. */
export const spelt = (code: string): string => code.toUpperCase().replaceAll('-', '_');

export type Problems = {
  /** Passes lines on, and remembers those that somebody must hear of. */
  watching: (log: HomeLog) => HomeLog;
  /** Adds what needs no line because it can be looked at: it stands for as long as it is given. */
  alsoSee: (standing: () => Problem[]) => void;
  /** What stands now, the oldest first. */
  standing: () => Problem[];
  /** Tells about each that is new, at the next look again when it could not be told. */
  look: (tell: (state: AlarmState) => Promise<void>) => void;
};

type Entry = Problem & { last: number };

/** @param now real time: a problem is about this machine, also in a rehearsal */
export const createProblems = (now: () => number): Problems => {
  const entries = new Map<string, Entry>();
  const seen: (() => Problem[])[] = [];
  const told = new Set<string>();

  const note = (code: string): void => {
    const known = knownProblems[code];
    const ended = Object.entries(knownProblems).find(([, { over }]) => over === code)?.[0];
    if (ended !== undefined) entries.delete(ended);
    if (!known) return;
    forgetOld();
    const at = now();
    const { since = at, count = 0 } = entries.get(code) ?? {};
    entries.set(code, { code, harm: known.harm, since, count: count + 1, last: at });
  };

  const forgetOld = (): void => {
    for (const { code, last } of entries.values()) {
      const minutes = knownProblems[code]?.minutes ?? Infinity;
      if (now() - last >= minutes * 60_000) entries.delete(code);
    }
  };

  const standing = (): Problem[] => {
    forgetOld();
    const logged = [...entries.values()].map(({ last: _last, ...problem }) => problem);
    return [...logged, ...seen.flatMap((look) => look())].toSorted((a, b) => a.since - b.since);
  };

  return {
    watching: (log) => (code, message, facts) => {
      log(code, message, facts);
      note(spelt(code));
    },
    alsoSee: (look) => void seen.push(look),
    standing,
    look: (tell) => {
      const all = standing();
      for (const code of told) if (!all.some((problem) => problem.code === code)) told.delete(code);
      for (const { code, harm } of all) {
        if (told.has(code)) continue;
        told.add(code);
        tell({ name: code, harm, raised: true }).catch(() => told.delete(code));
      }
    },
  };
};
