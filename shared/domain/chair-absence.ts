import * as z from 'zod';
import { type Committee, votersOf } from '#shared/domain/committee.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Gate, GateEvent } from '#shared/domain/gate.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Who chairs where the chair is away: whom the members who came elect. A committee waits for its chair where a file has no such rule. */
export const AbsentChairRule = z.strictObject({ replacedBy: z.literal('elected'), ...provenance });
type AbsentChairRule = z.infer<typeof AbsentChairRule>;

const absence = { at: Instant, chair: PersonId, standIn: PersonId, reason: DocumentRef };

/** That the chair is away for the rest of a gate, and who chairs there instead. */
export const ChairAbsence = z.object(absence);
export type ChairAbsence = z.infer<typeof ChairAbsence>;

export const absenceEvents = [
  z.object({ type: z.literal('chair-absent'), ...absence }),
  z.object({ type: z.literal('chair-returned'), at: Instant }),
] as const;

type Decision = Result<GateEvent[], Refusal>;

/**
 * Records that the chair is away and whom the members elected to chair at this gate; somebody else takes the place of who was recorded
 * before. Refused while the chair's own vote lies on the table: who has voted is there.
 */
export const chairAway = (
  gate: Gate,
  committee: Committee,
  { rule, standIn, reason }: { rule: AbsentChairRule | undefined; standIn: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  if (gate.status === 'decided') return refuse({ kind: 'already-decided', decidedAt: gate.decidedAt });
  if (!rule) return refuse({ kind: 'no-stand-in' });
  const chair = appointedChair(committee);
  if (!chair || standIn === chair || !votersOf(committee).includes(standIn)) {
    return refuse({ kind: 'not-found', what: 'person' });
  }
  if (gate.votes.some(({ memberId }) => memberId === chair)) return refuse({ kind: 'vote-stands' });
  return ok([{ type: 'chair-absent', at: now, chair, standIn, reason }]);
};

/** The chair is back, and chairs again; votes stay, that of who stood in as any other member's. */
export const chairBack = (gate: Gate, now: Instant): Decision => {
  if (gate.status === 'decided') return refuse({ kind: 'already-decided', decidedAt: gate.decidedAt });
  return ok(gate.absence ? [{ type: 'chair-returned', at: now }] : []);
};

export const appointedChair = ({ seats }: Committee): PersonId | undefined =>
  seats.find(({ seat, leftAt }) => seat === 'chair' && leftAt === undefined)?.personId;

/** The absence that holds at a gate: whoever is appointed to the chair in the place of who was away is there. */
export const absenceAt = (gate: Gate, { seats }: Committee): ChairAbsence | undefined => {
  const decidedAt = gate.status === 'decided' ? gate.decidedAt : undefined;
  const holds = seats.some(
    ({ seat, personId, leftAt }) =>
      seat === 'chair' &&
      personId === gate.absence?.chair &&
      (leftAt === undefined || (decidedAt !== undefined && leftAt > decidedAt)),
  );
  return holds ? gate.absence : undefined;
};

/** Whether somebody's absence is recorded at the gate, so that they neither vote nor decide there. */
export const isAway = (gate: Gate, committee: Committee, personId: PersonId): boolean =>
  absenceAt(gate, committee)?.chair === personId;
