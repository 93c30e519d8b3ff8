import type { CommandDeps } from '#functions/commands/deps.ts';
import { storeGate } from '#functions/commands/gate-work.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import {
  atSeenGate,
  type CommitteeCommand,
  type SeenAt,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { absenceAt, chairAway, chairBack, isAway } from '#shared/domain/chair-absence.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { inTheChair } from '#shared/domain/presiding.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Gate>, Refusal>>;

/** Records that the chair is away, with the reason, and whom the members elected to chair until the stage is decided. */
export const recordAbsence = async (
  deps: Deps,
  command: CommitteeCommand & SeenAt & { standIn: PersonId; reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async () => {
    const found = await workplace(deps, command, 'gate.record');
    const place = found.ok ? atSeenGate(found.value, command) : found;
    if (!place.ok) return place;
    const { gate, committee, file } = place.value;
    if (await isRecorded(deps, gate.state, command)) return ok(gate);
    const away = { rule: file.committee.absentChair, standIn: command.standIn, reason: reason.value.ref };
    const decision = chairAway(gate.state, committee.state, away, deps.clock.now());
    return await storeGate(deps, { place: place.value, decision, documents: [reason.value] });
  });
};

/** Whether this very absence is recorded: a second press. */
const isRecorded = async (
  { records }: Pick<Deps, 'records'>,
  { absence }: Gate,
  { standIn, reason }: { standIn: PersonId; reason: string },
): Promise<boolean> =>
  absence?.standIn === standIn && (await reasonText(records, absence.reason)) === reason.trim();

/** The chair is back before the stage was decided. */
export const recordReturn = (deps: Deps, command: CommitteeCommand & SeenAt): Answer =>
  decideAgain(async () => {
    const found = await workplace(deps, command, 'gate.record');
    const place = found.ok ? atSeenGate(found.value, command) : found;
    if (!place.ok) return place;
    const decision = chairBack(place.value.gate.state, deps.clock.now());
    return await storeGate(deps, { place: place.value, decision });
  });

/**
 * Whether this person acts as the chair now: the chair, and at a gate where the chair is recorded as away whoever chairs there instead.
 * A conflict of interest takes nobody's place at the table: what it takes is in the count of votes.
 */
export const chairs = ({ by, committee, gate }: Workplace): Result<void, Refusal> => {
  if (committee && gate && absenceAt(gate.state, committee.state)) {
    const room = { committee: committee.state, gate: gate.state };
    if (isAway(room.gate, room.committee, by.id)) return refuse({ kind: 'chair-away' });
    return inTheChair(room) === by.id ? ok(undefined) : refuse({ kind: 'not-allowed' });
  }
  return by.role === 'chair' ? ok(undefined) : refuse({ kind: 'not-allowed' });
};
