import { type ApplicationCommand, ownApplication, roundOf } from '#functions/commands/application-reading.ts';
import { withdrawalOf } from '#functions/commands/candidacy-withdrawal.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { partInRound } from '#functions/commands/part-in-round.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import type { Application, ApplicationEvent, WithdrawalReason } from '#shared/domain/application.ts';
import { withdraw } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;

/**
 * Withdraws a draft or a submission and confirms it by letter. In an open call the person may begin anew; under selection the
 * candidacy ends in the same transaction, with what the person held in it.
 */
export const withdrawApplication = (
  deps: Deps,
  command: ApplicationCommand & { reasonCode: WithdrawalReason },
): Promise<Result<Versioned<Application>, Refusal>> =>
  decideAgain(async (): Attempt => {
    const found = await ownApplication(deps, command);
    if (!found.ok) return found;
    const { round } = await roundOf(deps, found.value.state);
    const place = { found: found.value, round: round.state };
    const withdrawn = await withdrawing(deps, place, (now) =>
      withdraw(found.value.state, round.state, command.reasonCode, now),
    );
    if (!withdrawn.ok) return withdrawn;
    const { after, ...commit } = withdrawn.value;
    if (commit.changes.length === 0) return ok(after);
    const stored = await store(deps, { by: actorOf(command.by), ...commit });
    return stored.ok ? ok(after) : stored;
  }, triesInTurn);

type Withdrawing = Required<Pick<Commit, 'changes' | 'claims' | 'releases' | 'outbox'>> & {
  after: Versioned<Application>;
};

/**
 * Everything that a withdrawal changes, for one transaction, with the letter that confirms it; no changes where nothing was
 * decided. While offers are made it takes their turn, read before the clock: an offer stored meanwhile has another moment.
 */
export const withdrawing = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { found, round }: { found: Versioned<Application>; round: Round },
  decide: (now: Instant) => Result<ApplicationEvent[], Refusal>,
): Promise<Result<Withdrawing, Refusal | LostRace>> => {
  const turn = round.stage === 'offers' ? await nextTurn(deps.records, round.id) : noTurn;
  const now = deps.clock.now();
  const events = decide(now);
  if (!events.ok) return events;
  if (events.value.length === 0)
    return ok({ after: found, changes: [], claims: [], releases: [], outbox: [] });
  const { change, after } = changed(applicationAggregate, found.id, found, events.value);
  const { id, number, roundId, personId } = after.state;
  const { intake, timeZone: zone } = round.plan;
  const candidacy = await withdrawalOf(deps, id, { now, zone, turn: turn.turn });
  if (!candidacy.ok) return candidacy;
  const facts = { applicationId: id, number, roundId, intake, zone, withdrawnAt: now };
  const body = { kind: 'letter', template: 'application-withdrawn', personId, facts } as const;
  return ok({
    after,
    changes: [change, ...candidacy.value.changes],
    claims: turn.claims,
    releases: [{ key: partInRound(roundId, personId), value: id }, ...turn.releases],
    outbox: [{ id: `application-withdrawn#${id}`, at: now, body }, ...candidacy.value.outbox],
  });
};

const noTurn = { claims: [], releases: [], turn: undefined };
