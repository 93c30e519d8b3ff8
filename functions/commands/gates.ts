import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

/**
 * Stores the task token with which a round's machine waits for people, before anyone is told. A round that has
 * moved on refuses with `wrong-stage`: the step then answers its own task and the machine re-reads the round.
 */
export const openGate = (
  _deps: CommandDeps,
  _command: { roundId: RoundId; token: string },
): Promise<Result<Versioned<Gate>, Refusal>> => Promise.reject(new Error('Not written yet.'));
