import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { handOver, openPacketFile } from '#functions/commands/elsewhere-handing.ts';
import {
  bringStatement,
  type Concerned,
  confirmStatement,
  followsFrom,
} from '#functions/commands/elsewhere-hearing.ts';
import {
  confirmOpenPosts,
  previewOpenPosts,
  refuseOpenPosts,
  stopOpenPosts,
} from '#functions/commands/elsewhere-import.ts';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type BroughtList, Elsewhere } from '#shared/domain/elsewhere.ts';
import { countingOf, Follows, type HeardStatement, waitingOf } from '#shared/domain/elsewhere-heard.ts';
import { Said } from '#shared/domain/elsewhere-said.ts';
import { Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const lists = '/api/rounds/:round/elsewhere/lists';

/** One list of another region, for staff: shown or sent back, who is handed over for it, and what became of them. */
export const elsewhereListOperations = (deps: CommandDeps): Operation[] => [
  preview(deps),
  ...answering(deps),
  ...handing(deps),
  ...outcomes(deps),
];

const deciding = ['not-found', 'wrong-stage', 'changed-meanwhile'] as const satisfies Refusal['kind'][];

const HeardAnswer = z.object({ sha256: Sha256, number: z.int(), people: z.int() });

const heardAnswer = (one: HeardStatement | undefined): z.infer<typeof HeardAnswer> | undefined =>
  one && { sha256: one.sha256, number: one.number, people: one.people.length };

/** Who did what is named on the round's timeline. */
export const ListAnswer = Elsewhere.shape.lists.element
  .omit({ by: true, confirmed: true, handing: true, outcome: true, heard: true })
  .extend({
    asked: z.int().optional(),
    /** What the other region says became of who was handed over: people whom a post is proposed to, and how many were told. */
    outcome: z.object({ sha256: Sha256, posts: z.int(), told: z.int().optional() }).optional(),
    /** What it states since of what they answered: the statement that waits for another person, and the one that counts. */
    answers: z.object({ waiting: HeardAnswer.optional(), counting: HeardAnswer.optional() }).optional(),
  });

export const listAnswer = ({ confirmed, outcome, heard, ...list }: BroughtList): z.infer<typeof ListAnswer> =>
  Object.assign(
    list,
    confirmed && { asked: confirmed.asked },
    outcome && {
      outcome: {
        sha256: outcome.sha256,
        posts: outcome.posts.length,
        told: outcome.confirmed?.told,
      },
    },
    heard && {
      answers: { waiting: heardAnswer(waitingOf({ heard })), counting: heardAnswer(countingOf({ heard })) },
    },
  );

const preview = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('previewOpenPosts', 'elsewhere.read'),
      method: 'GET',
      path: `${lists}/:list`,
      summary:
        'What a list holds and to whom it would be shown: `unplaced` is what confirming confirms, `takes` of a post how many of these people it would take.',
      answer: {
        status: 200,
        schema: z.object({
          list: ListAnswer,
          compare: OpenPosts.shape.compare,
          unplaced: z.int(),
          without: z.int(),
          /** What handing over confirms. */
          agreed: z.int(),
          /** What confirming the outcome confirms. */
          untold: z.int(),
          /** What confirming a statement of answers confirms, and whom it concerns, by number. */
          follows: Follows,
          concerned: z.array(
            z.object({
              ...Said.shape,
              effect: z.enum(['closes', 'conflict', 'returns', 'over', 'noted']),
              /** Offers that end, may be offered anew, or stand beside the post there. */
              vacancies: z.array(VacancyCode),
            }),
          ),
          posts: z.array(Vacancy.extend({ takes: z.int() })),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onList(c, 'elsewhere.read', async (command) => {
        const found = await previewOpenPosts(deps, command);
        if (!found.ok) return found;
        const { list, posts, takes, unplaced, without, agreed, untold, place } = found.value;
        const may = permit('elsewhere.outcome', place.work.by.role, place.round.stage).ok;
        const concerned = may ? found.value.concerned : [];
        const told = posts.posts.map((post) => Object.assign({}, post, { takes: takes.get(post.code) ?? 0 }));
        const counts = { unplaced, without, agreed, untold };
        const answers = { follows: followsFrom(concerned), concerned: concerned.map(concernedAnswer) };
        return ok({ list: listAnswer(list), compare: posts.compare, ...counts, ...answers, posts: told });
      }),
  );

const concernedAnswer = ({ said, effect }: Concerned) => ({
  ...said,
  effect: effect.kind,
  vacancies: 'offers' in effect ? effect.offers.map(({ vacancy }) => vacancy) : [],
});

const answering = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('confirmOpenPosts', 'elsewhere.import', 'elsewhere-confirmed'),
      method: 'POST',
      path: `${lists}/:list/confirmation`,
      summary:
        'Shows a list to everyone without a post and writes to each, as many as were confirmed. By another person than who brought it.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'second-person-needed', 'too-late', 'recipients-differ'],
    },
    (c, { confirmed }) =>
      onList(c, 'elsewhere.import', (command) => confirmOpenPosts(deps, { ...command, confirmed })),
  ),
  ask(
    {
      ...described('refuseOpenPosts', 'elsewhere.import', 'elsewhere-refused'),
      method: 'POST',
      path: `${lists}/:list/refusal`,
      summary: 'Sends a list back before it is shown to anybody.',
      answer: { status: 204 },
      refusals: deciding,
    },
    (c) => onList(c, 'elsewhere.import', (command) => refuseOpenPosts(deps, command)),
  ),
  ask(
    {
      ...described('stopOpenPosts', 'elsewhere.hand', 'elsewhere-stopped'),
      method: 'POST',
      path: `${lists}/:list/stop`,
      summary:
        'Takes back a list that was shown, before anybody is handed over, and tells who agreed. Another list of that round may then be brought.',
      answer: { status: 204 },
      refusals: [...deciding, 'already-decided'],
    },
    (c) => onList(c, 'elsewhere.hand', (command) => stopOpenPosts(deps, command)),
  ),
];

