import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * Guest raters: people of another region who score some applications of this round and see nothing else of it. They hold no seat: they
 * do not vote, count for no quorum, and stand in for nobody. That panels share raters is what makes their scores comparable (ANCHORS 5.4).
 */

/** The applications that a guest scores: those that the secretary names, or as many as a lot finds. */
export const GuestItems = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('named'), applications: z.array(ApplicationId).min(1) }),
  z.object({ kind: z.literal('drawn'), atMost: z.int().min(1) }),
]);
export type GuestItems = z.infer<typeof GuestItems>;

export const Guest = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  region: RegionCode,
  /** Name, mailbox and language, as the secretary typed them. */
  contact: DocumentRef,
  items: GuestItems,
  invitedBy: PersonId,
  invitedAt: Instant,
  /** From this moment on nothing is open any more. */
  until: Instant,
  /** When the last letter was asked for. */
  writtenAt: Instant,
  joined: z.object({ personId: PersonId, at: Instant }).optional(),
  /** By the secretary. Scores that were given stay. */
  endedAt: Instant.optional(),
});
export type Guest = z.infer<typeof Guest>;

const who = { at: Instant, guest: z.int().min(1) };

/** Events of a committee. */
export const guestEvents = [
  z.object({
    type: z.literal('guest-invited'),
    ...who,
    ...Guest.pick({ region: true, contact: true, items: true, invitedBy: true, until: true }).shape,
  }),
  /** The invitation goes out once more. */
  z.object({ type: z.literal('guest-written'), ...who }),
  z.object({ type: z.literal('guest-joined'), ...who, personId: PersonId }),
  z.object({ type: z.literal('guest-ended'), ...who }),
] as const;
const GuestEvent = z.discriminatedUnion('type', guestEvents);
export type GuestEvent = z.infer<typeof GuestEvent>;

export const isGuestEvent = (event: { type: string }): event is GuestEvent =>
  guestEvents.some(({ shape }) => shape.type.value === event.type);

export const evolveGuests = (guests: readonly Guest[], event: GuestEvent): Guest[] => {
  if (event.type === 'guest-invited') {
    const { type: _, at, guest: number, ...invited } = event;
    return [...guests, { number, ...invited, invitedAt: at, writtenAt: at }];
  }
  return guests.map((one) => (one.number === event.guest ? changedBy(one, event) : one));
};

const changedBy = (guest: Guest, event: Exclude<GuestEvent, { type: 'guest-invited' }>): Guest => {
  switch (event.type) {
    case 'guest-written':
      return { ...guest, writtenAt: event.at };
    case 'guest-joined':
      return { ...guest, joined: { personId: event.personId, at: event.at } };
    case 'guest-ended':
      return { ...guest, endedAt: event.at };
    default:
      return event satisfies never;
  }
};

type Guests = { guests?: readonly Guest[] | undefined };
type Decision = Result<GuestEvent[], Refusal>;

/** A guest who may score now. */
export type SittingGuest = Guest & { joined: NonNullable<Guest['joined']> };

/** Guests who may score now. */
export const sittingGuests = ({ guests = [] }: Guests, now: Instant): SittingGuest[] =>
  guests.flatMap((guest) => (guest.joined && isOpen(guest, now) ? [{ ...guest, joined: guest.joined }] : []));

/** As which guest a person may score now. */
export const guestOf = (
  committee: Guests | undefined,
  personId: PersonId,
  now: Instant,
): SittingGuest | undefined =>
  committee && sittingGuests(committee, now).find(({ joined }) => joined.personId === personId);

/** By when somebody's work should be done: a guest comes in no longer than they were invited for, whatever the stage still has. */
export const dueFor = (
  committee: Guests,
  personId: PersonId,
  { dueAt, now }: { dueAt: Instant; now: Instant },
): Instant => {
  const until = guestOf(committee, personId, now)?.until;
  return until && until < dueAt ? until : dueAt;
};

/** Whether an invitation, or the work after it, still stands. */
export const isOpen = ({ until, endedAt }: Guest, now: Instant): boolean => !endedAt && now < until;

/** A second letter within so many seconds is the same press of a button. */
const writingSeconds = 600;

/** Lets the invitation go out once more, with a new link; soon after the last one nothing changes. */
export const writeGuestAgain = ({ guests = [] }: Guests, number: number, now: Instant): Decision => {
  const guest = guests.find((one) => one.number === number);
  if (!guest) return refuse({ kind: 'not-found', what: 'person' });
  if (guest.joined || !isOpen(guest, now)) return refuse({ kind: 'changed-meanwhile' });
  const isRecent = Date.parse(now) - Date.parse(guest.writtenAt) < writingSeconds * 1000;
  return ok(isRecent ? [] : [{ type: 'guest-written', at: now, guest: number }]);
};

/** Somebody opened the link and proved a mailbox and a passkey. Once more by the same person changes nothing. */
export const joinAsGuest = (
  { guests = [] }: Guests,
  { guest: number, personId }: { guest: number; personId: PersonId },
  now: Instant,
): Decision => {
  const guest = guests.find((one) => one.number === number);
  if (!guest || !isOpen(guest, now)) return refuse({ kind: 'invitation-expired' });
  if (guest.joined?.personId === personId) return ok([]);
  if (guest.joined) return refuse({ kind: 'invitation-used' });
  const isOther = guests.some((one) => one.joined?.personId === personId && isOpen(one, now));
  if (isOther) return refuse({ kind: 'seat-taken', seat: 'guest' });
  return ok([{ type: 'guest-joined', at: now, guest: number, personId }]);
};

/** Ends an invitation or the work after it; scores stay. Once more changes nothing. */
export const endGuest = ({ guests = [] }: Guests, number: number, now: Instant): Decision => {
  const guest = guests.find((one) => one.number === number);
  if (!guest) return refuse({ kind: 'not-found', what: 'person' });
  return ok(guest.endedAt ? [] : [{ type: 'guest-ended', at: now, guest: number }]);
};
