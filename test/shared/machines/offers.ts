import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { heldAnswerOf, holdAnswer } from '#shared/domain/held-answer.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import {
  acceptConditionally,
  acceptOffer,
  closeOffers,
  confirmCondition,
  declineOffer,
  deferCandidacy,
  lapseOffer,
  remindOfOffer,
  restartOffer,
  withdrawCandidacy,
} from '#shared/domain/offer.ts';
import type { GivenAnswer } from '#shared/domain/offer-events.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { expiresAt, madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { after, now, zone } from './decided.ts';
import { walk } from './walk.ts';

const offer = offerId('A');
const placement = PlacementId.parse('P1ACEMENT00000000000');
const made = { type: 'offer-made', at: madeAt, offer, vacancy: vacancyCode('MAT-001'), expiresAt } as const;
const open = after(candidacyAggregate, aCandidacy(), made);
const then = (...events: Parameters<typeof candidacyAggregate.evolve>[1][]) =>
  after(candidacyAggregate, open, ...events);
const late = addSeconds(expiresAt, 60);
const onCondition = {
  type: 'offer-accepted-conditionally',
  at: now,
  offer,
  condition: 'diploma',
  expiresAt,
} as const;
const acceptance = { kind: 'accepted' } as const;
const fulfilled = { kind: 'condition-met' } as const;

/** As a command keeps an answer: only one that was decided to be right and in time (`keptWhere`). */
const kept = (one: Candidacy, decision: ReturnType<typeof acceptOffer>, answer: GivenAnswer) => {
  const [held] = one.offers;
  return decision.ok && decision.value.length > 0 && held ? ok(holdAnswer(held, answer, now)) : decision;
};

export const offers = walk({
  kind: 'offer',
  aggregate: candidacyAggregate,
  stateOf: ({ offers: [one] }) => {
    if (one?.status !== 'open') return one?.status ?? 'none';
    const isKept = heldAnswerOf(one) !== undefined;
    if (one.condition) return isKept ? 'condition kept' : 'conditional';
    return isKept ? 'answer kept' : 'open';
  },
  stories: {
    open,
    'answer kept': then({ type: 'answer-held', at: now, offer, answer: acceptance }),
    conditional: then(onCondition),
    'condition kept': then(onCondition, { type: 'answer-held', at: now, offer, answer: fulfilled }),
    accepted: then({ type: 'offer-accepted', at: now, offer, placement }),
    declined: then({ type: 'offer-declined', at: now, offer, reason: 'distance' }),
    lapsed: then({ type: 'offer-lapsed', at: late, offer }),
    closed: then({ type: 'offer-closed', at: now, offer }),
  },
  commands: {
    accept: (one) => acceptOffer(one, { offer, zone, placement }, now),
    'accept too late': (one) => acceptOffer(one, { offer, zone, placement }, late),
    'accept on a condition': (one) =>
      acceptConditionally(one, { offer, zone, condition: 'diploma', expiresAt }, now),
    'confirm the condition': (one) => confirmCondition(one, { offer, zone, placement }, now),
    'confirm the condition too late': (one) => confirmCondition(one, { offer, zone, placement }, late),
    'keep an acceptance': (one) => kept(one, acceptOffer(one, { offer, zone, placement }, now), acceptance),
    'keep that it is fulfilled': (one) =>
      kept(one, confirmCondition(one, { offer, zone, placement }, now), fulfilled),
    decline: (one) => declineOffer(one, { offer, zone, reason: 'distance' }, now),
    'lapse too early': (one) => lapseOffer(one, offer, now),
    lapse: (one) => lapseOffer(one, offer, late),
    remind: (one) => remindOfOffer(one, offer, now),
    restart: (one) => restartOffer(one, { offer, ended: 1 }, now),
    'end offers': (one) => closeOffers(one, now),
    withdraw: (one) => withdrawCandidacy(one, now),
    'wait for a later intake': (one) => deferCandidacy(one, '2023-12-31', now),
    'accept one that is not there': (one) => acceptOffer(one, { offer: offerId('B'), zone, placement }, now),
  },
});
