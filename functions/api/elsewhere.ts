import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { pinRegionKey, viewElsewhere } from '#functions/commands/elsewhere.ts';
import { handOver, openPacketFile } from '#functions/commands/elsewhere-handing.ts';
import {
  bringOpenPosts,
  confirmOpenPosts,
  previewOpenPosts,
  refuseOpenPosts,
  stopOpenPosts,
} from '#functions/commands/elsewhere-import.ts';
import { listOpenPosts, openListFile } from '#functions/commands/elsewhere-list.ts';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type BroughtList, Elsewhere } from '#shared/domain/elsewhere.ts';
import type { Action } from '#shared/domain/permission.ts';
import { postsOf, Vacancy } from '#shared/domain/vacancy.ts';
import { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const elsewhere = '/api/rounds/:round/elsewhere';
const lists = `${elsewhere}/lists`;

/** Posts and people of other regions, for staff. */
export const elsewhereOperations = (deps: CommandDeps): Operation[] => [
  read(deps),
  ...ownList(deps),
  pin(deps),
  bring(deps),
  ...onLists(deps),
  ...handing(deps),
  ...outcomes(deps),
];

const deciding = ['not-found', 'wrong-stage', 'changed-meanwhile'] as const satisfies Refusal['kind'][];

/** Who did what is named on the round's timeline. */
const ListAnswer = Elsewhere.shape.lists.element
  .omit({ by: true, confirmed: true, handing: true, outcome: true })
  .extend({
    asked: z.int().optional(),
    /** What the other region says became of who was handed over: people whom a post is proposed to, and how many were told. */
    outcome: z.object({ posts: z.int(), told: z.int().optional() }).optional(),
  });

const listAnswer = ({ confirmed, outcome, ...list }: BroughtList): z.infer<typeof ListAnswer> =>
  Object.assign(
    list,
    confirmed && { asked: confirmed.asked },
    outcome && { outcome: { posts: outcome.posts.length, told: outcome.confirmed?.told } },
  );

const read = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readElsewhere', 'elsewhere.read'),
      method: 'GET',
      path: elsewhere,
      summary:
        'What crosses between regions: the own list of empty posts, keys of other regions, and their lists. `listable.posts` is what listing confirms, as long as nothing `remaining` comes first.',
      answer: {
        status: 200,
        schema: z.object({
          own: Elsewhere.shape.own.unwrap().omit({ by: true }).optional(),
          keys: z.array(Elsewhere.shape.keys.element.omit({ by: true })),
          lists: z.array(ListAnswer),
          listable: z.object({ posts: z.int(), remaining: z.int() }).optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'elsewhere.read', async (command) => {
        const found = await viewElsewhere(deps, command);
        if (!found.ok) return found;
        const { elsewhere: state, mayList } = found.value;
        return ok({
          ...state,
          lists: state.lists.map(listAnswer),
          ...(mayList && {
            listable: { posts: postsOf(mayList.posts), remaining: mayList.remaining },
          }),
        });
      }),
  );

const ownList = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('listOpenPosts', 'elsewhere.list', 'elsewhere-listed'),
      method: 'POST',
      path: `${elsewhere}/own`,
      summary:
        'Lists the posts that stay empty for other regions, as many as were confirmed; the file is signed within a minute. A second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'unfinished-work', 'recipients-differ', 'not-in-stage'],
    },
    (c, { confirmed }) =>
      onRound(c, 'elsewhere.list', (command) => listOpenPosts(deps, { ...command, confirmed })),
  ),
  ask(
    {
      ...described('openPostsFile', 'elsewhere.read'),
      method: 'GET',
      path: `${elsewhere}/own/file`,
      summary: 'An address under which the signed list can be downloaded for a minute.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onRound(c, 'elsewhere.read', (command) => openListFile(deps, command)),
  ),
];

const pin = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('pinRegionKey', 'elsewhere.pin', 'elsewhere-key-pinned'),
      method: 'POST',
      path: `${elsewhere}/keys`,
      summary:
        'Says by which key another region signs: the SHA-256 of its public key, told by another way than the file.',
      body: z.strictObject({ region: z.string(), key: z.string() }),
      answer: { status: 204 },
      refusals: deciding,
    },
    (c, typed) => onRound(c, 'elsewhere.pin', (command) => pinRegionKey(deps, { ...command, ...typed })),
  );

const bring = (deps: CommandDeps): Operation =>
  sendFile(
    {
      ...described('bringOpenPosts', 'elsewhere.import', 'elsewhere-brought'),
      method: 'POST',
      path: lists,
      summary:
        'Brings the signed list of another region. It waits for another person; one that was brought already is not brought twice: the answer is its number.',
      type: 'application/json',
      answer: { status: 201, schema: z.object({ number: z.int() }) },
      refusals: deciding,
    },
    (c, file) => onRound(c, 'elsewhere.import', (command) => bringOpenPosts(deps, { ...command, file })),
  );

const onLists = (deps: CommandDeps): Operation[] => [
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
          posts: z.array(Vacancy.extend({ takes: z.int() })),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onList(c, 'elsewhere.read', async (command) => {
        const found = await previewOpenPosts(deps, command);
        if (!found.ok) return found;
        const { list, posts, takes, unplaced, without, agreed, untold } = found.value;
        const told = posts.posts.map((post) => Object.assign({}, post, { takes: takes.get(post.code) ?? 0 }));
        const counts = { unplaced, without, agreed, untold };
        return ok({ list: listAnswer(list), compare: posts.compare, ...counts, posts: told });
      }),
  ),
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
        'too-many-choices',
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
      ...described('bringElsewhereOutcome', 'elsewhere.import', 'elsewhere-outcome-brought'),
      method: 'POST',
      path: `${lists}/:list/outcome`,
      summary:
        'Brings the signed file in which the other region says what became of who was handed over. It waits for another person; nobody is told before.',
      type: 'application/json',
      answer: { status: 204 },
      refusals: [...deciding, 'already-decided'],
    },
    (c, file) => onList(c, 'elsewhere.import', (command) => bringOutcome(deps, { ...command, file })),
  ),
  send(
    {
      ...described('confirmElsewhereOutcome', 'elsewhere.import', 'elsewhere-outcome-confirmed'),
      method: 'POST',
      path: `${lists}/:list/outcome/confirmation`,
      summary:
        'Tells everyone of the packet what became of them, as many as were confirmed. By another person than who brought it.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'second-person-needed', 'recipients-differ'],
    },
    (c, { confirmed }) =>
      onList(c, 'elsewhere.import', (command) => confirmOutcome(deps, { ...command, confirmed })),
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
