import * as z from 'zod';
import { Acknowledged, alarmAnswers } from '#functions/api/alarms.ts';
import { keptAway } from '#functions/api/kept-away.ts';
import { BoardAnswer, lettingAnswer, OfferAnswer, seenOn } from '#functions/api/offer-board-answer.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { AskedPage, askedPage } from '#functions/api/paging.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { countingOn, keptCounts, postCounts } from '#functions/commands/offer-board.ts';
import { confirmCondition } from '#functions/commands/offer-conditions.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers, stopOffers } from '#functions/commands/offer-release.ts';
import { pairsOn } from '#functions/commands/partners.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { waitingOn } from '#functions/commands/waiting-list.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { OfferId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { postsOpenFirst } from '#shared/domain/post-caps.ts';
import { pageOf } from '#shared/paging.ts';
import { ok, refuse } from '#shared/result.ts';

/** Offers of a round: let out by the administrator, who also confirms what they were accepted on. */
export const offerOperations = (deps: CommandDeps): Operation[] => [
  readBoard(deps),
  release(deps),
  stop(deps),
  confirm(deps),
];

/** How an answer can be refused. */
export const answering = [
  'not-found',
  'wrong-stage',
  'too-late',
  'offer-ended',
  'answer-held',
  'changed-meanwhile',
] as const;

const board = '/api/rounds/:round/offers';

const readBoard = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOfferBoard',
      method: 'GET',
      path: board,
      who: rolesFor('offer.read'),
      does: 'offer.read',
      summary:
        'Who has which offer by number, best rank first, and who would be asked next: `next.length` is what a release confirms. `contenders` come 100 a page, and a page beyond the last is the last. Whoever a conflict of interest closes to the reader keeps their place there and in `next`, and nothing else stands in it but who may confirm a condition instead.',
      query: { page: AskedPage },
      answer: {
        status: 200,
        schema: BoardAnswer,
      },
      refusals: ['not-found', 'wrong-stage', 'invalid'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('offer.read'));
        const page = askedPage(c.req.query('page'));
        if (!page.ok) return page;
        const found = await previewOffers(deps, { by, roundId });
        if (!found.ok) return found;
        const { contenders } = found.value;
        const { rows, ...paging } = pageOf(seenOn(found.value), page.value);
        const open = rows.flatMap((row) => ('id' in row ? row.id : []));
        const waiting = waitingOn(found.value, new Set(open));
        return ok({
          ...postCounts(found.value),
          ...paging,
          people: contenders.length,
          contenders: rows.map((row) =>
            'id' in row ? Object.assign({}, row.state, { waiting: [...(waiting.get(row.id) ?? [])] }) : row,
          ),
          next: found.value.waiting.map((offer) => {
            const walled = found.value.wall(offer.applicationId);
            return walled ? { walled } : offer;
          }),
          letting: lettingAnswer(found.value),
          heldByCheck: found.value.held.map((part) => ({ ...part, faults: [...part.faults] })),
          alarms: alarmAnswers(found.value.alarms),
          mechanism: found.value.posts.allocation?.mechanism,
          openFirst: postsOpenFirst(found.value.posts),
          counting: countingOn(found.value),
          kept: keptCounts(found.value),
          partners: [...(await pairsOn(deps, found.value))],
        });
      }),
  );

const release = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'releaseOffers',
      method: 'POST',
      path: board,
      who: rolesFor('offer.release'),
      does: 'offer.release',
      audit: 'offers-released',
      summary:
        'Lets the offers that are possible now go out, to as many people as were confirmed; `through` a place of the ranking, or to everybody. Later ones follow by themselves, to whom a release has reached.',
      body: z.strictObject({
        confirmed: z.int().min(0),
        through: z.int().min(1).optional(),
        acknowledged: Acknowledged,
      }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'recipients-differ',
        'alarms-not-acknowledged',
        'reason-needed',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'committee-incomplete',
        'changed-meanwhile',
      ],
    },
    (c, input) =>
      withRound(c.req.param('round'), (roundId) => {
        const by = requireActor(c, rolesFor('offer.release'));
        return releaseOffers(deps, { by, roundId, ...input });
      }),
  );

const stop = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'stopOffers',
      method: 'POST',
      path: `${board}/stop`,
      who: rolesFor('offer.release'),
      does: 'offer.release',
      audit: 'offers-stopped',
      summary:
        'Stops the offers for a reason: none goes out until the next release. Those that were made stay; a second time changes nothing.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'nothing-released', 'reason-needed', 'changed-meanwhile'],
    },
    (c, { reason }) =>
      withRound(c.req.param('round'), (roundId) =>
        stopOffers(deps, { by: requireActor(c, rolesFor('offer.release')), roundId, reason }),
      ),
  );

const confirm = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'confirmOfferCondition',
      method: 'POST',
      path: `${board}/:application/:offer/condition`,
      who: rolesFor('offer.confirm'),
      does: 'offer.confirm',
      audit: 'offer-accepted',
      summary:
        'Confirms that the condition of an acceptance is fulfilled: the placement begins. A second time changes nothing.',
      answer: { status: 200, schema: OfferAnswer },
      refusals: [...answering, ...keptAway],
    },
    (c) =>
      withRound(c.req.param('round'), (roundId) =>
        withApplication(c.req.param('application'), async (applicationId) => {
          const offerId = OfferId.safeParse(c.req.param('offer')).data;
          if (!offerId) return refuse({ kind: 'not-found', what: 'offer' });
          const by = requireActor(c, rolesFor('offer.confirm'));
          return await confirmCondition(deps, { by, roundId, applicationId, offerId });
        }),
      ),
  );
