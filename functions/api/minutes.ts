import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { described } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { MinutesFile, openMinutes, viewMinutes } from '#functions/commands/minutes-reading.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The minutes of a closed round, and its files. */
export const minutesOperations = (deps: CommandDeps): Operation[] => [readMinutes(deps), openPaper(deps)];

const MinutesAnswer = z.object({
  number: z.int(),
  drawnAt: Instant,
  /** Of the data that all files were drawn from, as canonical JSON; it stands on each page. */
  data: Sha256,
  files: z.array(z.object({ locale: Locale, bytes: z.int(), sha256: Sha256 })),
});

const readMinutes = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readMinutes', 'minutes.read'),
      method: 'GET',
      path: '/api/rounds/:round/minutes',
      summary:
        'The minutes of a closed round with the SHA-256 of each file; without `minutes` while they are drawn.',
      answer: { status: 200, schema: z.object({ minutes: MinutesAnswer.optional() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onClosed(c, async (command) => {
        const found = await viewMinutes(deps, command);
        return found.ok ? ok({ minutes: found.value.minutes }) : found;
      }),
  );

const openPaper = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('openMinutes', 'minutes.read'),
      method: 'GET',
      path: '/api/rounds/:round/minutes/:file',
      summary:
        'An address that opens one file of the minutes (kk, ru, en as PDF, or data as JSON) for so many seconds. That it was asked for is in the log of reads.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onClosed(c, async (command) => {
        const file = MinutesFile.safeParse(c.req.param('file'));
        if (!file.success) return refuse({ kind: 'not-found', what: 'document' });
        return await openMinutes(deps, { ...command, file: file.data });
      }),
  );

const onClosed = <T>(c: Context, work: (command: CommitteeCommand) => Promise<Result<T, Refusal>>) => {
  const by = requireActor(c, rolesFor('minutes.read'));
  return withRound(c.req.param('round'), (roundId) => work({ by, roundId }));
};
