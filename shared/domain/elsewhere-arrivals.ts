import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { isPinned } from '#shared/domain/elsewhere-decisions.ts';
import { Statement } from '#shared/domain/elsewhere-said.ts';
import { ApplicationNumber, PersonId, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const facts = {
  from: RegionCode,
  /** The round of that region. */
  of: RoundId,
  intake: z.string(),
  /** Of the packet's statement, of the file of results beside it, and of the key that signed both. */
  packet: Sha256,
  bundle: Sha256,
  key: Sha256,
  people: z.int().min(1),
  /** Who they are, until the time of the list is over. */
  document: DocumentRef,
  /** The rest of them, where they are more than one document holds. */
  more: z.array(DocumentRef).optional(),
  /** X25519 public key by which the packet was sealed, in hexadecimal: what goes back is sealed for it. Older records do not know it. */
  replyTo: z.string().optional(),
};

/** A packet of another region that somebody brought. */
export const Arrival = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  ...facts,
  by: PersonId,
  at: Instant,
  status: z.enum(['waiting', 'confirmed', 'refused']),
  confirmed: z.object({ by: PersonId, at: Instant }).optional(),
  /** Since when the signed outcome for its region is there, with the SHA-256 of its statement. */
  outcome: z.object({ at: Instant, sha256: Sha256 }).optional(),
  /** What people of the packet answered, as it was stated for their region; the newest last. */
  statements: z.array(Statement).optional(),
});
export type Arrival = z.infer<typeof Arrival>;

/** A post that somebody of another region is to be asked about. */
export const GivenPost = z.object({ from: RegionCode, number: ApplicationNumber, vacancy: VacancyCode });

const done = { at: Instant, by: PersonId };

export const arrivalEvents = [
  z.object({ type: z.literal('elsewhere-people-brought'), ...done, ...facts }),
  z.object({ type: z.literal('elsewhere-people-confirmed'), ...done, arrival: z.int() }),
  z.object({ type: z.literal('elsewhere-people-refused'), ...done, arrival: z.int() }),
  z.object({ type: z.literal('elsewhere-posts-given'), ...done, given: z.array(GivenPost) }),
  z.object({ type: z.literal('elsewhere-outcome-made'), at: Instant, arrival: z.int(), outcome: Sha256 }),
] as const;
type ArrivalEvent = z.infer<(typeof arrivalEvents)[number]>;

export const isArrivalEvent = (event: { type: string }): event is ArrivalEvent =>
  arrivalEvents.some(({ shape }) => shape.type.value === event.type);

export const evolveArrivals = (before: readonly Arrival[], event: ArrivalEvent): Arrival[] => {
  switch (event.type) {
    case 'elsewhere-people-brought': {
      const { type: _type, ...brought } = event;
      return [...before, { ...brought, number: before.length + 1, status: 'waiting' }];
    }
    case 'elsewhere-people-confirmed': {
      const { arrival, by, at } = event;
      return changedOne(before, arrival, { status: 'confirmed', confirmed: { by, at } });
    }
    case 'elsewhere-people-refused':
      return changedOne(before, event.arrival, { status: 'refused' });
    case 'elsewhere-posts-given':
      return [...before];
    case 'elsewhere-outcome-made': {
      const { arrival, at, outcome: sha256 } = event;
      return changedOne(before, arrival, { outcome: { at, sha256 } });
    }
    default:
      return event satisfies never;
  }
};

const changedOne = (before: readonly Arrival[], number: number, change: Partial<Arrival>): Arrival[] =>
  before.map((one) => (one.number === number ? Object.assign({}, one, change) : one));

type Decision = Result<ElsewhereEvent[], Refusal>;

/** Everything in which the people of a packet stand. */
export const documentsOf = ({ document, more = [] }: Arrival): DocumentRef[] => [document, ...more];

export const arrivalOf = ({ arrivals = [] }: Elsewhere, number: number): Arrival | undefined =>
  arrivals.find((one) => one.number === number);

/** The packet that is the same, while it waits or counts. */
export const samePacket = ({ arrivals = [] }: Elsewhere, packet: Sha256): Arrival | undefined =>
  arrivals.find((one) => one.packet === packet && one.status !== 'refused');

