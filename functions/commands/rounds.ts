import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

type Answer<T = Versioned<Round>> = Promise<Result<T, Refusal>>;

/** A round with what it was drafted or opened with: its file and its vacancies, read by their SHA-256. */
export type RoundView = { round: Round; version: number; file: RoundFile; vacancies: readonly Vacancy[] };

/** `file` are the uploaded bytes, whose SHA-256 is kept. Reads a round file and drafts a round from it, or replaces the file of the draft named by `roundId`. */
export const importRoundFile = (
  _deps: CommandDeps,
  _command: { by: Actor; file: Uint8Array; roundId?: RoundId },
): Answer => Promise.reject(new Error('Not written yet.'));

/** Reads vacancies from the bytes of a CSV file (UTF-8) and makes them the register of a draft. */
export const importVacancies = (
  _deps: CommandDeps,
  _command: { by: Actor; roundId: RoundId; file: Uint8Array },
): Answer => Promise.reject(new Error('Not written yet.'));

/** What an administrator looks at before opening, in any stage. */
export const previewRound = (_deps: CommandDeps, _roundId: RoundId): Answer<RoundView> =>
  Promise.reject(new Error('Not written yet.'));

/** Opens the call, pins file and register, and asks for the execution. */
export const openCall = (_deps: CommandDeps, _command: { by: Actor; roundId: RoundId }): Answer =>
  Promise.reject(new Error('Not written yet.'));

/** Moves the deadline to a later moment and writes to everyone who has begun. */
export const extendDeadline = (
  _deps: CommandDeps,
  _command: { by: Actor; roundId: RoundId; closesAt: Instant },
): Answer => Promise.reject(new Error('Not written yet.'));

/** Ends the call at its deadline; the machine asks for it. `too-early` names the deadline that stands. */
export const closeCall = (_deps: CommandDeps, _roundId: RoundId): Answer =>
  Promise.reject(new Error('Not written yet.'));

/** Cancels a round with a reason (typed text, kept as a document), lets its gate go and writes to everyone. */
export const cancelRound = (
  _deps: CommandDeps,
  _command: { by: Actor; roundId: RoundId; reason: string },
): Answer => Promise.reject(new Error('Not written yet.'));

/** Asks for another execution of a round whose own is gone (the sweep does). */
export const restartRound = (_deps: CommandDeps, _roundId: RoundId): Answer =>
  Promise.reject(new Error('Not written yet.'));

/** All rounds of the region, newest first. */
export const listRounds = (
  _deps: CommandDeps,
  _page?: { limit?: number; after?: string },
): Promise<{ items: Versioned<Round>[]; next?: string }> => Promise.reject(new Error('Not written yet.'));

/** What the public sees of a round: nothing of a draft. `open` says whether people may apply now. */
export const publicCall = (_deps: CommandDeps, _roundId: RoundId): Answer<RoundView & { open: boolean }> =>
  Promise.reject(new Error('Not written yet.'));

/** The public's list: every round but drafts, newest first, with its file. */
export const publicCalls = (
  _deps: CommandDeps,
): Promise<(Omit<RoundView, 'vacancies'> & { open: boolean })[]> =>
  Promise.reject(new Error('Not written yet.'));
