import * as z from 'zod';
import { keptAway } from '#functions/api/kept-away.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { changingPosts } from '#functions/api/posts-refusals.ts';
import { withRound } from '#functions/api/schemas.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { grantRemedy, proposeRemedy, refuseRemedy } from '#functions/commands/remedies.ts';
import { remedyView } from '#functions/commands/remedy-view.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Remedy, RemedyKind } from '#shared/domain/remedy.ts';
import { ok } from '#shared/result.ts';

/** What somebody is given who was wronged, while offers are made: one person proposes, another one confirms. */
export const remedyOperations = (deps: CommandDeps): Operation[] => [
  list(deps),
  propose(deps),
  grant(deps),
  sendBack(deps),
];

const remedies = '/api/rounds/:round/remedies';
const who = rolesFor('remedy.decide');

const list = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listRemedies',
      method: 'GET',
      path: remedies,
      who: rolesFor('offer.read'),
      does: 'offer.read',
      summary:
        'Every remedy that was proposed while offers are made, newest first. `offers` is how many offers follow from one that waits: a confirmation names it. `owed` are posts that the person still waits for. `promised`: whom remedies of earlier intakes put first in this round. `closed`: those for somebody whom a conflict of interest closes to the reader, with who may decide about them instead.',
      answer: {
        status: 200,
        schema: z.object({
          remedies: z.array(
            Remedy.omit({ reason: true, ended: true, applicationId: true }).extend({
              reason: z.string().optional(),
              owed: z.array(VacancyCode),
              offers: z.int().optional(),
            }),
          ),
          promised: z.array(
            z.object({
              application: ApplicationNumber,
              intake: z.string(),
              vacancies: z.array(VacancyCode),
            }),
          ),
          closed: z.array(ClosedItem),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('offer.read'));
        const found = await remedyView(deps, { by, roundId });
        if (!found.ok) return found;
        return ok({
          remedies: found.value.remedies.map((one) => Object.assign({}, one, { reason: one.said })),
          promised: found.value.promised,
          closed: found.value.closed,
        });
      }),
  );

const propose = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'proposeRemedy',
      method: 'POST',
      path: remedies,
      who,
      does: 'remedy.decide',
      audit: 'remedy-proposed',
      summary:
        'Proposes a remedy for somebody of the final results, for a reason: the next place that becomes free in posts that they wait for, one place more in one of them, or the first place in the next intake, whose call closes by `until`: for posts of the same subjects, and also once the offers have ended. It counts once another person confirms it; nobody loses an offer for it.',
      body: z.strictObject({
        application: ApplicationNumber,
        kind: RemedyKind,
        vacancies: z.array(VacancyCode).min(1).max(50),
        reason: z.string().trim().min(1).max(maxReason),
        until: z.iso.date().optional(),
      }),
      answer: { status: 204 },
      refusals: [...changingPosts, ...keptAway, 'reason-needed'],
    },
    (c, { vacancies, until, ...typed }) =>
      withRound(c.req.param('round'), (roundId) =>
        proposeRemedy(deps, {
          by: requireActor(c, who),
          roundId,
          ...typed,
          vacancies: vacancies.join(' '),
          ...(until && { until }),
        }),
      ),
  );

const grant = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'grantRemedy',
      method: 'POST',
      path: `${remedies}/:remedy/confirmation`,
      who,
      does: 'remedy.decide',
      audit: 'remedy-granted',
      summary:
        'Lets a proposed remedy count, with as many offers as follow from it; the person is told. Whoever proposed it cannot; a second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...changingPosts, ...keptAway, 'second-person-needed', 'recipients-differ'],
    },
    (c, { confirmed }) =>
      withRound(c.req.param('round'), (roundId) => {
        const remedy = Number(c.req.param('remedy'));
        return grantRemedy(deps, { by: requireActor(c, who), roundId, remedy, confirmed });
      }),
  );

const sendBack = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'refuseRemedy',
      method: 'POST',
      path: `${remedies}/:remedy/refusal`,
      who,
      does: 'remedy.decide',
      audit: 'remedy-refused',
      summary: 'Ends a proposed remedy before it counts, for a reason; also by who proposed it.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...changingPosts, ...keptAway, 'reason-needed'],
    },
    (c, { reason }) =>
      withRound(c.req.param('round'), (roundId) => {
        const remedy = Number(c.req.param('remedy'));
        return refuseRemedy(deps, { by: requireActor(c, who), roundId, remedy, reason });
      }),
  );
