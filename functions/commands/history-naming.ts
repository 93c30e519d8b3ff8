import * as z from 'zod';
import { contactOfGuest } from '#functions/commands/guest-contact.ts';
import { readCandidacies } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { inConflict, SeatKind } from '#shared/domain/committee.ts';
import { Finding, type Ground, RulingKind } from '#shared/domain/conflict.ts';
import type { Actor, Fact } from '#shared/domain/event.ts';
import type { Guest } from '#shared/domain/guest.ts';
import { ApplicationId, type ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';

type Named = { personId: PersonId; name: string | undefined };

/** Whom and what something that was done about a round concerned, as far as its reader may know. */
export type Concerned = {
  byName: string | undefined;
  /** Whose seat on the committee or place in the room it was about, by name where it is known; `insteadOf`: whom they replace. */
  seat: (Named & { kind?: SeatKind; insteadOf?: Named }) | undefined;
  /** A rater of another region: by name once they have come, before that for the secretary, who typed it. */
  guest: { number: number; region: RegionCode; name: string | undefined } | undefined;
  /** A conflict of interest: to the secretary where the application is open to them; to whom it keeps away without the application. */
  conflict: (Named & { number: ApplicationNumber | undefined; ruling?: RulingKind }) | undefined;
  /** Possible ones that were found by comparing, to the same readers: on what to the secretary alone. */
  found: (Named & { number: ApplicationNumber | undefined; grounds: readonly Ground[] })[];
};

type Done = { fact: Fact; by: Actor };

/** Names everybody in what was done, reading what they are called once. */
export const concernedIn = async (
  deps: Pick<SignInDeps, 'records' | 'people'>,
  place: Workplace,
  done: readonly Done[],
): Promise<(one: Done) => Concerned> => {
  const maySee = conflictsOpenTo(place);
  const conflicts = done.flatMap(({ fact }) => conflictsIn(fact)).filter(maySee);
  const wall = wallIn(place);
  const open = conflicts.filter(({ applicationId }) => place.by.role === 'secretary' && !wall(applicationId));
  const ids = [...new Set(open.map(({ applicationId }) => applicationId))];
  const candidacies = await readCandidacies(deps.records, ids);
  const numbers = new Map(candidacies.map(({ state }) => [state.applicationId, state.number]));
  const { guests = [] } = place.committee?.state ?? {};
  const people = [
    ...done.flatMap(peopleIn),
    ...conflicts.map(({ memberId }) => memberId),
    ...guests.flatMap(({ joined }) => joined?.personId ?? []),
  ];
  const names = await namesOf(deps, people);
  const invited = place.by.role === 'secretary' ? await invitedNames(deps, guests) : new Map();
  return ({ fact, by }) => {
    const { guest: number } = GuestFact.safeParse(fact).data ?? {};
    const guest = guests.find((one) => one.number === number);
    const conflict = ConflictFact.safeParse(fact).data;
    return {
      byName: by.kind === 'person' ? names.get(by.id) : undefined,
      seat: seatIn(fact, names),
      guest: guest && {
        number: guest.number,
        region: guest.region,
        name: (guest.joined && names.get(guest.joined.personId)) ?? invited.get(guest.number),
      },
      conflict: conflict && maySee(conflict) ? conflictOf(conflict, { names, numbers }) : undefined,
      found: foundIn(fact)
        .filter(maySee)
        .map(({ memberId, applicationId, grounds }) => ({
          personId: memberId,
          name: names.get(memberId),
          number: numbers.get(applicationId),
          grounds: place.by.role === 'secretary' && memberId !== place.by.id ? grounds : [],
        })),
    };
  };
};

/** As the secretary invited them; nothing of what was erased since. */
const invitedNames = async (
  { records }: Pick<SignInDeps, 'records'>,
  guests: readonly Guest[],
): Promise<Map<number, string>> => {
  const read = guests.map(async ({ number, contact }) => {
    const found = await contactOfGuest(records, contact);
    return found ? [[number, found.name] as const] : [];
  });
  return new Map((await Promise.all(read)).flat());
};

const GuestFact = z.object({
  type: z.enum(['guest-invited', 'guest-written', 'guest-joined', 'guest-ended']),
  guest: z.int(),
});

const ConflictFact = z.object({
  type: z.enum(['conflict-declared', 'conflict-ruled', 'conflict-ruling-undone']),
  memberId: PersonId,
  applicationId: ApplicationId,
  ruling: RulingKind.optional(),
});
type ConflictFact = z.infer<typeof ConflictFact>;

const FoundFact = z.object({ type: z.literal('conflicts-found'), found: z.array(Finding) });

const foundIn = (fact: Fact): Finding[] => FoundFact.safeParse(fact).data?.found ?? [];

type Between = Pick<ConflictFact, 'memberId' | 'applicationId'>;

const conflictsIn = (fact: Fact): Between[] => {
  const conflict = ConflictFact.safeParse(fact).data;
  return conflict ? [conflict] : foundIn(fact);
};

/**
 * To the secretary everybody's, but with an application that is closed to them nobody's but their own; to anybody else the own one while
 * it keeps them away. Whom somebody is joined with could tell others who an applicant is. Of an own one, which application it is stands on
 * the page of conflicts alone: it is closed to whoever has it.
 */
const conflictsOpenTo =
  (place: Workplace) =>
  ({ memberId, applicationId }: Between): boolean =>
    memberId === place.by.id
      ? inConflict(place.committee?.state, memberId, applicationId)
      : place.by.role === 'secretary' && wallIn(place)(applicationId) === undefined;

const conflictOf = (
  { memberId, applicationId, ruling }: ConflictFact,
  {
    names,
    numbers,
  }: { names: ReadonlyMap<PersonId, string>; numbers: ReadonlyMap<ApplicationId, ApplicationNumber> },
): Concerned['conflict'] => {
  const number = numbers.get(applicationId);
  return { personId: memberId, name: names.get(memberId), number, ...(ruling && { ruling }) };
};

const peopleIn = ({ fact, by }: Done): PersonId[] => {
  const { personId, standsInFor } = SeatFact.safeParse(fact).data ?? {};
  return [by.kind === 'person' ? by.id : undefined, personId, standsInFor].filter((id) => id !== undefined);
};

const SeatFact = z.union([
  z.object({
    type: z.enum(['seat-given', 'seat-left', 'substitute-called', 'substitute-released']),
    personId: PersonId,
    seat: SeatKind.optional(),
    standsInFor: PersonId.optional(),
  }),
  z
    .object({ type: z.literal('chair-absent'), standIn: PersonId, chair: PersonId })
    .transform(({ standIn, chair }) => ({ personId: standIn, standsInFor: chair, seat: undefined })),
  z
    .object({ type: z.enum(['member-arrived', 'member-left', 'attendance-undone']), personId: PersonId })
    .transform(({ personId }) => ({ personId, standsInFor: undefined, seat: undefined })),
]);

const seatIn = (fact: Fact, names: ReadonlyMap<PersonId, string>): Concerned['seat'] => {
  const { personId, seat, standsInFor } = SeatFact.safeParse(fact).data ?? {};
  if (!personId) return undefined;
  const named = (id: PersonId): Named => ({ personId: id, name: names.get(id) });
  return {
    ...named(personId),
    ...(seat && { kind: seat }),
    ...(standsInFor && { insteadOf: named(standsInFor) }),
  };
};
