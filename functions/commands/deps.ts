import type { Actor } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { CheckReports } from '#shared/ports/checks.ts';
import type { Files, JoinSlices } from '#shared/ports/files.ts';
import type { DrawPaper, Papers } from '#shared/ports/papers.ts';
import type { ReadLog, Records } from '#shared/ports/records.ts';
import type { Chance, Clock, Nudge } from '#shared/ports/world.ts';

/** What commands need from outside. Each takes the part it uses: `Pick<CommandDeps, 'records' | 'clock'>`. */
export type CommandDeps = {
  records: Records;
  files: Files;
  /** Puts the slices of a file together; its bytes pass through no function that people reach. */
  joinSlices: JoinSlices;
  /** Official papers of rounds, such as minutes. */
  papers: Papers;
  /** A paper that somebody waits for, such as a receipt; it is kept nowhere. */
  drawPaper: DrawPaper;
  /** Every reading of somebody's personal data by staff goes in here before it is answered. */
  readLog: ReadLog;
  /** What the nightly checks came to. */
  checks: CheckReports;
  clock: Clock;
  chance: Chance;
  nudge: Nudge;
  /** The region that this deployment runs; round files of another are refused. */
  region: RegionCode;
};

/**
 * The applicant for whom something is done; another person's application is answered as not found. `assistant` is who does
 * it at the desk, for a person without a mailbox (`commands/assistance.ts`).
 */
export type Applicant = { personId: PersonId; assistant?: PersonId };

/** What is for the person alone is not for whoever acts for them at the desk. */
export const isInPerson = ({ assistant }: Applicant): boolean => assistant === undefined;

export const actorOf = ({ personId, assistant }: Applicant): Actor =>
  assistant === undefined
    ? { kind: 'person', id: personId, role: 'applicant' }
    : { kind: 'person', id: assistant, role: 'desk' };

/** What a state machine does by itself. */
export const workflow: Actor = { kind: 'system', name: 'workflow' };
