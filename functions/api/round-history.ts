import * as z from 'zod';
import { AlarmAnswer, alarmAnswers } from '#functions/api/alarms.ts';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { type Deed, roundHistory } from '#functions/commands/round-history.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { Ground, RulingKind } from '#shared/domain/conflict.ts';
import { Actor } from '#shared/domain/event.ts';
import { ApplicationNumber, GateId, PersonId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const DeedAnswer = z.object({
  at: Instant,
  type: z.string(),
  by: Actor,
  stage: z.string().optional(),
  /** At which gate it was done, or which it decided. */
  gate: GateId.optional(),
  /** How often the round had entered the stage of a gate at which it was done. */
  attempt: z.int().optional(),
  /** Whose seat on the committee, or place in the room, it was about. */
  seat: z
    .object({
      personId: PersonId,
      kind: SeatKind.optional(),
      insteadOf: PersonId.optional(),
    })
    .optional(),
  /** A rater of another region; by name where the reader may know it. */
  guest: z.object({ number: z.int(), region: RegionCode, name: z.string().optional() }).optional(),
  /** A conflict of interest, for the secretary, and without the application for whom it keeps away. */
  conflict: z
    .object({ memberId: PersonId, number: ApplicationNumber.optional(), ruling: RulingKind.optional() })
    .optional(),
  /** Possible conflicts of interest that were found by comparing, for the same readers: on what for the secretary. */
  found: z
    .array(z.object({ memberId: PersonId, number: ApplicationNumber.optional(), grounds: z.array(Ground) }))
    .optional(),
  /** Of a release in spite of what looked wrong in it. */
  heeded: z.object({ alarms: z.array(AlarmAnswer), reason: z.string().optional() }).optional(),
  /** Of offers that went out up to a place of the ranking: how many, and how many waited behind it. */
  part: z.object({ through: z.int(), recipients: z.int(), left: z.int() }).optional(),
  /** Why offers were stopped. */
  said: z.string().optional(),
});

/** What was done about a round. */
export const historyOperation = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'readRoundHistory',
      method: 'GET',
      path: '/api/rounds/:round/history',
      who: rolesFor('round.watch'),
      does: 'round.watch',
      summary: 'Everything that was done about a round, its committee and its gates, in the order of time.',
      answer: {
        status: 200,
        schema: z.object({
          deeds: z.array(DeedAnswer),
        }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await roundHistory(deps, { roundId, by: requireActor(c, rolesFor('round.watch')) });
        if (!found.ok) return found;
        return ok({ deeds: found.value.deeds.map(deedAnswer) });
      }),
  );

const deedAnswer = ({
  at,
  type,
  by: who,
  stage,
  gate,
  attempt,
  seat,
  guest,
  conflict,
  found,
  heeded,
  part,
  said,
}: Deed): z.input<typeof DeedAnswer> => ({
  at,
  type,
  by: who,
  stage,
  gate,
  attempt,
  seat: seat && {
    personId: seat.personId,
    kind: seat.kind,
    insteadOf: seat.insteadOf?.personId,
  },
  guest,
  part,
  said,
  conflict: conflict && {
    memberId: conflict.personId,
    number: conflict.number,
    ruling: conflict.ruling,
  },
  found:
    found.length === 0
      ? undefined
      : found.map(({ personId, number, grounds }) => ({ memberId: personId, number, grounds: [...grounds] })),
  heeded: heeded && { reason: heeded.reason, alarms: alarmAnswers(heeded.alarms) },
});
