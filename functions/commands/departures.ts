import type { CommandDeps } from '#functions/commands/deps.ts';
import { drawUpOfStopped, storeGate } from '#functions/commands/gate-work.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import {
  atGateWith,
  type CommitteeCommand,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { moveDeparture } from '#shared/domain/departure-decisions.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import type { Wall } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

/** `proposal` is what the page showed. */
type Departing = CommitteeCommand & {
  proposal: Sha256;
  applicationId: ApplicationId;
  outcome: Standing['outcome'];
  reason: string;
};

/**
 * Moves that the committee decide on one application otherwise than its points propose, and draws the proposal up with it. The same
 * again, by a second press, moves nothing twice; where the machine stopped in between, it draws up what was moved.
 */
export const departFrom = async (
  deps: Deps,
  command: Departing,
): Promise<Result<Versioned<Gate>, Refusal>> => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const moved = await decideAgain(async () => {
    const found = await workplace(deps, command, 'gate.depart');
    if (!found.ok) return found;
    const place = atGateWith(found.value, command.proposal);
    if (!place.ok) return place;
    const { gate, committee, file } = place.value;
    const { applicationId, outcome, proposal, by } = command;
    const list = await listOnTable(deps.records, gate.state);
    const motion = { applicationId, outcome, proposal, by: by.id, reason: reason.value.ref, list };
    const where = { committee: committee.state, file };
    const decision = moveDeparture(gate.state, where, motion, deps.clock.now());
    return await storeGate(deps, { place: place.value, decision, documents: [reason.value] });
  });
  if (!moved.ok || moved.value.state.proposal) return moved;
  return await drawUpOfStopped(deps, command, 'gate.depart');
};

const listOnTable = async (
  records: Pick<Records, 'blob'>,
  { proposal }: Pick<Gate, 'proposal'>,
): Promise<StandingList | undefined> => (proposal ? await standingListOf(records, proposal) : undefined);

const departedStandings = ({ departures = [], standings }: StandingList): Standing[] => {
  const departed = new Set(departures.map(({ applicationId }) => applicationId));
  return standings.filter(({ applicationId }) => departed.has(applicationId));
};

/** A departure as the committee reads of it; nothing of an application that is closed to the reader. */
export type DepartureView = Pick<Standing, 'applicationId' | 'number' | 'outcome'> & {
  /** Codes of what the points propose. */
  instead: readonly string[];
  /** Undefined once it is erased. */
  reason: string | undefined;
};

/** The departures of the list at the gate, with their reasons, of the applications that a wall leaves open. */
export const departureViews = async (
  records: Pick<Records, 'blob' | 'document'>,
  { gate }: Pick<Workplace, 'gate'>,
  wall: Wall,
): Promise<DepartureView[]> => {
  const list = gate && (await listOnTable(records, gate.state));
  const byId = new Map((list?.departures ?? []).map((one) => [one.applicationId, one]));
  const views: DepartureView[] = [];
  for (const { applicationId, number, outcome } of list ? departedStandings(list) : []) {
    const departure = byId.get(applicationId);
    if (!departure || wall(applicationId)) continue;
    const { instead, reason } = departure;
    views.push({ applicationId, number, outcome, instead, reason: await reasonText(records, reason) });
  }
  return views;
};
