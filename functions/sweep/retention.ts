import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { type KeptGroup, keptGroups } from '#functions/commands/retention.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { log } from '#functions/log.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { keptUntil, retentionFrom } from '#shared/domain/retention.ts';
import type { Round } from '#shared/domain/round.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

export type RetentionSweepDeps = Pick<CommandDeps, 'records' | 'region' | 'clock' | 'nudge'>;

const by: Actor = { kind: 'system', name: 'sweep' };

/** Applications that one run of a day begins to erase, over all rounds: the rest waits for the next. */
const atOnce = 1000;

/**
 * How long after the sweep an erasure begins: a clock that was wrong when the sweep ran is right again by then, and asked again.
 * Less than a day, so that one sweep has been carried out when the next begins; and from a sweep at night to the late evening, so
 * that a thousand erasures stand in nobody's way.
 */
const graceSeconds = 20 * 3600;

/**
 * Begins to erase what has been kept as long as the pinned file of its round says. Each application is a row of the outbox, which
 * looks again, late that day, whether its time is over and whether something holds it; a row that found a hold is written anew
 * on another day.
 * @returns how many applications are being erased
 */
export const sweepRetention = async (deps: RetentionSweepDeps): Promise<number> => {
  let begun = 0;
  for (const { state: round } of await everyRound(deps)) {
    try {
      begun += await sweepRound(deps, round, atOnce - begun);
    } catch (error) {
      log.error('FAILED', { roundId: round.id, step: 'sweep' }, error);
    }
  }
  if (begun > 0) await deps.nudge.outbox();
  return begun;
};

const sweepRound = async (deps: RetentionSweepDeps, round: Round, room: number): Promise<number> => {
  const { records } = deps;
  const now = deps.clock.now();
  const from = retentionFrom(round);
  if (!from || (await records.claimed(nothingLeft(round.id))) !== undefined) return 0;
  const file = await roundFileOf(records, round.plan);
  const due = (file.retention ?? []).filter((rule) => keptUntil(from, rule, file.timeZone) <= now);
  if (due.length === 0) return 0;
  const groups = await keptGroups(deps, round, file);
  if (groups.every(({ kept }) => kept.length === 0)) {
    await records.commit({ by, changes: [], claims: [{ key: nothingLeft(round.id), value: now }] });
    return 0;
  }
  const ids = groups.flatMap((group) => overIn(group, now)).slice(0, Math.max(room, 0));
  let begun = 0;
  for (const id of ids) {
    const row = await records.commit({ by, changes: [], outbox: [rowFor(id, now)] });
    if (row.ok) begun += 1;
  }
  if (begun > 0) log.info('RETENTION_ENDED', { roundId: round.id, count: begun });
  return begun;
};

/** The claim of a round of which nothing is kept any more: no list of it is read again. */
const nothingLeft = (roundId: RoundId): string => `retention-over#${roundId}`;

const overIn = ({ until, kept }: KeptGroup, now: Instant): ApplicationId[] =>
  until === undefined || until > now
    ? []
    : kept.flatMap(({ application, held }) => (held === undefined ? [application.id] : []));

/** One for an application and a day: a sweep that runs twice writes one. */
const rowFor = (id: ApplicationId, now: Instant): OutboxMessage => ({
  id: `erase#application#${id}#retention#${now.slice(0, 10)}`,
  at: addSeconds(now, graceSeconds),
  body: { kind: 'erase', of: { kind: 'application', id }, because: 'retention' },
});
