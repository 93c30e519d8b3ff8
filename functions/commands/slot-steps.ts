import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, type CommitteeCommand, stands, workplace } from '#functions/commands/workplace.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { tellSteps as decideTelling } from '#shared/domain/slot-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** As many as are planned at once. */
export const maxSlotsTold = 40;

/**
 * Says of times of the whole committee, booked ones too, whether their place is reached without steps. All of them or none; the same again
 * changes nothing. Nobody loses a time by it: whom it no longer suits the secretary sees.
 */
export const tellSteps = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  command: CommitteeCommand & { slots: readonly SlotId[]; stepFree: boolean },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'interview.plan');
    const place = found.ok ? atWork(found.value) : found;
    if (!place.ok) return place;
    const at = { now: deps.clock.now(), zone: place.value.file.timeZone };
    const changes: Change[] = [];
    for (const id of new Set(command.slots)) {
      const slot = await deps.records.find(slotAggregate, id);
      if (slot?.state.roundId !== command.roundId || slot.state.owed)
        return refuse({ kind: 'not-found', what: 'slot' });
      const told = decideTelling(slot.state, command.stepFree, at);
      if (!told.ok) return told;
      if (told.value.length > 0) changes.push(changed(slotAggregate, id, slot, told.value).change);
    }
    if (changes.length === 0) return ok(undefined);
    const stored = await store(deps, { by: place.value.by, changes, requires: stands(place.value) });
    return stored.ok ? ok(undefined) : stored;
  });
