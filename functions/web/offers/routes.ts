import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show, twin } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postAheadBack } from './ahead.tsx';
import { postRelease, postStop, showBoard } from './board.tsx';
import {
  postCapacity,
  postCapacityConfirmation,
  postCapacityRefusal,
  showCapacities,
} from './capacities.tsx';
import { postConditionMet } from './condition.tsx';
import {
  postDeferral,
  postDeferralGrant,
  postDeferralRefusal,
  postRelease as postPlaceRelease,
} from './deferral.tsx';
import { postOpenExchange, postRunExchange, showExchange } from './exchange.tsx';
import { postAccept, postConditionally, postDecline, showOffer } from './offer.tsx';
import { postExchangeChoices, postJoin, postLeave, showOwnExchange } from './own-exchange.tsx';
import { postOwnTick, postOwnUndo, showPlacement } from './placement.tsx';
import { postSchool, postTick, postUndo, showPlacements } from './placements.tsx';
import { postRemedy, postRemedyConfirmation, postRemedyRefusal, showRemedies } from './remedies.tsx';
import { postSchoolTick, postSchoolUndo, showSchool } from './school.tsx';
import { postAnswerAhead, showWaiting } from './waiting.tsx';

const application = '/:locale{kk|ru|en}/applications/:application';
const round = '/:locale{kk|ru|en}/manage/rounds/:round';
const school = '/:locale{kk|ru|en}/school';

const toBoard = leadTo((locale, roundId) => paths.offers(locale, roundId), 'round');
const toWaiting = leadTo(paths.waiting, 'application');
const toOffer = leadTo(paths.offer, 'application', 'offer');
const toPlacement = leadTo(paths.placement, 'application');
const toPlacements = leadTo(paths.placements, 'round');
const toSchool = leadTo(paths.school);
const toCapacities = leadTo(paths.capacities, 'round');
const toRemedies = leadTo(paths.remedies, 'round');
const toExchange = leadTo(paths.ownExchange, 'application');

/** Offers, and the way from an accepted one into the post: for applicants, administrators and schools. */
export const offerRoutes = (deps: WebDeps): readonly Route[] => [
  // Whose application it is, the commands decide; they compare the stage with the table of permissions.
  { method: 'GET', path: `${application}/offers/:offer`, who: 'signed-in', handle: showOffer(deps) },
  ...waitingRoutes(deps),
  twin(`${application}/offers/:offer/acceptance`, toOffer),
  change('offer.answer', `${application}/offers/:offer/acceptance`, 'offer-accepted', postAccept(deps)),
  twin(`${application}/offers/:offer/conditional-acceptance`, toOffer),
  change(
    'offer.answer',
    `${application}/offers/:offer/conditional-acceptance`,
    'offer-accepted-conditionally',
    postConditionally(deps),
  ),
  twin(`${application}/offers/:offer/refusal`, toOffer),
  change('offer.answer', `${application}/offers/:offer/refusal`, 'offer-declined', postDecline(deps)),
  { ...show('placement.read', `${application}/placement`, showPlacement(deps)), who: ['applicant'] },
  twin(`${application}/placement/items`, toPlacement),
  {
    ...change('placement.tick', `${application}/placement/items`, 'item-done', postOwnTick(deps)),
    who: ['applicant'],
  },
  twin(`${application}/placement/undo`, toPlacement),
  {
    ...change('placement.tick', `${application}/placement/undo`, 'item-undone', postOwnUndo(deps)),
    who: ['applicant'],
  },

  show('offer.read', `${round}/offers`, showBoard(deps)),
  change('offer.release', `${round}/offers`, 'offers-released', postRelease(deps)),
  ...formOn(toBoard, change('offer.release', `${round}/offers/stop`, 'offers-stopped', postStop(deps))),
  ...formOn(
    toBoard,
    change(
      'offer.confirm',
      `${round}/offers/:application/:offer/condition`,
      'offer-accepted',
      postConditionMet(deps),
    ),
  ),
  ...capacityRoutes(deps),
  ...remedyRoutes(deps),
  ...deferralRoutes(deps),
  ...exchangeRoutes(deps),
  ...placementRoutes(deps),
];

/** Where an applicant stands, and what they say of offers in advance. */
const waitingRoutes = (deps: WebDeps): readonly Route[] => [
  { method: 'GET', path: `${application}/waiting`, who: 'signed-in', handle: showWaiting(deps) },
  twin(`${application}/waiting/ahead`, toWaiting),
  change('offer.answer', `${application}/waiting/ahead`, 'answer-said-ahead', postAnswerAhead(deps)),
  twin(`${application}/waiting/ahead/withdrawal`, toWaiting),
  change(
    'offer.answer',
    `${application}/waiting/ahead/withdrawal`,
    'answer-ahead-taken-back',
    postAheadBack(deps),
  ),
];

