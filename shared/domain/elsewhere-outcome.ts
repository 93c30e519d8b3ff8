import type { BroughtList, Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { isPinned, listOf } from '#shared/domain/elsewhere-decisions.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { ReadPacketOutcome } from '#shared/elsewhere/outcome.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ElsewhereEvent[], Refusal>;

/**
 * Brings what became of the people of a packet. Refused with a fault where it is of another packet, region or key, or does not name everyone of it once. Nobody is told before another person confirms
 * it; another outcome takes its place until then, and the same one again changes nothing.
 */
export const bringOutcome = (
  elsewhere: Elsewhere,
  {
    by,
    roundId,
    list: number,
    read,
  }: { by: PersonId; roundId: RoundId; list: number; read: ReadPacketOutcome },
  now: Instant,
): Decision => {
  const list = listOf(elsewhere, number);
  if (!list?.handed) return refuse({ kind: 'not-found', what: 'page' });
  if (list.outcome?.sha256 === read.sha256) return ok([]);
  if (list.outcome?.confirmed)
    return refuse({ kind: 'already-decided', decidedAt: list.outcome.confirmed.at });
  const message = faultOf(elsewhere, list, { roundId, read });
  if (message) return refuse({ kind: 'invalid', faults: [{ place: 'outcome', message }] });
  const { outcome, key, sha256 } = read;
  const posts = outcome.people.flatMap(({ number: one, outcome: kind }) => (kind === 'post' ? [one] : []));
  return ok([{ type: 'elsewhere-outcome-brought', at: now, by, list: number, outcome: sha256, key, posts }]);
};

const faultOf = (
  elsewhere: Elsewhere,
  { region, sha256, handing, handed }: BroughtList,
  { roundId, read: { outcome, key } }: { roundId: RoundId; read: ReadPacketOutcome },
): string | undefined => {
  if (outcome.from !== region || outcome.list !== sha256) return 'elsewhere.fault.otherPacket';
  if (outcome.roundId !== roundId || outcome.packet !== handed?.packet) return 'elsewhere.fault.otherPacket';
  if (!isPinned(elsewhere, region, key)) return 'elsewhere.fault.otherKey';
  const named = new Set(outcome.people.map(({ number }) => number));
  const everyone = new Set(handing?.numbers);
  const isWhole = named.size === outcome.people.length && named.size === handed.people;
  return isWhole && [...named].every((number) => everyone.has(number))
    ? undefined
    : 'elsewhere.fault.otherPeople';
};

/**
 * Lets the people of a packet be told what became of them. Somebody else than who brought it must do so, and must have seen this outcome and how many they are; refused as
 * `changed-meanwhile` where another one took its place, or another key was pinned for the region since. Again changes nothing.
 */
export const confirmOutcome = (
  elsewhere: Elsewhere,
  decision: { by: PersonId; list: number; outcome: string; untold: number; confirmed: number },
  now: Instant,
): Decision => {
  const { by, list, outcome, untold, confirmed } = decision;
  const found = listOf(elsewhere, list);
  if (!found?.outcome) return refuse({ kind: 'not-found', what: 'page' });
  if (found.outcome.sha256 !== outcome) return refuse({ kind: 'changed-meanwhile' });
  if (found.outcome.confirmed) return ok([]);
  if (found.outcome.by === by) return refuse({ kind: 'second-person-needed' });
  if (!isPinned(elsewhere, found.region, found.outcome.key)) return refuse({ kind: 'changed-meanwhile' });
  if (untold !== confirmed) return refuse({ kind: 'recipients-differ', recipients: untold, confirmed });
  return ok([{ type: 'elsewhere-outcome-confirmed', at: now, by, list, told: untold }]);
};
