import type { BroughtList, Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { isPinned, listOf } from '#shared/domain/elsewhere-decisions.ts';
import { countingOf, type Follows, waitingOf } from '#shared/domain/elsewhere-heard.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { OpenedStatement } from '#shared/elsewhere/statement.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ElsewhereEvent[], Refusal>;

/**
 * Brings what people of a packet answered there. Refused with a fault where it is of another packet or key, names somebody else, is no newer than the one that counts, or leaves out
 * somebody whom that one names. Nothing follows from it before another person confirms it; another one takes its place until then, and the same one again changes nothing.
 */
export const bringStatement = (
  elsewhere: Elsewhere,
  {
    by,
    roundId,
    list: number,
    opened,
  }: { by: PersonId; roundId: RoundId; list: number; opened: OpenedStatement },
  now: Instant,
): Decision => {
  const list = listOf(elsewhere, number);
  if (!list?.handed) return refuse({ kind: 'not-found', what: 'page' });
  if (list.heard?.some(({ sha256 }) => sha256 === opened.sha256)) return ok([]);
  const message = faultOf(elsewhere, list, { roundId, opened });
  if (message) return refuse({ kind: 'invalid', faults: [{ place: 'statement', message }] });
  const { statement, key, sha256, people } = opened;
  const facts = { sha256, key, number: statement.number, people };
  return ok([{ type: 'elsewhere-statement-brought', at: now, by, list: number, ...facts }]);
};

const faultOf = (
  elsewhere: Elsewhere,
  list: BroughtList,
  { roundId, opened }: { roundId: RoundId; opened: OpenedStatement },
): string | undefined => {
  const { statement, key } = opened;
  if (statement.from !== list.region || statement.list !== list.sha256) return 'elsewhere.fault.otherAnswers';
  if (statement.roundId !== roundId || statement.packet !== list.handed?.packet)
    return 'elsewhere.fault.otherAnswers';
  if (!isPinned(elsewhere, list.region, key)) return 'elsewhere.fault.otherKey';
  const before = countingOf(list);
  if (before && statement.number <= before.number) return 'elsewhere.fault.olderStatement';
  return areOurs(list, opened) ? undefined : 'elsewhere.fault.answersOf';
};

/** People whom we handed over, each once, to whom a post was proposed as far as we were told, and at least those whom an earlier statement named. */
const areOurs = (list: BroughtList, { people }: OpenedStatement): boolean => {
  const named = new Set(people.map(({ number }) => number));
  const possible = new Set(list.outcome?.confirmed ? list.outcome.posts : list.handing?.numbers);
  return (
    named.size === people.length &&
    [...named].every((number) => possible.has(number)) &&
    (countingOf(list)?.people ?? []).every(({ number }) => named.has(number))
  );
};

/**
 * Lets a statement count. Somebody else than who brought it must do so, and must have seen this one and what follows from it; refused as `changed-meanwhile` where another one took
 * its place, other people are concerned by now, or another key was pinned for the region since. Again changes nothing.
 */
export const confirmStatement = (
  elsewhere: Elsewhere,
  decision: { by: PersonId; list: number; statement: string; follows: Follows; seen: Follows },
  now: Instant,
): Decision => {
  const { by, list: number, statement, follows, seen } = decision;
  const list = listOf(elsewhere, number);
  if (!list?.heard) return refuse({ kind: 'not-found', what: 'page' });
  if (countingOf(list)?.sha256 === statement) return ok([]);
  const waiting = waitingOf(list);
  if (waiting?.sha256 !== statement) return refuse({ kind: 'changed-meanwhile' });
  if (waiting.by === by) return refuse({ kind: 'second-person-needed' });
  if (!isPinned(elsewhere, list.region, waiting.key)) return refuse({ kind: 'changed-meanwhile' });
  if (follows.closing !== seen.closing)
    return refuse({ kind: 'recipients-differ', recipients: follows.closing, confirmed: seen.closing });
  if (!isSame(follows, seen)) return refuse({ kind: 'changed-meanwhile' });
  return ok([
    { type: 'elsewhere-statement-confirmed', at: now, by, list: number, number: waiting.number, ...follows },
  ]);
};

const isSame = (one: Follows, other: Follows): boolean =>
  one.offers === other.offers && one.returning === other.returning && one.conflicts === other.conflicts;