/** Placements as administrators and schools see them. */
const placementRoutes = (deps: WebDeps): readonly Route[] => [
  {
    ...show('placement.read', `${round}/placements`, showPlacements(deps)),
    who: ['administrator', 'auditor'],
  },
  ...formOn(toPlacements, {
    ...change('placement.tick', `${round}/placements/:placement/items`, 'item-done', postTick(deps)),
    who: ['administrator'],
  }),
  ...formOn(toPlacements, {
    ...change('placement.tick', `${round}/placements/:placement/undo`, 'item-undone', postUndo(deps)),
    who: ['administrator'],
  }),
  ...formOn(
    toPlacements,
    change('placement.assign', `${round}/placements/:placement/school`, 'school-named', postSchool(deps)),
  ),

  { method: 'GET', path: school, does: 'placement.read', who: ['school'], handle: showSchool(deps) },
  ...formOn(toSchool, {
    ...change('placement.tick', `${school}/placements/:placement/items`, 'item-done', postSchoolTick(deps)),
    who: ['school'],
  }),
  ...formOn(toSchool, {
    ...change('placement.tick', `${school}/placements/:placement/undo`, 'item-undone', postSchoolUndo(deps)),
    who: ['school'],
  }),
];

/** Beginning later: asked on the own placement, decided among all of a round. */
const deferralRoutes = (deps: WebDeps): readonly Route[] => [
  twin(`${application}/placement/deferral`, toPlacement),
  change('deferral.ask', `${application}/placement/deferral`, 'deferral-asked', postDeferral(deps)),
  ...formOn(
    toPlacements,
    change(
      'deferral.decide',
      `${round}/placements/:placement/deferral/grant`,
      'deferral-granted',
      postDeferralGrant(deps),
    ),
  ),
  ...formOn(
    toPlacements,
    change(
      'deferral.release',
      `${round}/placements/:placement/deferral/release`,
      'deferral-released',
      postPlaceRelease(deps),
    ),
  ),
  ...formOn(
    toPlacements,
    change(
      'deferral.decide',
      `${round}/placements/:placement/deferral/refusal`,
      'deferral-refused',
      postDeferralRefusal(deps),
    ),
  ),
];

/** The second chance: opened and let count among all of a round, agreed to and chosen on the own application. */
const exchangeRoutes = (deps: WebDeps): readonly Route[] => [
  show('exchange.read', `${round}/exchange`, showExchange(deps)),
  change('exchange.open', `${round}/exchange`, 'exchange-opened', postOpenExchange(deps)),
  ...formOn(
    leadTo(paths.exchange, 'round'),
    change('exchange.run', `${round}/exchange/run`, 'exchange-run', postRunExchange(deps)),
  ),
  { method: 'GET', path: `${application}/exchange`, who: 'signed-in', handle: showOwnExchange(deps) },
  change('exchange.choose', `${application}/exchange`, 'exchange-joined', postJoin(deps)),
  twin(`${application}/exchange/choices`, toExchange),
  change('exchange.choose', `${application}/exchange/choices`, 'exchange-ranked', postExchangeChoices(deps)),
  twin(`${application}/exchange/withdrawal`, toExchange),
  change('exchange.choose', `${application}/exchange/withdrawal`, 'exchange-left', postLeave(deps)),
];

/** Numbers of posts that are changed while offers are made. */
const capacityRoutes = (deps: WebDeps): readonly Route[] => [
  show('offer.read', `${round}/capacities`, showCapacities(deps)),
  change('capacity.change', `${round}/capacities`, 'capacity-proposed', postCapacity(deps)),
  ...formOn(
    toCapacities,
    change(
      'capacity.change',
      `${round}/capacities/:change/confirmation`,
      'capacity-changed',
      postCapacityConfirmation(deps),
    ),
  ),
  ...formOn(
    toCapacities,
    change(
      'capacity.change',
      `${round}/capacities/:change/refusal`,
      'capacity-refused',
      postCapacityRefusal(deps),
    ),
  ),
];

/** What is given to who was wronged, while offers are made. */
const remedyRoutes = (deps: WebDeps): readonly Route[] => [
  show('offer.read', `${round}/remedies`, showRemedies(deps)),
  change('remedy.decide', `${round}/remedies`, 'remedy-proposed', postRemedy(deps)),
  ...formOn(
    toRemedies,
    change(
      'remedy.decide',
      `${round}/remedies/:remedy/confirmation`,
      'remedy-granted',
      postRemedyConfirmation(deps),
    ),
  ),
  ...formOn(
    toRemedies,
    change('remedy.decide', `${round}/remedies/:remedy/refusal`, 'remedy-refused', postRemedyRefusal(deps)),
  ),
];
