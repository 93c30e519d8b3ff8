import * as z from 'zod';
import { wallIn } from '#functions/commands/walls.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { type Committee, roleOfSeat } from '#shared/domain/committee.ts';
import { type ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { type Action, permit, rolesFor } from '#shared/domain/permission.ts';
import { Role } from '#shared/domain/role.ts';
import { noStaff, type Staff, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { Walled } from '#shared/domain/walls.ts';
import type { Records } from '#shared/ports/records.ts';

/** Somebody who may decide in the place of whoever is kept away, and the role in which they may. */
const Decider = z.object({ role: Role, personId: PersonId });
type Decider = z.infer<typeof Decider>;

/**
 * What stands in the place of something about an application that is closed to whoever reads it: nothing of it. `others`: who may decide about it
 * instead, where the reader could if it were open to them; nobody where it is empty.
 */
export const ClosedItem = Walled.extend({ others: z.array(Decider).optional() });
export type ClosedItem = z.infer<typeof ClosedItem>;

type About = { applicationId: ApplicationId };
type Place = Omit<Workplace, 'gate' | 'passport'>;

/**
 * What of a list is open to its reader, in its order; and, behind it, what is not: the place of a post or of a proposal would tell whose it is.
 * @param action by which something is decided about one of them
 * @param proposer who may not decide about one as the second person, having asked for it
 */
export const apart = async <One extends About>(
  { records }: { records: Pick<Records, 'find'> },
  place: Place,
  { action, items, proposer }: { action: Action; items: readonly One[]; proposer?: (one: One) => PersonId },
): Promise<{ open: One[]; closed: ClosedItem[] }> => {
  const wall = wallIn(place);
  const open = items.filter(({ applicationId }) => !wall(applicationId));
  if (open.length === items.length) return { open, closed: [] };
  const { by, round, committee } = place;
  const staff = (await records.find(staffAggregate, staffId))?.state ?? noStaff;
  const may = permit(action, by.role, round.state.stage).ok;
  const deciders = may ? decidersIn(staff, committee?.state, action) : undefined;
  const closed = items.flatMap((one): ClosedItem[] => {
    const walled = wall(one.applicationId);
    const asked = proposer?.(one);
    const others = deciders?.filter(
      ({ personId }) =>
        personId !== by.id &&
        personId !== asked &&
        !wallIn({ ...place, by: { kind: 'person', id: personId, role: by.role } })(one.applicationId),
    );
    return walled ? [{ walled, ...(others && { others }) }] : [];
  });
  return { open, closed };
};

/** Everybody who may do something: by a seat on the committee first, where it is for one, else by a role in the region. */
export const decidersIn = (staff: Staff, committee: Committee | undefined, action: Action): Decider[] => {
  const roles = rolesFor(action);
  const seated = (committee?.seats ?? []).flatMap(({ personId, seat, leftAt }): Decider[] => {
    const role = roleOfSeat(seat);
    return leftAt === undefined && roles.includes(role) ? [{ role, personId }] : [];
  });
  const sitting = new Set(seated.map(({ personId }) => personId));
  const inRegion = roles.includes('administrator')
    ? Object.entries(staff.members).flatMap(([id, held]): Decider[] => {
        const personId = PersonId.parse(id);
        return held.includes('administrator') && !sitting.has(personId)
          ? [{ role: 'administrator', personId }]
          : [];
      })
    : [];
  return [...seated, ...inRegion];
};

/** Everybody who is named in place of what is closed. */
export const namedIn = (closed: readonly ClosedItem[]): PersonId[] =>
  closed.flatMap(({ others = [] }) => others.map(({ personId }) => personId));
