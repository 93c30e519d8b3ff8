import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { CallAnswer, callAnswer, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { publicCall, publicCalls } from '#functions/commands/rounds.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import { ok } from '#shared/result.ts';

/** What anyone may read: calls, their rules and their vacancies. */
export const callOperations = (deps: CommandDeps): Operation[] => [
  listCallsOperation(deps),
  readCallOperation(deps),
  listVacanciesOperation(deps),
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
        calls: calls.map(({ round, version, file, open }) => callAnswer({ round, version, file }, open)),
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
      summary: 'One call with the round file that it was opened with, and why it was cancelled if it was.',
      answer: {
        status: 200,
        schema: CallAnswer.extend({ roundFile: RoundFile, cancelledBecause: z.string().optional() }),
      },
      refusals: ['not-found'],
    },
    async (c) => {
      const call = await withRound(c.req.param('round'), (id) => publicCall(deps, id));
      if (!call.ok) return call;
      const { file: roundFile, open, cancelledBecause } = call.value;
      return ok({ ...callAnswer(call.value, open), roundFile, cancelledBecause });
    },
  );

const listVacanciesOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listVacancies',
      method: 'GET',
      path: '/api/calls/:round/vacancies',
      who: 'public',
      summary: 'The vacancies of a call, by code.',
      answer: { status: 200, schema: z.object({ vacancies: z.array(Vacancy) }) },
      refusals: ['not-found'],
    },
    async (c) => {
      const call = await withRound(c.req.param('round'), (id) => publicCall(deps, id));
      return call.ok ? ok({ vacancies: [...call.value.vacancies] }) : call;
    },
  );
