import type { CommandDeps } from '#functions/commands/deps.ts';
import { peopleOf } from '#functions/commands/elsewhere-giving.ts';
import { elsewherePlace, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { saidOf } from '#functions/commands/elsewhere-said.ts';
import { namedIn } from '#functions/commands/elsewhere-twins.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { arrivalOf } from '#shared/domain/elsewhere-arrivals.ts';
import { Answer } from '#shared/domain/elsewhere-gone.ts';
import { Said } from '#shared/domain/elsewhere-said.ts';
import {
  askStatement as decideAsk,
  noteSaid as decideNote,
  newestStatement,
} from '#shared/domain/elsewhere-stating.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** As typed: `who` is the region with the number, or the number alone where only one region has it. */
export type SaidCommand = CommitteeCommand & { who: string; answer: string; on: string };

/** Notes what somebody of another region said to the post that was proposed to them, and on which day. */
export const noteSaid = (deps: Deps, command: SaidCommand): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.receive');
    if (!found.ok) return found;
    const { work, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const who = namedIn(await peopleOf(deps.records, record.state.arrivals), command.who);
    const answer = Answer.safeParse(command.answer);
    const on = Said.shape.on.safeParse(command.on);
    if (!who || !answer.success || !on.success) {
      const faults: Fault[] = [
        ...(who ? [] : [{ place: 'number', message: 'elsewhere.fault.nobody' }]),
        ...(answer.success ? [] : [{ place: 'answer', message: 'elsewhere.fault.noAnswer' }]),
        ...(on.success ? [] : [{ place: 'on', message: 'elsewhere.fault.day' }]),
      ];
      return refuse({ kind: 'invalid', faults });
    }
    const said = { by: work.by.id, ...who, answer: answer.data, on: on.data, zone: work.file.timeZone };
    const events = decideNote(record.state, said, deps.clock.now());
    return events.ok ? await keepElsewhere(deps, found.value, { events: events.value }) : events;
  });

/**
 * Lets a statement of what these people answered be sealed and signed for their region. `confirmed` is the number of people that somebody saw; what was stated already changes
 * nothing.
 */
export const askStatement = (
  deps: Deps,
  command: CommitteeCommand & { arrival: number; confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.receive');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    const arrival = record && arrivalOf(record.state, command.arrival);
    if (!record || !arrival) return refuse({ kind: 'not-found', what: 'page' });
    const everyone = await peopleOf(deps.records, record.state.arrivals);
    const own = await peopleOf(deps.records, [arrival]);
    const people = await saidOf(record.state, { own, everyone });
    const { confirmed } = command;
    const zone = work.file.timeZone;
    const decision = { by: work.by.id, arrival: arrival.number, people, confirmed, zone };
    const now = deps.clock.now();
    const events = decideAsk(record.state, decision, now);
    if (!events.ok) return events;
    const statement = (newestStatement(arrival)?.number ?? 0) + 1;
    const body = {
      kind: 'make-statement',
      roundId: round.id,
      arrival: arrival.number,
      statement,
    } as const;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [{ id: `statement#${round.id}#${arrival.number}#${statement}`, at: now, body }],
    });
  });
