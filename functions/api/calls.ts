import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { CallAnswer, callAnswer, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { publicCall, publicCalls } from '#functions/commands/rounds.ts';
import { deadlineKinds, deadlinesOf } from '#shared/domain/call-deadlines.ts';
import { PublicRoundFile, publicFileOf } from '#shared/domain/round-file-public.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

/** What anyone may read of calls: their rules and their dates. */
export const callOperations = (deps: CommandDeps): Operation[] => [
  listCallsOperation(deps),
  readCallOperation(deps),
];

const listCallsOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listCalls',
      method: 'GET',
      path: '/api/calls',
      who: 'public',
      summary: 'Calls of the region, newest first; drafts are not among them.',
      answer: { status: 200, schema: z.object({ calls: z.array(CallAnswer) }) },
    },
    async () => {
      const calls = await publicCalls(deps);
      return ok({
        calls: calls.map(callAnswer),
      });
    },
  );

const readCallOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readCall',
      method: 'GET',
      path: '/api/calls/:round',
      who: 'public',
      summary:
        'One call with the round file that it was opened with, without the texts that raters practise on, and why it was cancelled if it was.',
      answer: {
        status: 200,
        schema: CallAnswer.extend({
          roundFile: PublicRoundFile,
          cancelledBecause: z.string().optional(),
          /** In order of time; `results` is a plan, not a promise. */
          deadlines: z.array(z.object({ kind: z.enum(deadlineKinds), at: Instant })),
        }),
      },
      refusals: ['not-found'],
    },
    async (c) => {
      const call = await withRound(c.req.param('round'), (id) => publicCall(deps, id));
      if (!call.ok) return call;
      const { round, file, cancelledBecause } = call.value;
      const [roundFile, deadlines] = [publicFileOf(file), deadlinesOf(round, file)];
      return ok({ ...callAnswer(call.value), roundFile, cancelledBecause, deadlines });
    },
  );
