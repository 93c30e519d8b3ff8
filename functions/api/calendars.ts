import * as z from 'zod';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { RoundAnswer, roundAnswer, withRound } from '#functions/api/schemas.ts';
import { described } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  enforceRegionCalendar,
  followRegionCalendar,
  importRegionCalendar,
  viewRegionCalendar,
} from '#functions/commands/region-calendar.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { CalendarFile } from '#shared/domain/region-calendar.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

const Answer = z.object({
  /** SHA-256 of the file by which the region counts. */
  inForce: Sha256.optional(),
  waiting: Sha256.optional(),
  versions: z.array(
    z.object({
      sha256: Sha256,
      years: z.array(z.int()),
      importedAt: Instant,
      inForceAt: Instant.optional(),
    }),
  ),
  file: CalendarFile.optional(),
  waitingFile: CalendarFile.optional(),
  /** Deadlines of running rounds that the waiting file, or else the one in force, counts otherwise; `told` ones stay. */
  changes: z.array(
    z.object({
      roundId: RoundId,
      what: z.enum(['results', 'claims', 'offers', 'checklist']),
      told: z.boolean(),
      count: z.int(),
      before: Instant,
      after: Instant,
    }),
  ),
});

const Named = z.strictObject({ sha256: Sha256 });

/** The region's holidays and moved days. */
export const calendarOperations = (deps: CommandDeps): Operation[] => [
  ...fileOperations(deps),
  followOperation(deps),
];

const fileOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readCalendar', 'calendar.keep'),
      method: 'GET',
      path: '/api/calendar',
      summary: 'By which holidays and moved days the region counts, and what the newest file would change.',
      answer: { status: 200, schema: Answer },
    },
    async () => ok(await answerOf(deps)),
  ),
  sendFile(
    {
      ...described('importCalendar', 'calendar.keep', 'calendar-imported'),
      method: 'PUT',
      path: '/api/calendar',
      summary:
        'Imports a calendar file, with every fault at its place. It waits until it is put in force; the answer says what it would change.',
      type: 'application/json',
      answer: { status: 200, schema: Answer },
      refusals: ['changed-meanwhile'],
    },
    async (c, file) => {
      const by = requireActor(c, rolesFor('calendar.keep'));
      return then(deps, await importRegionCalendar(deps, { by, file }));
    },
  ),
  send(
    {
      ...described('enforceCalendar', 'calendar.keep', 'calendar-put-in-force'),
      method: 'POST',
      path: '/api/calendar/force',
      summary:
        'Puts the waiting file in force, named by its SHA-256. Rounds that run keep their own calendar.',
      body: Named,
      answer: { status: 200, schema: Answer },
      refusals: ['changed-meanwhile'],
    },
    async (c, { sha256 }) => {
      const by = requireActor(c, rolesFor('calendar.keep'));
      return then(deps, await enforceRegionCalendar(deps, { by, sha256 }));
    },
  ),
];

const followOperation = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('followCalendar', 'round.follow-calendar', 'calendar-adopted'),
      method: 'POST',
      path: '/api/rounds/:round/calendar',
      summary:
        'Lets a running round count by the region’s calendar from now on, named by its SHA-256. Deadlines that people were told stay.',
      body: Named,
      answer: { status: 200, schema: RoundAnswer },
      refusals: ['not-found', 'wrong-stage', 'changed-meanwhile'],
    },
    async (c, { sha256 }) => {
      const by = requireActor(c, rolesFor('round.follow-calendar'));
      const followed = await withRound(c.req.param('round'), (roundId) =>
        followRegionCalendar(deps, { by, roundId, sha256 }),
      );
      return followed.ok ? ok(roundAnswer(followed.value)) : followed;
    },
  );

const then = async (
  deps: CommandDeps,
  outcome: Result<unknown, Refusal>,
): Promise<Result<z.input<typeof Answer>, Refusal>> => (outcome.ok ? ok(await answerOf(deps)) : outcome);

const answerOf = async (deps: CommandDeps): Promise<z.input<typeof Answer>> => {
  const { calendar, inForce, waiting, changes } = await viewRegionCalendar(deps);
  return {
    ...calendar,
    file: inForce,
    waitingFile: waiting,
    changes: changes.map(({ round, ...change }) => Object.assign({ roundId: round.id }, change)),
  };
};
