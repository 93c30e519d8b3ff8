import * as z from 'zod';
import { keptAway } from '#functions/api/kept-away.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { askDeferral, grantDeferral, refuseDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { DeferralReason } from '#shared/domain/deferral.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { refuse } from '#shared/result.ts';

const refusals = ['not-found', 'wrong-stage', 'offer-ended', 'changed-meanwhile'] as const;
const deciding = [...refusals, ...keptAway] as const;
const one = '/api/rounds/:round/placements/:placement/deferral';

/** Beginning later than the checklist says: asked by whoever has the post, decided by an administrator. */
export const deferralOperations = (deps: CommandDeps): Operation[] => [
  askLater(deps),
  grant(deps),
  release(deps),
  sendBack(deps),
];

const askLater = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'askDeferral',
      method: 'POST',
      path: '/api/applications/:application/placement/deferral',
      who: rolesFor('deferral.ask'),
      does: 'deferral.ask',
      audit: 'deferral-asked',
      summary:
        'Asks to begin on a later day, where the round file allows it; the post is held until it is decided. `mayRelease` agrees that it goes to the next person, for an entry to a later intake. The same again changes nothing.',
      body: z.strictObject({
        until: z.iso.date(),
        reason: DeferralReason,
        mayRelease: z.boolean().optional(),
      }),
      answer: { status: 204 },
      refusals,
    },
    (c, typed) => {
      const by = { personId: requireActor(c, rolesFor('deferral.ask')).id };
      return withApplication(c.req.param('application'), (applicationId) =>
        askDeferral(deps, { by, applicationId, ...typed }),
      );
    },
  );

const grant = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'grantDeferral',
      method: 'POST',
      path: `${one}/grant`,
      who: rolesFor('deferral.decide'),
      does: 'deferral.decide',
      audit: 'deferral-granted',
      summary:
        'Grants the later day: what is still to be done is due as if the offer had been accepted on it. A second time changes nothing.',
      answer: { status: 204 },
      refusals: deciding,
    },
    (c) => inRound(c, (command) => grantDeferral(deps, command)),
  );

const release = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'releasePlace',
      method: 'POST',
      path: `${one}/release`,
      who: rolesFor('deferral.release'),
      does: 'deferral.release',
      audit: 'deferral-released',
      summary:
        'Releases the post to the next person, for who agreed to that, and promises the entry to a later intake. A second time changes nothing.',
      answer: { status: 204 },
      refusals: [
        ...deciding,
        'held-by-check',
        'not-allowed',
        'gate-not-open',
        'proposal-on-table',
        'already-decided',
      ],
    },
    (c) => inRound(c, (command) => releasePlace(deps, command)),
  );

const sendBack = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'refuseDeferral',
      method: 'POST',
      path: `${one}/refusal`,
      who: rolesFor('deferral.decide'),
      does: 'deferral.decide',
      audit: 'deferral-refused',
      summary: 'Refuses the later day, for a reason; the days of the checklist stay as they are.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...deciding, 'reason-needed'],
    },
    (c, { reason }) => inRound(c, (command) => refuseDeferral(deps, { ...command, reason })),
  );

const inRound = (
  c: Parameters<Operation['handle']>[0],
  decide: (command: Parameters<typeof grantDeferral>[1]) => ReturnType<typeof grantDeferral>,
): ReturnType<typeof grantDeferral> =>
  withRound(c.req.param('round'), async (roundId) => {
    const placementId = PlacementId.safeParse(c.req.param('placement')).data;
    if (!placementId) return refuse({ kind: 'not-found', what: 'placement' });
    return await decide({ by: requireActor(c, rolesFor('deferral.decide')), roundId, placementId });
  });
