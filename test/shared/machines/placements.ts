import { askDeferral, grantDeferral, refuseDeferral, releasePlace } from '#shared/domain/deferral.ts';
import {
  ApplicationId,
  ApplicationNumber,
  OfferId,
  PlacementId,
  RoundId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import { type PlacementEvent, placementAggregate } from '#shared/domain/placement.ts';
import {
  closePlacement,
  nameSchool,
  openPlacement,
  remindOwners,
  restartPlacement,
  tickItem,
  untickItem,
} from '#shared/domain/placement-decisions.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { after, asker, now, other, reason, zone } from './decided.ts';
import { walk } from './walk.ts';

const plan = {
  timeZone: zone,
  calendar: { holidays: [], transferred: [] },
  checklist: {
    remindEveryWorkingDays: 5,
    items: [{ code: 'contract', owner: 'school', dueWorkingDays: 10, required: true }],
  },
  answer: { deferral: { until: '2023-01-31', release: { always: false, entryUntil: '2023-12-31' } } },
} as const;

const open = after(
  placementAggregate,
  undefined,
  ...openPlacement(
    {
      id: PlacementId.parse('P1ACEMENT00000000000'),
      applicationId: ApplicationId.parse('APP11CAT100000000000'),
      roundId: RoundId.parse('R0VND000000000000000'),
      number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
      offer: OfferId.parse('0FFER000000000000000'),
      vacancy: VacancyCode.parse('MAT-001'),
    },
    plan,
    now,
  ),
);
const then = (...events: PlacementEvent[]) => after(placementAggregate, open, ...events);
const wish = { until: '2023-01-15', reason: 'study', mayRelease: true } as const;
const school = { id: other, owner: 'school' } as const;
const done = { type: 'item-done', at: now, code: 'contract', by: other } as const;
const asked = { type: 'deferral-asked', at: now, ...wish } as const;

export const placements = walk({
  kind: 'placement',
  aggregate: placementAggregate,
  stateOf: ({ status, deferral }) =>
    status === 'open' && deferral?.status === 'asked' ? 'asked to begin later' : status,
  stories: {
    open,
    'asked to begin later': then(asked),
    complete: then(done),
    closed: then({ type: 'placement-closed', at: now, because: 'withdrawn' }),
  },
  commands: {
    'name a school': (one) => nameSchool(one, { personId: other, by: asker }, now),
    'do the last thing': (one) => tickItem(one, 'contract', school, now),
    'do what is another’s': (one) => tickItem(one, 'contract', { id: asker, owner: 'applicant' }, now),
    'do what is not asked': (one) => tickItem(one, 'flat', school, now),
    'take it back': (one) => untickItem(one, { code: 'contract', reason }, school, now),
    'take it back without a reason': (one) =>
      untickItem(one, { code: 'contract', reason: undefined }, school, now),
    'ask to begin later': (one) => askDeferral(one, wish, plan, now),
    'ask for a day too late': (one) => askDeferral(one, { ...wish, until: '2023-02-01' }, plan, now),
    grant: (one) => grantDeferral(one, asker, plan, now),
    refuse: (one) => refuseDeferral(one, asker, reason, now),
    'refuse without a reason': (one) => refuseDeferral(one, asker, undefined, now),
    'release the post': (one) => releasePlace(one, asker, plan, now),
    remind: (one) => remindOwners(one, plan, addSeconds(now, 8 * 86_400)),
    restart: (one) => restartPlacement(one, 1, now),
    withdraw: (one) => closePlacement(one, now),
  },
});
