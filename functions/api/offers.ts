import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { postCounts } from '#functions/commands/offer-board.ts';
import { previewOffers, releaseOffers } from '#functions/commands/offer-making.ts';
import { type OfferCommand, type OfferPlace, ownOffers } from '#functions/commands/offer-place.ts';
import { acceptOffer, declineOffer, viewOffer } from '#functions/commands/offers.ts';
import { ownWaiting, waitingOn } from '#functions/commands/waiting-list.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { DeclineReason, Offer } from '#shared/domain/candidacy.ts';
import { ApplicationNumber, OfferId, VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Offers: let out by the administrator, answered by applicants. */
export const offerOperations = (deps: CommandDeps): Operation[] => [
  readBoard(deps),
  release(deps),
  listOwn(deps),
  readOwn(deps),
  listWaiting(deps),
  accept(deps),
  decline(deps),
];

/** An offer to whoever has it. Who reads the board is told no reasons: they are the person's own. */
const OfferAnswer = Offer.pick({
  id: true,
  vacancy: true,
  madeAt: true,
  expiresAt: true,
  status: true,
  endedAt: true,
});

/** A place on the waiting list of a post, as `WaitingPlace` explains it. */
const WaitingAnswer = z.object({
  vacancy: z.string(),
  position: z.int().min(1),
  /** The last place that it can become. */
  atWorst: z.int().min(1),
  posts: z.int(),
  accepted: z.int(),
  held: z.int(),
  isLimited: z.boolean(),
});

const OwnOffer = OfferAnswer.extend({ reason: DeclineReason.optional() });

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
        'Who has which offer by number, best rank first, and who would be asked next: `next.length` is what a release confirms.',
      answer: {
        status: 200,
        schema: z.object({
          posts: z.int(),
          filled: z.int(),
          /** Seats held by offers that nobody has answered yet. */
          held: z.int(),
          /** Posts that are neither: nobody is asked. */
          empty: z.int(),
          /** Posts that the round file's number and quotas leave out: they cannot be offered. */
          beyondLimit: z.int(),
          contenders: z.array(
            z.object({
              number: ApplicationNumber,
              withdrawnAt: Instant.optional(),
              offers: z.array(OfferAnswer),
              waiting: z.array(WaitingAnswer),
            }),
          ),
          next: z.array(z.object({ number: ApplicationNumber, vacancy: VacancyCode })),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('offer.read'));
        const found = await previewOffers(deps, { by, roundId });
        if (!found.ok) return found;
        const waiting = waitingOn(found.value);
        return ok({
          ...postCounts(found.value),
          contenders: found.value.contenders.map(({ id, state }) => ({
            number: state.number,
            withdrawnAt: state.withdrawnAt,
            offers: state.offers,
            waiting: [...(waiting.get(id) ?? [])],
          })),
          next: [...found.value.wave],
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
        'Lets the offers that are possible now go out, to as many people as were confirmed. Later ones follow by themselves.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'recipients-differ',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'committee-incomplete',
        'changed-meanwhile',
      ],
    },
    (c, { confirmed }) =>
      withRound(c.req.param('round'), (roundId) => {
        const by = requireActor(c, rolesFor('offer.release'));
        return releaseOffers(deps, { by, roundId, confirmed });
      }),
  );

const own = '/api/applications/:application/offers';

const listOwn = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listOwnOffers',
      method: 'GET',
      path: own,
      who: 'signed-in',
      summary: 'The offers that an own application was made, oldest first.',
      answer: { status: 200, schema: z.object({ offers: z.array(OwnOffer) }) },
      refusals: ['not-found'],
    },
    (c) => {
      const by = { personId: requireActor(c).id };
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownOffers(deps, { by, applicationId });
        return found.ok ? ok({ offers: [...found.value] }) : found;
      });
    },
  );

const readOwn = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnOffer',
      method: 'GET',
      path: `${own}/:offer`,
      who: 'signed-in',
      summary: 'An own offer and its post. Reading answers nothing.',
      answer: { status: 200, schema: OwnOffer.extend({ post: Vacancy }) },
      refusals: ['not-found'],
    },
    (c) =>
      withOffer(c, async (command) => {
        const found = await viewOffer(deps, command);
        return found.ok ? ok(ownOfferAnswer(found.value)) : found;
      }),
  );

const listWaiting = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listOwnWaitingPlaces',
      method: 'GET',
      path: '/api/applications/:application/waiting-list',
      who: 'signed-in',
      summary:
        'Where an own application stands for each post that it may still be offered, in the order of its wishes; without `places` before the first offers.',
      answer: { status: 200, schema: z.object({ at: Instant, places: z.array(WaitingAnswer).optional() }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => {
      const by = { personId: requireActor(c).id };
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownWaiting(deps, { by, applicationId });
        if (!found.ok) return found;
        const { at, places } = found.value;
        return ok({ at, ...(places && { places: [...places] }) });
      });
    },
  );

const ownOfferAnswer = ({ offer, vacancy: post }: OfferPlace) => Object.assign({}, offer, { post });

const answering = ['not-found', 'wrong-stage', 'too-late', 'offer-ended', 'changed-meanwhile'] as const;

const accept = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'acceptOffer',
      method: 'POST',
      path: `${own}/:offer/acceptance`,
      who: rolesFor('offer.answer'),
      does: 'offer.answer',
      audit: 'offer-accepted',
      summary:
        'Accepts an offer before its deadline; the other open ones close in the same instant. A second time changes nothing.',
      answer: { status: 200, schema: OwnOffer },
      refusals: answering,
    },
    (c) => withOffer(c, (command) => acceptOffer(deps, command)),
  );

const decline = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'declineOffer',
      method: 'POST',
      path: `${own}/:offer/refusal`,
      who: rolesFor('offer.answer'),
      does: 'offer.answer',
      audit: 'offer-declined',
      summary:
        'Declines an offer before its deadline, for a reason; the post is not offered again. A second time changes nothing.',
      body: z.strictObject({ reason: DeclineReason }),
      answer: { status: 200, schema: OwnOffer },
      refusals: answering,
    },
    (c, { reason }) => withOffer(c, (command) => declineOffer(deps, { ...command, reason })),
  );

const withOffer = <T>(
  c: Context,
  work: (command: OfferCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const by = { personId: requireActor(c).id };
  const offerId = OfferId.safeParse(c.req.param('offer'));
  return withApplication(c.req.param('application'), async (applicationId) =>
    offerId.success
      ? await work({ by, applicationId, offerId: offerId.data })
      : refuse({ kind: 'not-found', what: 'offer' }),
  );
};
