import * as z from 'zod';
import { ListAnswer, listAnswer } from '#functions/api/elsewhere-lists.ts';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { pinRegionKey, viewElsewhere } from '#functions/commands/elsewhere.ts';
import { bringOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { listOpenPosts, openListFile } from '#functions/commands/elsewhere-list.ts';
import { Elsewhere } from '#shared/domain/elsewhere.ts';
import { postsOf } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok } from '#shared/result.ts';

const elsewhere = '/api/rounds/:round/elsewhere';
const lists = `${elsewhere}/lists`;

/** Posts and people of other regions, for staff. */
export const elsewhereOperations = (deps: CommandDeps): Operation[] => [
  read(deps),
  ...ownList(deps),
  pin(deps),
  bring(deps),
];

const deciding = ['not-found', 'wrong-stage', 'changed-meanwhile'] as const satisfies Refusal['kind'][];

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
