import type { BroughtList, Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import type { ApplicationNumber, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ElsewhereEvent[], Refusal>;
type By = { by: PersonId; roundId: RoundId };

/** Says by which key another region signs; the same one again changes nothing, another one takes its place for lists that are brought from then on. */
export const pinKey = (
  elsewhere: Elsewhere | undefined,
  { by, roundId, region, key }: By & { region: RegionCode; key: Sha256 },
  now: Instant,
): ElsewhereEvent[] =>
  elsewhere?.keys.some((one) => one.region === region && one.key === key)
    ? []
    : [{ type: 'elsewhere-key-pinned', at: now, by, roundId, region, key }];

/** What was read from a file whose signature holds. */
export type BroughtFacts = Omit<
  BroughtList,
  | 'number'
  | 'by'
  | 'at'
  | 'status'
  | 'confirmed'
  | 'endedAt'
  | 'handing'
  | 'handed'
  | 'droppedAt'
  | 'outcome'
  | 'heard'
>;

const isOver = ({ status }: BroughtList): boolean => status === 'refused' || status === 'stopped';

/** The list that says the same, while it waits or counts. */
export const sameList = (elsewhere: Elsewhere | undefined, sha256: Sha256): BroughtList | undefined =>
  elsewhere?.lists.find((one) => one.sha256 === sha256 && !isOver(one));

/**
 * Brings a list, which is shown to nobody until another person confirms it. Refused with a fault where it is our own, is signed by another key than was
 * pinned for its region, is over, or is the second one of the same round. What was brought already changes nothing.
 */
export const bringList = (
  elsewhere: Elsewhere | undefined,
  { by, roundId, here, list }: By & { here: RegionCode; list: BroughtFacts },
  now: Instant,
): Decision => {
  if (sameList(elsewhere, list.sha256)) return ok([]);
  const message = faultOf(elsewhere, { here, list }, now);
  if (message) return refuse({ kind: 'invalid', faults: [{ place: 'file', message }] });
  return ok([{ type: 'elsewhere-brought', at: now, by, roundId, ...list }]);
};

const faultOf = (
  elsewhere: Elsewhere | undefined,
  { here, list }: { here: RegionCode; list: BroughtFacts },
  now: Instant,
): string | undefined => {
  if (list.region === here) return 'elsewhere.fault.own';
  const pinned = elsewhere?.keys.find(({ region }) => region === list.region);
  if (!pinned) return 'elsewhere.fault.noKey';
  if (pinned.key !== list.key) return 'elsewhere.fault.otherKey';
  if (now >= list.choosingUntil) return 'elsewhere.fault.over';
  const isSecond = elsewhere?.lists.some(
    (one) => one.region === list.region && one.of === list.of && !isOver(one),
  );
  return isSecond ? 'elsewhere.fault.second' : undefined;
};

type ListDecision = { by: PersonId; list: number };

/**
 * Shows a list to the people of the round who have no post. Somebody else than who brought it must do so, and must have seen how many are asked; refused as
 * `too-late` once nobody could choose any more. Again changes nothing.
 */
export const confirmList = (
  elsewhere: Elsewhere,
  decision: ListDecision & { asked: number; confirmed: number; zone: string },
  now: Instant,
): Decision => {
  const { by, list, asked, confirmed, zone } = decision;
  const found = listOf(elsewhere, list);
  if (!found) return refuse({ kind: 'not-found', what: 'page' });
  if (found.status === 'confirmed') return ok([]);
  if (found.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  if (found.by === by) return refuse({ kind: 'second-person-needed' });
  if (now >= found.choosingUntil) return refuse({ kind: 'too-late', closesAt: found.choosingUntil, zone });
  if (!isPinned(elsewhere, found.region, found.key)) return refuse({ kind: 'changed-meanwhile' });
  if (asked !== confirmed) return refuse({ kind: 'recipients-differ', recipients: asked, confirmed });
  return ok([{ type: 'elsewhere-confirmed', at: now, by, list, asked }]);
};

/** Sends a list back before it is shown to anybody, also by who brought it. */
export const refuseList = (elsewhere: Elsewhere, { by, list }: ListDecision, now: Instant): Decision => {
  const found = listOf(elsewhere, list);
  if (!found) return refuse({ kind: 'not-found', what: 'page' });
  if (found.status === 'refused') return ok([]);
  if (found.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'elsewhere-refused', at: now, by, list }]);
};

/**
 * Takes back a list that was shown, such as one under a key that was not the region's: nobody chooses from it any more, and another one of that round may take its place. Refused as
 * `already-decided` once people are handed over.
 */
export const stopList = (elsewhere: Elsewhere, { by, list }: ListDecision, now: Instant): Decision => {
  const found = listOf(elsewhere, list);
  if (!found) return refuse({ kind: 'not-found', what: 'page' });
  if (found.status === 'stopped') return ok([]);
  if (found.status !== 'confirmed') return refuse({ kind: 'changed-meanwhile' });
  if (found.handing) return refuse({ kind: 'already-decided', decidedAt: found.handing.at });
  return ok([{ type: 'elsewhere-stopped', at: now, by, list }]);
};

/**
 * Hands over who agreed and chose from a list: once, after nobody may choose any more and before the other region stops to take it. `numbers` are those of now, and they stay so; `confirmed` is as many as
 * somebody saw. Refused as `not-in-stage` where nobody chose, and as `changed-meanwhile` where another key was pinned for the region since.
 */
export const handOver = (
  elsewhere: Elsewhere,
  decision: ListDecision & { numbers: readonly ApplicationNumber[]; confirmed: number; zone: string },
  now: Instant,
): Decision => {
  const { by, list, numbers, confirmed, zone } = decision;
  const people = numbers.length;
  const found = listOf(elsewhere, list);
  if (found?.status !== 'confirmed') return refuse({ kind: 'not-found', what: 'page' });
  if (found.handing) return ok([]);
  // The list names the key that everything is sealed for: whoever signed it reads what is handed over.
  if (!isPinned(elsewhere, found.region, found.key)) return refuse({ kind: 'changed-meanwhile' });
  if (now < found.choosingUntil) return refuse({ kind: 'too-early', until: found.choosingUntil, zone });
  if (now >= found.handingUntil) return refuse({ kind: 'too-late', closesAt: found.handingUntil, zone });
  if (people !== confirmed) return refuse({ kind: 'recipients-differ', recipients: people, confirmed });
  if (people === 0) return refuse({ kind: 'not-in-stage' });
  return ok([{ type: 'elsewhere-handing', at: now, by, list, numbers: [...numbers], replies: true }]);
};

/** Whether a region signs by this key, as far as anybody was told by now: one that was pinned anew since was wrong all along. */
export const isPinned = ({ keys }: Elsewhere, region: RegionCode, key: Sha256): boolean =>
  keys.some((one) => one.region === region && one.key === key);

export const listOf = ({ lists }: Elsewhere, number: number): BroughtList | undefined =>
  lists.find((one) => one.number === number);
