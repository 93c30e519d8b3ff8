import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { viewSittings } from '#functions/commands/interview-sittings.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const SeatTimes = z.object({
  /** Full name of the zone that the round's clock is in. */
  timeZone: z.string(),
  times: z.array(
    z.object({
      /** The same in every answer, whoever has the time; `sequence` grows with what changes it. */
      uid: z.string(),
      sequence: z.int(),
      startsAt: Instant,
      endsAt: Instant,
      station: z.string().optional(),
      /** `gone`: they do not sit there any more, or it is not held; of whom it was is not said. */
      status: z.enum(['sits', 'gone']),
      number: ApplicationNumber.optional(),
      where: z.string().optional(),
    }),
  ),
});

/** When somebody sits in interviews, for a calendar. */
export const sittingsOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('listSittings', 'interview.sittings'),
      method: 'GET',
      path: '/api/rounds/:round/sittings',
      summary:
        'The times at which the reader sits in interviews, also of those that were owed, station by station and by application number; to the secretary all of them. One that is called off, or of an application that a conflict of interest closes to the reader, is `gone`.',
      answer: { status: 200, schema: SeatTimes },
      refusals: ['not-found', 'wrong-stage', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'interview.sittings', async (command) => {
        const found = await viewSittings(deps, command);
        if (!found.ok) return found;
        return ok({ timeZone: found.value.place.file.timeZone, times: [...found.value.times] });
      }),
  );