/**
 * Brings a packet, whose people count once another person confirms it. Refused as `too-late` once handing over has ended or posts were given, and with a fault where that round's
 * people are here already. The same packet again changes nothing.
 */
export const bringPeople = (
  elsewhere: Elsewhere,
  { by, facts: brought, zone }: { by: PersonId; facts: z.infer<z.ZodObject<typeof facts>>; zone: string },
  now: Instant,
): Decision => {
  const { own, given, arrivals = [] } = elsewhere;
  if (!own) return refuse({ kind: 'not-found', what: 'page' });
  if (samePacket(elsewhere, brought.packet)) return ok([]);
  if (given || now >= own.handingUntil) return refuse({ kind: 'too-late', closesAt: own.handingUntil, zone });
  const isSecond = arrivals.some(
    ({ from, of, status }) => from === brought.from && of === brought.of && status !== 'refused',
  );
  if (isSecond)
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'packet', message: 'elsewhere.fault.secondPacket' }],
    });
  return ok([{ type: 'elsewhere-people-brought', at: now, by, ...brought }]);
};

type ArrivalDecision = { by: PersonId; arrival: number };

/**
 * Lets the people of a packet count. Somebody else than who brought it must do so, and must have seen how many they are; refused as
 * `changed-meanwhile` where another key was pinned for the region since. Again changes nothing.
 */
export const confirmPeople = (
  elsewhere: Elsewhere,
  { by, arrival, confirmed }: ArrivalDecision & { confirmed: number },
  now: Instant,
): Decision => {
  const found = arrivalOf(elsewhere, arrival);
  if (!found) return refuse({ kind: 'not-found', what: 'page' });
  if (found.status === 'confirmed') return ok([]);
  if (found.status !== 'waiting' || elsewhere.given) return refuse({ kind: 'changed-meanwhile' });
  if (found.by === by) return refuse({ kind: 'second-person-needed' });
  if (!isPinned(elsewhere, found.from, found.key)) return refuse({ kind: 'changed-meanwhile' });
  if (found.people !== confirmed)
    return refuse({ kind: 'recipients-differ', recipients: found.people, confirmed });
  return ok([{ type: 'elsewhere-people-confirmed', at: now, by, arrival }]);
};

/** Sends a packet back before it counts, also by who brought it. */
export const refusePeople = (
  elsewhere: Elsewhere,
  { by, arrival }: ArrivalDecision,
  now: Instant,
): Decision => {
  const found = arrivalOf(elsewhere, arrival);
  if (!found) return refuse({ kind: 'not-found', what: 'page' });
  if (found.status === 'refused') return ok([]);
  if (found.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'elsewhere-people-refused', at: now, by, arrival }]);
};

/** Whether it may be decided who is asked about which post: after handing over has ended, and until everything of these people is erased. */
export const mayGiveAt = ({ own, given }: Elsewhere, now: Instant): boolean =>
  own !== undefined && !given && now >= own.handingUntil && now < own.keptUntil;

/**
 * Decides who is asked about which post, once: after handing over has ended, while no packet waits, and with as many posts as somebody saw. Refused as `too-early` before, and as
 * `too-late` once nobody knows any more who they are.
 */
export const decideGiven = (
  elsewhere: Elsewhere,
  {
    by,
    given,
    confirmed,
    zone,
  }: { by: PersonId; given: z.infer<typeof GivenPost>[]; confirmed: number; zone: string },
  now: Instant,
): Decision => {
  const { own, arrivals = [] } = elsewhere;
  if (!own) return refuse({ kind: 'not-found', what: 'page' });
  if (elsewhere.given) return ok([]);
  if (now < own.handingUntil) return refuse({ kind: 'too-early', until: own.handingUntil, zone });
  if (now >= own.keptUntil) return refuse({ kind: 'too-late', closesAt: own.keptUntil, zone });
  const waiting = arrivals.filter(({ status }) => status === 'waiting').length;
  if (waiting > 0) return refuse({ kind: 'unfinished-work', remaining: waiting });
  if (given.length !== confirmed)
    return refuse({ kind: 'recipients-differ', recipients: given.length, confirmed });
  return ok([{ type: 'elsewhere-posts-given', at: now, by, given }]);
};
