import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
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
import { addSeconds } from '#shared/domain/time.ts';
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

export const offers = walk({
  kind: 'offer',
  aggregate: candidacyAggregate,
  stateOf: ({ offers: [one] }) =>
    one?.status === 'open' && one.condition ? 'conditional' : (one?.status ?? 'none'),
  stories: {
    open,
    conditional: then({
      type: 'offer-accepted-conditionally',
      at: now,
      offer,
      condition: 'diploma',
      expiresAt,
    }),
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
