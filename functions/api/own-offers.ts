import type { Context } from 'hono';
import * as z from 'zod';
import { OfferAnswer, WaitingAnswer } from '#functions/api/offer-board-answer.ts';
import { answering } from '#functions/api/offers.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import { sayAhead, takeBackAhead } from '#functions/commands/answer-ahead.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { acceptConditionally } from '#functions/commands/offer-conditions.ts';
import { type OfferCommand, type OfferPlace, ownOffers } from '#functions/commands/offer-place.ts';
import { acceptOffer, declineOffer, viewOffer } from '#functions/commands/offers.ts';
import { ownWaiting } from '#functions/commands/waiting-list.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { DeclineReason } from '#shared/domain/decline-reason.ts';
import { OfferId } from '#shared/domain/ids.ts';
import { AnswerAhead, HeldAnswer } from '#shared/domain/offer-events.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Offers as applicants answer them, and what they wait for. */
export const ownOfferOperations = (deps: CommandDeps): Operation[] => [
  listOwn(deps),
  readOwn(deps),
  listWaiting(deps),
  say(deps),
  takeBack(deps),
  accept(deps),
  acceptOn(deps),
  decline(deps),
];

/** `held`: an answer in time that a check held: it is kept, the offer does not lapse, and it is given once the records fit. */
const OwnOffer = OfferAnswer.extend({ reason: DeclineReason.optional(), held: HeldAnswer.optional() });

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
      const by = applicantOf(c);
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
        'Where an own application stands for each post that it may still be offered, in the order of its wishes; without `places` before the first offers. `ahead`: what was said of offers in advance.',
      answer: {
        status: 200,
        schema: z.object({
          at: Instant,
          places: z.array(WaitingAnswer).optional(),
          ahead: AnswerAhead.optional(),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownWaiting(deps, { by, applicationId });
        if (!found.ok) return found;
        const { at, places } = found.value;
        const said = found.value.ahead?.said;
        return ok({ at, ...(places && { places: [...places] }), ...(said && { ahead: said }) });
      });
    },
  );

const ahead = '/api/applications/:application/answer-ahead';
const sayingAhead = ['not-found', 'wrong-stage', 'not-in-stage', 'too-late', 'changed-meanwhile'] as const;

const say = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'sayAnswerAhead',
      method: 'PUT',
      path: ahead,
      who: rolesFor('offer.answer'),
      does: 'offer.answer',
      audit: 'answer-said-ahead',
      summary:
        'Says in advance that an offer of one of the first `upTo` posts of the own list is accepted at its deadline if it is not answered by then. Where several are open, the best of them counts; nothing is ever declined. The same again changes nothing; refused while an offer whose deadline is over is accepted by what was said before, and where no offer is open nor can come.',
      body: z.strictObject({ upTo: z.int().min(1).max(500) }),
      answer: { status: 204 },
      refusals: [...sayingAhead, 'no-offer-to-come', 'invalid'],
    },
    (c, { upTo }) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        sayAhead(deps, { by, applicationId, upTo }),
      );
    },
  );

const takeBack = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'takeBackAnswerAhead',
      method: 'DELETE',
      path: ahead,
      who: rolesFor('offer.answer'),
      does: 'offer.answer',
      audit: 'answer-ahead-taken-back',
      summary:
        'Takes back what was said of offers in advance: what is not answered in time lapses. Again changes nothing.',
      answer: { status: 204 },
      refusals: sayingAhead,
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        takeBackAhead(deps, { by, applicationId }),
      );
    },
  );

const ownOfferAnswer = ({ offer, vacancy: post }: OfferPlace) => Object.assign({}, offer, { post });

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

const acceptOn = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'acceptOfferConditionally',
      method: 'POST',
      path: `${own}/:offer/conditional-acceptance`,
      who: rolesFor('offer.answer'),
      does: 'offer.answer',
      audit: 'offer-accepted-conditionally',
      summary:
        'Accepts an offer on a condition of the round file, by its code. It stays open with a later `expiresAt` until somebody confirms the condition; the other open ones close.',
      body: z.strictObject({ condition: z.string() }),
      answer: { status: 200, schema: OwnOffer },
      refusals: answering,
    },
    (c, { condition }) => withOffer(c, (command) => acceptConditionally(deps, { ...command, condition })),
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
  const by = applicantOf(c);
  const offerId = OfferId.safeParse(c.req.param('offer'));
  return withApplication(c.req.param('application'), async (applicationId) =>
    offerId.success
      ? await work({ by, applicationId, offerId: offerId.data })
      : refuse({ kind: 'not-found', what: 'offer' }),
  );
};
