import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { AtGate } from '#functions/commands/judge-rows.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { fillingUp, storeAll, wantsMore } from '#functions/commands/rater-assignment.ts';
import { type ScoringPlace, withRaters } from '#functions/commands/rater-place.ts';
import { givenIn } from '#functions/commands/rater-turn.ts';
import { type CandidacyChange, readCandidacies } from '#functions/commands/selection.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import { stands } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { handOver } from '#shared/domain/raters.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

const by: Actor = { kind: 'system', name: 'outbox' };

/** Seconds in which those who hand over now have done so. Then the outbox finds all such rows at once, and no two invocations meet. */
const untilQuiet = 20;

/**
 * The row that has raters found for places which a commit leaves open because others took the turn (`choosesLater`).
 * @param left what the commit changes, as it was before
 */
export const findingRow = (
  roundId: RoundId,
  left: readonly [Versioned<Candidacy>, ...Versioned<Candidacy>[]],
  now: Instant,
): OutboxMessage => ({
  // Only one commit can change an application from this version on.
  id: `raters#${roundId}#${left[0].id}#${left[0].version}`,
  at: addSeconds(now, untilQuiet),
  body: { kind: 'find-raters', roundId, applications: left.map(({ state }) => state.applicationId) },
});

/**
 * Finds raters for what was left open, by one drawing. Nothing where they have them by now, and nothing while a proposal lies on the table. What
 * nobody may fill stays open: the secretary sees it. Repeatable.
 * @throws when it loses its races too often: the row is tried again
 */
export const fillPlaces = async (
  deps: Deps,
  { roundId, applications }: { roundId: RoundId; applications: readonly ApplicationId[] },
): Promise<void> => {
  const filled = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await scoringNow(deps, roundId);
    if (!found) return ok(undefined);
    const { place, requires, gate } = found;
    // By their ids: most often another row, or the secretary, has filled them.
    const named = await readCandidacies(deps.records, applications);
    const open = named.filter(({ state }) => wantsMore(place, state));
    if (open.length === 0) return ok(undefined);
    const { scored, turn } = await givenIn(deps.records, place);
    const more = fillingUp(scored, place, new Set(open.map(({ state }) => state.applicationId)));
    const now = deps.clock.now();
    const changes = scored.flatMap((before): CandidacyChange[] => {
      const { applicationId: id } = before.state;
      const events = handOver(before.state, { off: [], on: more.get(id) ?? [] }, now);
      return events.length > 0 ? [{ id, before, events }] : [];
    });
    const done = await storeAll(deps, by, changes, { requires, turn, gate });
    return done ? ok(undefined) : refuse({ kind: 'lost-race' });
  });
  if (!filled.ok) throw new Error(`Raters could not be found: ${filled.error.kind}.`);
};

type Found = { place: ScoringPlace; requires: NonNullable<Commit['requires']>; gate: AtGate };

const scoringNow = async (deps: Deps, roundId: RoundId): Promise<Found | undefined> => {
  const { records } = deps;
  const round = await records.find(roundAggregate, roundId);
  const committee = await records.find(committeeAggregate, roundId);
  if (!round || !committee || round.state.stage !== 'scoring') return undefined;
  const { state } = round;
  const gate = await gateOfRound(records, state);
  if (!gate || !acceptsWork(gate.state).ok) return undefined;
  const file = await roundFileOf(records, state.plan);
  const place = await withRaters(deps, { round: state, committee: committee.state, file });
  const requires = stands({ round: { ...round, state }, gate, committee });
  return { place, requires, gate: { roundId, gate: gate.state.id } };
};
