import type { Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { type Arrival, arrivalOf } from '#shared/domain/elsewhere-arrivals.ts';
import { isOf, type Said, type Statement } from '#shared/domain/elsewhere-said.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ElsewhereEvent[], Refusal>;

/**
 * Notes what somebody said to the post that was proposed to them, and when; what was noted before stays in the history, and the same again changes nothing. Refused with a fault
 * for whoever was given no post, and for a day before it was or after today; as `too-late` once nobody knows any more who they are.
 */
export const noteSaid = (
  elsewhere: Elsewhere,
  { by, from, number, answer, on, zone }: { by: PersonId; from: RegionCode; zone: string } & Said,
  now: Instant,
): Decision => {
  const { own, given } = elsewhere;
  if (!own || !given) return refuse({ kind: 'not-found', what: 'page' });
  if (now >= own.keptUntil) return refuse({ kind: 'too-late', closesAt: own.keptUntil, zone });
  if (!given.posts.some((one) => isOf(one, { from, number }))) return fault('number', 'notGiven');
  if (on < dayAt(zone, given.at) || on > dayAt(zone, now)) return fault('on', 'day');
  const before = elsewhere.said?.find((one) => isOf(one, { from, number }));
  if (before?.answer === answer && before.on === on) return ok([]);
  return ok([{ type: 'elsewhere-said', at: now, by, from, number, answer, on }]);
};

/**
 * Asks for a statement for the region of a packet: `people` is everything that was noted of its people by now, `confirmed` as many as somebody saw. Refused with a fault where
 * the packet names no key to seal an answer for. What the newest one says already changes nothing.
 */
export const askStatement = (
  elsewhere: Elsewhere,
  decision: { by: PersonId; arrival: number; people: Said[]; confirmed: number; zone: string },
  now: Instant,
): Decision => {
  const { by, arrival: number, people, confirmed, zone } = decision;
  const { own, given } = elsewhere;
  const arrival = arrivalOf(elsewhere, number);
  if (!own || !given || arrival?.status !== 'confirmed') return refuse({ kind: 'not-found', what: 'page' });
  if (now >= own.keptUntil) return refuse({ kind: 'too-late', closesAt: own.keptUntil, zone });
  if (!arrival.replyTo) return fault('statement', 'noReply');
  if (people.length !== confirmed)
    return refuse({ kind: 'recipients-differ', recipients: people.length, confirmed });
  if (people.length === 0) return refuse({ kind: 'not-in-stage' });
  const before = newestStatement(arrival);
  if (before && canonicalJson(before.people) === canonicalJson(people)) return ok([]);
  const next = (before?.number ?? 0) + 1;
  return ok([{ type: 'elsewhere-statement-asked', at: now, by, arrival: number, number: next, people }]);
};

export const newestStatement = ({ statements = [] }: Arrival): Statement | undefined => statements.at(-1);

const fault = (place: string, what: string): Result<never, Refusal> =>
  refuse({ kind: 'invalid', faults: [{ place, message: `elsewhere.fault.${what}` }] });
