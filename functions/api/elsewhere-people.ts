import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { resultsForm } from '#functions/commands/brought-results.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { bringArrivals, confirmArrivals, refuseArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { giveElsewhere, viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { openOutcomeFile } from '#functions/commands/elsewhere-outcome.ts';
import { askStatement, noteSaid } from '#functions/commands/elsewhere-saying.ts';
import { openStatementFile } from '#functions/commands/elsewhere-statement.ts';
import { ruleTwins } from '#functions/commands/elsewhere-twins.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { Arrival } from '#shared/domain/elsewhere-arrivals.ts';
import { Answer } from '#shared/domain/elsewhere-gone.ts';
import { NotedAnswer } from '#shared/domain/elsewhere-said.ts';
import { DocumentId, VacancyCode } from '#shared/domain/ids.ts';
import { Newcomer } from '#shared/elsewhere/newcomer.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const people = '/api/rounds/:round/elsewhere/people';

/** People of other regions for the own empty posts, for staff. */
export const elsewherePeopleOperations = (deps: CommandDeps): Operation[] => [
  read(deps),
  ...bringing(deps),
  twins(deps),
  give(deps),
  outcomeFile(deps),
  ...answers(deps),
];

const deciding = ['not-found', 'wrong-stage', 'changed-meanwhile'] as const satisfies Refusal['kind'][];

const read = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readElsewherePeople', 'elsewhere.receive'),
      method: 'GET',
      path: people,
      summary:
        'People whom other regions handed over, best first, with the post that each would get or was given; logged as a reading. `given` is what giving confirms.',
      answer: {
        status: 200,
        schema: z.object({
          /** `answers`: as many as a statement for its region would state now. */
          packets: z.array(
            Arrival.omit({
              by: true,
              confirmed: true,
              document: true,
              more: true,
              replyTo: true,
              statements: true,
            }).extend({ answers: z.int() }),
          ),
          /** What was noted of their answers. */
          said: z.array(NotedAnswer.omit({ by: true })),
          people: z.array(
            Newcomer.extend({ vacancy: VacancyCode.optional(), alsoAs: z.string().optional() }),
          ),
          given: z.int(),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'elsewhere.receive', async (command) => {
        const found = await viewArrivals(deps, command);
        if (!found.ok) return found;
        const { place, waiting, given, answers: noted } = found.value;
        const { arrivals = [], said = [] } = place.record?.state ?? {};
        return ok({
          packets: arrivals.map((one) =>
            Object.assign({}, one, { answers: noted.get(one.number)?.length ?? 0 }),
          ),
          said,
          people: waiting.map(({ newcomer, vacancy, alsoAs }) =>
            Object.assign({}, newcomer, { vacancy: vacancy?.code, alsoAs }),
          ),
          given,
        });
      }),
  );

const bringing = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('elsewhereResultsForm', 'elsewhere.receive'),
      method: 'GET',
      path: `${people}/results`,
      summary:
        'A form that takes the published results of another region straight to storage, such as are larger than a request may be; bringing a packet then names them as `results`. Forgotten after two days.',
      answer: { status: 200, schema: z.object({ id: DocumentId, upload: Upload, seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onRound(c, 'elsewhere.receive', (command) => resultsForm(deps, command)),
  ),
  send(
    {
      ...described('bringElsewherePeople', 'elsewhere.receive', 'elsewhere-people-brought'),
      method: 'POST',
      path: people,
      summary:
        'Brings the packet of another region and the published results that it names, as the texts of their files, or the results by the `id` of the form that took them. It waits for another person; one that was brought already is not brought twice: the answer is its number.',
      body: z.union([
        z.strictObject({ packet: z.string(), bundle: z.string() }),
        z.strictObject({ packet: z.string(), results: DocumentId }),
      ]),
      answer: { status: 201, schema: z.object({ number: z.int() }) },
      refusals: [...deciding, 'too-late'],
    },
    (c, files) =>
      onRound(c, 'elsewhere.receive', (command) => {
        const bundle = 'results' in files ? { id: files.results } : files.bundle;
        return bringArrivals(deps, { ...command, packet: files.packet, bundle });
      }),
  ),
  send(
    {
      ...described('confirmElsewherePeople', 'elsewhere.receive', 'elsewhere-people-confirmed'),
      method: 'POST',
      path: `${people}/:arrival/confirmation`,
      summary:
        'Lets the people of a packet count, as many as were confirmed. By another person than who brought it.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'second-person-needed', 'recipients-differ'],
    },
    (c, { confirmed }) => onArrival(c, (command) => confirmArrivals(deps, { ...command, confirmed })),
  ),
  ask(
    {
      ...described('refuseElsewherePeople', 'elsewhere.receive', 'elsewhere-people-refused'),
      method: 'POST',
      path: `${people}/:arrival/refusal`,
      summary: 'Sends a packet back before it counts.',
      answer: { status: 204 },
      refusals: deciding,
    },
    (c) => onArrival(c, (command) => refuseArrivals(deps, command)),
  ),
];

const Upload = z.object({ url: z.url(), fields: z.record(z.string(), z.string()) });

const twins = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('ruleElsewhereTwins', 'elsewhere.receive', 'elsewhere-twins-ruled'),
      method: 'POST',
      path: `${people}/twins`,
      summary:
        'Notes of two people of different regions, as `REGION NUMBER`, whether they are one person, whatever mailboxes and telephones say. Until posts are given; the same again changes nothing.',
      body: z.strictObject({ one: z.string(), other: z.string(), same: z.boolean() }),
      answer: { status: 204 },
      refusals: deciding,
    },
    (c, ruling) => onRound(c, 'elsewhere.receive', (command) => ruleTwins(deps, { ...command, ...ruling })),
  );

