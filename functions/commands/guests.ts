import type { CommandDeps } from '#functions/commands/deps.ts';
import { contactOfGuest, readGuest, type TypedGuest } from '#functions/commands/guest-contact.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  endGuest as decideEnd,
  writeGuestAgain as decideWriting,
  type GuestEvent,
  type GuestItems,
  isOpen,
} from '#shared/domain/guest.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge' | 'region'>;
type Answer = Promise<Result<Versioned<Committee>, Refusal>>;
type Attempt = Promise<Result<Versioned<Committee>, Refusal | LostRace>>;
type Place = Workplace & { committee: Versioned<Committee> };

/**
 * Invites somebody of another region by letter to score some applications of the round. What is typed wrongly is `invalid` at its field.
 * A second invitation to the same mailbox, while the first stands, changes nothing: a double click writes one letter.
 */
export const inviteGuest = (deps: Deps, command: CommitteeCommand & { typed: TypedGuest }): Answer =>
  decideAgain(async (): Attempt => {
    const place = await keepingPlace(deps, command);
    if (!place.ok) return place;
    const { by, committee, file } = place.value;
    const now = deps.clock.now();
    const read = readGuest(command.typed, { own: deps.region, timeZone: file.timeZone, now });
    if (!read.ok) return read;
    const { contact, region, until, numbers, atMost } = read.value;
    if (await isInvited(deps.records, committee.state, contact.mail, now)) return ok(committee);
    const items = await itemsOf(deps, place.value, { numbers, atMost });
    if (!items.ok) return items;
    const at = { owner: `round#${command.roundId}#${deps.chance.id()}`, kind: 'guest', version: 1 } as const;
    const document = writeDocument(at, contact, deps.chance.token(16));
    const guest = (committee.state.guests ?? []).length + 1;
    const event: GuestEvent = {
      type: 'guest-invited',
      at: now,
      guest,
      region,
      contact: document.ref,
      items: items.value,
      invitedBy: by.id,
      until,
    };
    return await keep(deps, place.value, { events: [event], letterTo: guest, documents: [document] });
  });

/** Lets the invitation go out once more, with another link. */
export const writeGuestAgain = (deps: Deps, command: CommitteeCommand & { guest: number }): Answer =>
  decideAgain(async (): Attempt => {
    const place = await keepingPlace(deps, command);
    if (!place.ok) return place;
    const events = decideWriting(place.value.committee.state, command.guest, deps.clock.now());
    if (!events.ok) return events;
    return await keep(deps, place.value, { events: events.value, letterTo: command.guest });
  });

/** Ends an invitation, or the work of a guest. What was scored stays; what is owed is handed to others as for a member who leaves. */
export const endGuest = (deps: Deps, command: CommitteeCommand & { guest: number }): Answer =>
  decideAgain(async (): Attempt => {
    const place = await keepingPlace(deps, command);
    if (!place.ok) return place;
    const events = decideEnd(place.value.committee.state, command.guest, deps.clock.now());
    if (!events.ok) return events;
    return await keep(deps, place.value, { events: events.value });
  });

const keepingPlace = async (deps: Deps, command: CommitteeCommand): Promise<Result<Place, Refusal>> => {
  const found = await workplace(deps, command, 'guest.keep');
  if (!found.ok) return found;
  const { committee } = found.value;
  return committee ? ok({ ...found.value, committee }) : refuse({ kind: 'committee-incomplete', lacks: [] });
};

const isInvited = async (
  records: Pick<Records, 'document'>,
  { guests = [] }: Committee,
  mail: string,
  now: Instant,
): Promise<boolean> => {
  const open = guests.filter((guest) => isOpen(guest, now));
  const contacts = await Promise.all(open.map(({ contact }) => contactOfGuest(records, contact)));
  return contacts.some((contact) => contact?.mail === mail);
};

/** Every number must be one of this round; those that are closed to whoever invites are no more found than wrong ones. */
const itemsOf = async (
  { records }: Pick<Deps, 'records'>,
  place: Place,
  { numbers, atMost }: { numbers: readonly ApplicationNumber[]; atMost: number | undefined },
): Promise<Result<GuestItems, Refusal>> => {
  if (atMost !== undefined) return ok({ kind: 'drawn', atMost });
  const wall = wallIn(place);
  const known = new Map(
    (await candidaciesIn(records, place.round.state.id)).flatMap(({ state }) =>
      wall(state.applicationId) ? [] : [[state.number, state.applicationId]],
    ),
  );
  const unknown = numbers.find((number) => !known.has(number));
  if (unknown !== undefined) {
    const fault = { place: 'applications', message: 'guests.fault.unknown', facts: { number: unknown } };
    return refuse({ kind: 'invalid', faults: [fault] });
  }
  return ok({ kind: 'named', applications: numbers.flatMap((number) => known.get(number) ?? []) });
};

const keep = async (
  deps: Deps,
  { by, round, committee }: Place,
  change: { events: readonly GuestEvent[]; letterTo?: number; documents?: readonly DocumentWrite[] },
): Attempt => {
  const { events, letterTo, documents = [] } = change;
  if (events.length === 0) return ok(committee);
  const { change: stored, after } = changed(committeeAggregate, committee.id, committee, events);
  const message: OutboxMessage[] =
    letterTo === undefined
      ? []
      : [
          {
            id: `guest-invited#${committee.id}#${after.version}`,
            at: deps.clock.now(),
            body: { kind: 'write-to-guest', roundId: round.state.id, guest: letterTo, issuer: by.id },
          },
        ];
  const requires = [{ aggregate: 'round', id: round.id, version: round.version }] as const;
  const kept = await store(deps, { by, changes: [stored], requires, documents, outbox: message });
  return kept.ok ? ok(after) : kept;
};
