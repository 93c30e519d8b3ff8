import type { CommandDeps } from '#functions/commands/deps.ts';
import { boardToRelease, offerBoard } from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import {
  type Acknowledgement,
  alarmsOverRelease,
  documentsOf,
  heedingOf,
  type ReadAcknowledgement,
  readAcknowledgement,
} from '#functions/commands/release-alarms.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, type CommitteeCommand, stands, workplace } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { partThrough, waitingOffers } from '#shared/domain/offer-parts.ts';
import { releaseOffers as decideRelease, stopOffers as decideStop } from '#shared/domain/offer-release.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** `through`: up to which place of the ranking; to everybody without it. */
type Releasing = CommitteeCommand & { confirmed: number; through?: number | undefined };

/**
 * The administrator lets the offers that are possible now go out, having seen how many there are: all, or those to the next people of the ranking. They
 * are made a page at a time by the outbox. Refused as `recipients-differ` when there are more or fewer than `confirmed`, and as
 * `alarms-not-acknowledged` where alarms hold that were not ticked (ANCHORS F5).
 */
export const releaseOffers = async (
  deps: Deps,
  command: Releasing & { acknowledged?: Acknowledgement | undefined },
): Promise<Result<Versioned<Round>, Refusal>> => {
  const read = readAcknowledgement(deps, command.roundId, command.acknowledged);
  return read.ok ? await decideAgain(() => releaseOnce(deps, command, read.value)) : read;
};

const releaseOnce = async (
  deps: Deps,
  command: Releasing,
  said: ReadAcknowledgement,
): Promise<Result<Versioned<Round>, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'offer.release');
  if (!found.ok) return found;
  const place = atWork(found.value);
  if (!place.ok) return place;
  const { round, file } = place.value;
  const { state } = round;
  if (state.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: state.stage });
  const now = deps.clock.now();
  const board = boardToRelease(await offerBoard(deps, state), state, now);
  const waiting = waitingOffers(board, state);
  const { through, confirmed } = command;
  const recipients = partThrough(waiting, through).length;
  const alarms = await alarmsOverRelease(deps.records, { round: state, board, file });
  const seen = heedingOf(alarms, said);
  const counts = { through, recipients, left: waiting.length - recipients, confirmed, seen };
  const decision = decideRelease(state, counts, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(round);
  const { change, after } = changed(roundAggregate, round.id, round, decision.value);
  const stored = await store(deps, {
    by: command.by,
    changes: [change],
    requires: stands(place.value).filter(({ aggregate }) => aggregate !== 'round'),
    documents: documentsOf(alarms, said),
    outbox: [makeOffers(after.state, `${round.id}#${after.version}`, now)],
  });
  return stored.ok ? ok(after) : stored;
};

/**
 * Stops the offers of a round for a reason: none goes out until the next release, also none that follows from an answer. One person does so at once,
 * also while the committee votes. Offers that were made stay, and are answered.
 */
export const stopOffers = async (
  deps: Deps,
  command: CommitteeCommand & { reason: string },
): Promise<Result<void, Refusal>> => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const place = await workplace(deps, command, 'offer.release');
    if (!place.ok) return place;
    const { by, round } = place.value;
    const decision = decideStop(round.state, reason.value.ref, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    const { change } = changed(roundAggregate, round.id, round, decision.value);
    const stored = await store(deps, { by, changes: [change], documents: [reason.value] });
    return stored.ok ? ok(undefined) : stored;
  });
};
