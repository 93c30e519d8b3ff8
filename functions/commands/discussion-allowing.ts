import { awaitedAt } from '#functions/commands/awaited-cards.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { wallAt } from '#functions/commands/discussion-waiting.ts';
import { storeSteps } from '#functions/commands/discussions.ts';
import { meetingRoom } from '#functions/commands/meeting-room.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import { atGate, type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import { type Discussions, discussionsAggregate, lastDiscussion } from '#shared/domain/discussion.ts';
import { allowItem } from '#shared/domain/discussion-awaiting.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

/**
 * Has an application of the discussion that goes on discussed before all cards of it are in: whoever presides over it says why, also where that
 * is not who leads now. It goes by no version, so that a reason is not lost because a step was taken meanwhile.
 */
export const allowItemOf = async (
  deps: Deps,
  command: CommitteeCommand & { number: string; reason: string },
): Promise<Result<Versioned<Discussions>, Refusal>> => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Promise<Result<Versioned<Discussions>, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'discussion.lead');
    const place = found.ok ? atGate(found.value) : found;
    if (!place.ok) return place;
    const { gate, by } = place.value;
    if (gate.state.status === 'decided') {
      return refuse({ kind: 'already-decided', decidedAt: gate.state.decidedAt });
    }
    const before = await deps.records.find(discussionsAggregate, gate.id);
    const discussion = lastDiscussion(before?.state);
    if (!before || !discussion) return refuse({ kind: 'changed-meanwhile' });
    const room = await meetingRoom(deps, place.value);
    const wall = wallAt({ place: place.value, room });
    const number = command.number.trim().toUpperCase();
    const item = discussion.items.find((one) => one.number === number && !wall(one.applicationId));
    if (!item) return unknown(number);
    const { awaited, requires } = await awaitedAt(deps, place.value, [item]);
    const { applicationId } = item;
    const allowing = { by: by.id, applicationId, awaited, reason: reason.value.ref };
    const decision = allowItem(discussion, room, allowing, deps.clock.now());
    if (!decision.ok) return decision;
    const steps = { before, events: decision.value, requires, reason: reason.value };
    return await storeSteps(deps, place.value, steps);
  });
};

/** What is closed to somebody is no more found than a wrong number. */
const unknown = (number: string): Result<never, Refusal> => {
  const facts = { numbers: number.slice(0, 20) };
  return refuse({
    kind: 'invalid',
    faults: [{ place: 'number', message: 'discussion.fault.unknown', facts }],
  });
};
