import type { Problem } from '#infra/local/alarms/problems.ts';
import type { Released } from '#infra/local/mail/held.ts';
import type { LetterState } from '#infra/local/mail/outbox.ts';
import type { Invocation } from '#infra/local/ports.ts';
import { codeTemplates } from '#shared/letters.ts';

/** A letter as it was handed to the home. */
export type Letter = {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** ISO 8601. */
  at: string;
  headers: Readonly<Record<string, string>>;
  /** Without a mail server letters wait for ever, for the operator to read; after a restore some may be held. */
  state: LetterState;
};

/** One execution of a machine, as the operator sees it; times as ISO 8601. */
export type ExecutionView = {
  name: string;
  machine: string;
  status: string;
  /** Where it stands: one entry for each line that waits. */
  waits: readonly { state: string; doing: string; since: string; until?: string }[];
  startedAt: string;
  stoppedAt?: string;
  error?: string;
  cause?: string;
};

/** What the operator's port tells and does. */
export type OperatorSources = {
  region: string;
  rehearsal: boolean;
  origin: string;
  dataFolder: string;
  now: () => number;
  letters: {
    list: (to?: string) => Promise<Letter[]>;
    find: (id: string) => Promise<Letter | undefined>;
    /** Lets go what a restore held, but for those that have arrived before. */
    release: (except: readonly string[]) => Promise<Released>;
  };
  /** Letters that have not left, the oldest's time, and whether there is a mail server that takes them. */
  backlog: () => { waiting: number; oldest: number | undefined; leaves: boolean };
  executions: {
    list: () => Promise<ExecutionView[]>;
    /** The machine's definition that it follows, and its events as GetExecutionHistory spells them. */
    find: (
      name: string,
    ) => Promise<{ view: ExecutionView; definition: unknown; history: unknown[] } | undefined>;
  };
  schedules: () => { name: string; at: number | undefined }[];
  /** Those that are raised. */
  alarms: () => readonly { name: string; harm: string }[];
  /** What is broken in the home itself. */
  problems: () => readonly Problem[];
  /** What whoever asks for a backup, or outside a rehearsal for an invitation, must show; it is in home.json. */
  secret: string;
  /** Completes a mirror of the data folder; absent where the tables are in another engine. */
  backUp?: (folder: string) => Promise<{ heldMilliseconds: number }>;
  /** Threads of each function. */
  threads: () => Record<string, number>;
  /** What AWS would have billed since the start, by name; counted in a rehearsal only. */
  usage?: () => Record<string, number>;
  /** Absent where time is real. */
  moveClock?: (instant: number) => Promise<void>;
  /** Why the clock cannot go back, if it cannot. */
  boundForward: () => Promise<string | undefined>;
  invite: (invitation: { role: string; locale: string }) => Promise<Invocation>;
};

/** The header by which the application names a letter's template. */
const templateHeader = 'x-irikteu-template';

/**
 * Whoever may see the operator's port of a real region must not be able to sign in as someone else: the codes are
 * covered, and so are the links of referees and of guests.
 */
export const coverCodes = (letter: Letter): Letter => {
  const template = Object.entries(letter.headers).find(
    ([name]) => name.toLowerCase() === templateHeader,
  )?.[1];
  if (template === 'guest-invited' || template?.startsWith('reference-'))
    return { ...letter, text: letter.text.replace(secretLink, '$1••••••') };
  if (template === undefined || !codeTemplates.has(template)) return letter;
  return { ...letter, subject: cover(letter.subject), text: cover(letter.text) };
};

/** A referee's link opens the reference to whoever has it, a guest's makes whoever uses it first a guest. */
const secretLink = /(\/(?:reference|enrol)#)[\w-]+/;

const cover = (text: string): string =>
  text.replaceAll(/(?<!\d)\d{6}(?!\d)|(?<!\d)\d{3} \d{3}(?!\d)/g, '••••••');
