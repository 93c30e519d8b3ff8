import type { CommandDeps } from '#functions/commands/deps.ts';
import { elsewherePlace, keepBrought, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { isUntold } from '#shared/domain/elsewhere-choices.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import {
  bringOutcome as decideBring,
  confirmOutcome as decideConfirm,
} from '#shared/domain/elsewhere-outcome.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import { readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type ListCommand = CommitteeCommand & { list: number };

/** Who was handed over for a list and does not know yet what came of it. */
export const untoldOf = (
  { contenders }: Pick<OfferBoard, 'contenders'>,
  list: Sha256,
): OfferBoard['contenders'] => contenders.filter(({ state }) => isUntold(state, list));

/**
 * Brings the file in which another region says what became of the people of a packet. Every fault is answered and nothing is kept of a file that has one; one without waits for another person.
 * @returns `isKnown` where it was brought already
 */
export const bringOutcome = async (
  deps: Deps,
  command: ListCommand & { file: Uint8Array },
): Promise<Result<{ isKnown: boolean }, Refusal>> => {
  const text = readUtf8(command.file);
  const read = text === undefined ? undefined : await readPacketOutcome(text);
  return await decideAgain(async (): Promise<Result<{ isKnown: boolean }, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.outcome');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    if (!read)
      return refuse({ kind: 'invalid', faults: [{ place: 'outcome', message: 'elsewhere.fault.outcome' }] });
    if (!read.ok) return refuse({ kind: 'invalid', faults: read.error });
    const brought = { by: work.by.id, roundId: round.id, list: command.list, read: read.value };
    return await keepBrought(deps, found.value, decideBring(record.state, brought, deps.clock.now()));
  });
};

/** Lets everyone of the packet be told what became of them. `outcome` is the SHA-256 of the one that somebody looked at, and `confirmed` the number of people. */
export const confirmOutcome = (
  deps: Deps,
  command: ListCommand & { outcome: string; confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.outcome');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    const list = record && listOf(record.state, command.list);
    if (!record || !list) return refuse({ kind: 'not-found', what: 'page' });
    const untold = untoldOf(await offerBoard(deps, round), list.sha256).length;
    const { outcome, confirmed } = command;
    const decision = { by: work.by.id, list: list.number, outcome, untold, confirmed };
    const now = deps.clock.now();
    const events = decideConfirm(record.state, decision, now);
    if (!events.ok) return events;
    const { roundId } = command;
    const body = { kind: 'tell-elsewhere', roundId, list: list.number, about: 'outcome' } as const;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [{ id: `elsewhere-outcome#${roundId}#${list.number}`, at: now, body }],
    });
  });
