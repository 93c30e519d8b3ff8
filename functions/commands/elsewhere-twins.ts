import type { CommandDeps } from '#functions/commands/deps.ts';
import { peopleOf } from '#functions/commands/elsewhere-giving.ts';
import { elsewherePlace, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ruleTwins as decideTwins, type Named } from '#shared/domain/elsewhere-twins.ts';
import { type Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

export type TwinsCommand = CommitteeCommand & {
  /** As `nameOfNewcomer` tells them apart, or the number alone where only one region has it. */
  one: string;
  other: string;
  same: boolean;
};

/**
 * Notes of two people of different regions whether they are one person, whatever mailboxes and telephones say; from then on they count so. Who noted it and when stays in the
 * record; the other way round is noted beside it.
 */
export const ruleTwins = (deps: Deps, command: TwinsCommand): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.receive');
    if (!found.ok) return found;
    const { work, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const people = await peopleOf(deps.records, record.state.arrivals);
    const [one, other] = [namedIn(people, command.one), namedIn(people, command.other)];
    if (!one || !other) {
      const place = one ? 'other' : 'one';
      return refuse({ kind: 'invalid', faults: [{ place, message: 'elsewhere.fault.nobody' }] });
    }
    const ruling = { one, other, same: command.same, by: work.by.id };
    const events = decideTwins(record.state, ruling, deps.clock.now());
    if (!events.ok) return events;
    return events.value.length === 0
      ? ok(undefined)
      : await keepElsewhere(deps, found.value, { events: events.value });
  });

/** Whom somebody typed: `REGION NUMBER`, or the number alone where only one region has it. */
export const namedIn = (people: readonly Newcomer[], typed: string): Named | undefined => {
  const words = typed.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  const [found, ...more] = people.filter((one) => nameOfNewcomer(one) === words || one.number === words);
  return found && more.length === 0 ? { from: found.from, number: found.number } : undefined;
};