const handing = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('handOverElsewhere', 'elsewhere.hand', 'elsewhere-handing'),
      method: 'POST',
      path: `${lists}/:list/packet`,
      summary:
        'Hands over who agreed and chose, as many as were confirmed: between the end of choosing and the end of handing over. The packet is sealed and signed within a minute, and each of them is told.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [
        ...deciding,
        'too-early',
        'too-late',
        'recipients-differ',
        'not-in-stage',
        'unfinished-work',
      ],
    },
    (c, { confirmed }) => onList(c, 'elsewhere.hand', (command) => handOver(deps, { ...command, confirmed })),
  ),
  ask(
    {
      ...described('packetFile', 'elsewhere.hand'),
      method: 'GET',
      path: `${lists}/:list/packet`,
      summary:
        'An address under which the packet can be downloaded for a minute; only the region that it is for can open it.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onList(c, 'elsewhere.hand', (command) => openPacketFile(deps, command)),
  ),
];

const outcomes = (deps: CommandDeps): Operation[] => [
  sendFile(
    {
      ...described('bringElsewhereOutcome', 'elsewhere.outcome', 'elsewhere-outcome-brought'),
      method: 'POST',
      path: `${lists}/:list/outcome`,
      summary:
        'Brings the signed file in which the other region says what became of who was handed over. It waits for another person; nobody is told before.',
      type: 'application/json',
      answer: { status: 204 },
      refusals: [...deciding, 'already-decided'],
    },
    (c, file) => onList(c, 'elsewhere.outcome', (command) => bringOutcome(deps, { ...command, file })),
  ),
  send(
    {
      ...described('confirmElsewhereOutcome', 'elsewhere.outcome', 'elsewhere-outcome-confirmed'),
      method: 'POST',
      path: `${lists}/:list/outcome/confirmation`,
      summary:
        'Tells everyone of the packet what became of them, as many as were confirmed. By another person than who brought it, of the outcome that they saw.',
      body: z.strictObject({ outcome: Sha256, confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'second-person-needed', 'recipients-differ'],
    },
    (c, seen) => onList(c, 'elsewhere.outcome', (command) => confirmOutcome(deps, { ...command, ...seen })),
  ),
  sendFile(
    {
      ...described('bringElsewhereAnswers', 'elsewhere.outcome', 'elsewhere-statement-brought'),
      method: 'POST',
      path: `${lists}/:list/answers`,
      summary:
        'Brings the sealed statement in which the other region says what people who were handed over answered there. It waits for another person; nothing follows from it before.',
      type: 'application/json',
      answer: { status: 204 },
      refusals: deciding,
    },
    (c, file) => onList(c, 'elsewhere.outcome', (command) => bringStatement(deps, { ...command, file })),
  ),
  send(
    {
      ...described('confirmElsewhereAnswers', 'elsewhere.outcome', 'elsewhere-statement-confirmed'),
      method: 'POST',
      path: `${lists}/:list/answers/confirmation`,
      summary:
        'Lets a statement count, with what followed from it when it was looked at: whoever accepted there leaves the round with open offers, and whoever accepted here as well is asked. By another person than who brought it.',
      body: z.strictObject({ statement: Sha256, follows: Follows }),
      answer: { status: 204 },
      refusals: [...deciding, 'second-person-needed', 'recipients-differ'],
    },
    (c, { statement, follows: seen }) =>
      onList(c, 'elsewhere.outcome', (command) => confirmStatement(deps, { ...command, statement, seen })),
  ),
];

const onList = <T>(
  c: Context,
  action: Action,
  work: (command: CommitteeCommand & { list: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, action, async (command) => {
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('list'));
    return number.success
      ? await work({ ...command, list: number.data })
      : refuse({ kind: 'not-found', what: 'page' });
  });