const give = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('giveElsewhere', 'elsewhere.give', 'elsewhere-posts-given'),
      method: 'POST',
      path: `${people}/posts`,
      summary:
        'Decides who is asked about which post, after handing over has ended and with as many posts as were confirmed. A second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'too-early', 'unfinished-work', 'recipients-differ'],
    },
    (c, { confirmed }) =>
      onRound(c, 'elsewhere.give', (command) => giveElsewhere(deps, { ...command, confirmed })),
  );

const outcomeFile = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('elsewhereOutcomeFile', 'elsewhere.receive'),
      method: 'GET',
      path: `${people}/:arrival/outcome`,
      summary:
        'An address under which the signed outcome for the region of a packet can be downloaded for a minute.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onArrival(c, (command) => openOutcomeFile(deps, command)),
  );

const answers = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('noteElsewhereAnswer', 'elsewhere.receive', 'elsewhere-said'),
      method: 'POST',
      path: `${people}/said`,
      summary:
        'Notes what somebody of another region said to the post that was proposed to them, as `REGION NUMBER`, and on which day. The newest counts; the same again changes nothing.',
      body: z.strictObject({ who: z.string(), answer: Answer, on: z.iso.date() }),
      answer: { status: 204 },
      refusals: [...deciding, 'too-late'],
    },
    (c, said) => onRound(c, 'elsewhere.receive', (command) => noteSaid(deps, { ...command, ...said })),
  ),
  send(
    {
      ...described('askElsewhereStatement', 'elsewhere.receive', 'elsewhere-statement-asked'),
      method: 'POST',
      path: `${people}/:arrival/answers`,
      summary:
        'Lets what people of a packet answered be stated to their region, as many as were confirmed; it is sealed and signed within a minute. What was stated already changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'too-late', 'recipients-differ', 'not-in-stage'],
    },
    (c, { confirmed }) => onArrival(c, (command) => askStatement(deps, { ...command, confirmed })),
  ),
  ask(
    {
      ...described('elsewhereStatementFile', 'elsewhere.receive'),
      method: 'GET',
      path: `${people}/:arrival/answers`,
      summary:
        'An address under which the newest statement for the region of a packet can be downloaded for a minute; only that region can open it.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onArrival(c, (command) => openStatementFile(deps, command)),
  ),
];

const onArrival = <T>(
  c: Context,
  work: (command: CommitteeCommand & { arrival: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, 'elsewhere.receive', async (command) => {
    const arrival = z.coerce.number().int().min(1).safeParse(c.req.param('arrival'));
    return arrival.success
      ? await work({ ...command, arrival: arrival.data })
      : refuse({ kind: 'not-found', what: 'page' });
  });
