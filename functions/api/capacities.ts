import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { changingPosts } from '#functions/api/posts-refusals.ts';
import { withRound } from '#functions/api/schemas.ts';
import { confirmCapacity, proposeCapacity, refuseCapacity } from '#functions/commands/capacities.ts';
import { capacityView } from '#functions/commands/capacity-view.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { CapacityChange } from '#shared/domain/capacity.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { maxPosts } from '#shared/domain/vacancy.ts';
import { ok } from '#shared/result.ts';

/** Numbers of posts that are changed while offers are made: one person proposes, another one confirms. */
export const capacityOperations = (deps: CommandDeps): Operation[] => [
  list(deps),
  propose(deps),
  confirm(deps),
  sendBack(deps),
];

const capacities = '/api/rounds/:round/capacities';
const who = rolesFor('capacity.change');

const list = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listCapacityChanges',
      method: 'GET',
      path: capacities,
      who: rolesFor('offer.read'),
      does: 'offer.read',
      summary:
        'Every number of posts that was proposed while offers are made, newest first. `offers` is how many offers follow from one that waits: a confirmation names it.',
      answer: {
        status: 200,
        schema: z.object({
          changes: z.array(
            CapacityChange.omit({ reason: true, ended: true }).extend({
              reason: z.string().optional(),
              taken: z.int(),
              offers: z.int().optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('offer.read'));
        const found = await capacityView(deps, { by, roundId });
        if (!found.ok) return found;
        const changes = found.value.changes.map((change) =>
          Object.assign({}, change, { reason: change.said }),
        );
        return ok({ changes });
      }),
  );

const propose = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'proposeCapacity',
      method: 'POST',
      path: capacities,
      who,
      does: 'capacity.change',
      audit: 'capacity-proposed',
      summary:
        'Proposes another number of posts of a vacancy, for a reason. It counts once another person confirms it; a later one for the same vacancy takes its place.',
      body: z.strictObject({
        vacancy: VacancyCode,
        posts: z.int().min(0).max(maxPosts),
        reason: z.string().trim().min(1).max(maxReason),
      }),
      answer: { status: 204 },
      refusals: [...changingPosts, 'seats-taken', 'reason-needed'],
    },
    (c, { posts, ...typed }) =>
      withRound(c.req.param('round'), (roundId) =>
        proposeCapacity(deps, { by: requireActor(c, who), roundId, ...typed, posts: String(posts) }),
      ),
  );

const changeOf = (number: string | undefined): number => Number(number);

const confirm = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'confirmCapacity',
      method: 'POST',
      path: `${capacities}/:change/confirmation`,
      who,
      does: 'capacity.change',
      audit: 'capacity-changed',
      summary:
        'Lets a proposed number of posts count, with as many offers as follow from it. Whoever proposed it cannot; a second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...changingPosts, 'second-person-needed', 'seats-taken', 'recipients-differ'],
    },
    (c, { confirmed }) =>
      withRound(c.req.param('round'), (roundId) => {
        const change = changeOf(c.req.param('change'));
        return confirmCapacity(deps, { by: requireActor(c, who), roundId, change, confirmed });
      }),
  );

const sendBack = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'refuseCapacity',
      method: 'POST',
      path: `${capacities}/:change/refusal`,
      who,
      does: 'capacity.change',
      audit: 'capacity-refused',
      summary: 'Ends a proposed number of posts before it counts, for a reason; also by who proposed it.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...changingPosts, 'reason-needed'],
    },
    (c, { reason }) =>
      withRound(c.req.param('round'), (roundId) => {
        const change = changeOf(c.req.param('change'));
        return refuseCapacity(deps, { by: requireActor(c, who), roundId, change, reason });
      }),
  );
