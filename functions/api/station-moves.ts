import * as z from 'zod';
import { type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { atWork } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { moveInterviewStation } from '#functions/commands/interview-station-moving.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { PanelId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant, readInstant } from '#shared/domain/time.ts';
import { refuse } from '#shared/result.ts';

const StationTime = z.strictObject({ startsAt: Instant, panel: PanelId });

/** How one station of a booked interview is moved. */
export const moveStation = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'moveInterviewStation',
      method: 'PUT',
      path: '/api/rounds/:round/interviews/:application/stations/:station/time',
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'interview-moved',
      summary:
        'Moves one station of a booked interview to another time, or to another panel that may hold it; the other stations stay. `was` is the station as the list of interviews shows it: where it is another one by now, nothing moves. Applicant and panels get a letter; a second time changes nothing.',
      body: z.strictObject({
        startsAt: z.iso.datetime({ offset: true }),
        panel: PanelId,
        was: StationTime,
      }),
      answer: { status: 204 },
      refusals: [...atWork, 'not-in-stage'],
    },
    (c, { startsAt: typed, panel, was }) =>
      withRound(c.req.param('round'), (roundId) =>
        withApplication(c.req.param('application'), async (applicationId) => {
          const by = requireActor(c, rolesFor('interview.plan'));
          const startsAt = readInstant(typed);
          if (!startsAt)
            return refuse({
              kind: 'invalid',
              faults: [{ place: '/startsAt', message: 'round-file.moment' }],
            });
          const station = c.req.param('station') ?? '';
          const command = { by, roundId, applicationId, station };
          return await moveInterviewStation(deps, { ...command, was, startsAt, panel });
        }),
      ),
  );
