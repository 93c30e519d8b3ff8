import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { grantRemedy, refuseRemedy } from '#shared/domain/remedy.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Corrections } from '#shared/replay/correction.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import {
  applyCorrection,
  refuseCorrection,
  withdrawCorrection,
} from '#shared/replay/correction-decisions.ts';
import { aRound } from '#test/builders/round.ts';
import { after, asker, now, other, reason } from './decided.ts';
import { walk } from './walk.ts';

const roundId = RoundId.parse('R0VND000000000000000');
const applicationId = ApplicationId.parse('APP11CAT100000000000');
const vacancy = VacancyCode.parse('MAT-001');
const first = { correction: 1, by: other };
const applied = { list: sha256Of('list'), affected: sha256Of('affected'), recipients: 3 };

const asked: Corrections = after(correctionsAggregate, undefined, {
  type: 'correction-asked',
  at: now,
  by: asker,
  roundId,
  corrects: { kind: 'as-recorded' },
  reason,
});

export const corrections = walk({
  kind: 'correction',
  aggregate: correctionsAggregate,
  stateOf: ({ corrections: [one] }) => one?.status ?? 'none',
  stories: {
    waiting: asked,
    applied: after(correctionsAggregate, asked, {
      type: 'correction-applied',
      at: now,
      ...first,
      ...applied,
    }),
    refused: after(correctionsAggregate, asked, { type: 'correction-refused', at: now, ...first, reason }),
    withdrawn: after(correctionsAggregate, asked, {
      type: 'correction-withdrawn',
      at: now,
      correction: 1,
      by: asker,
    }),
  },
  commands: {
    apply: (one) => applyCorrection(one, { ...first, ...applied }, now),
    'apply the own one': (one) => applyCorrection(one, { ...first, ...applied, by: asker }, now),
    refuse: (one) => refuseCorrection(one, { ...first, reason }, now),
    'refuse the own one': (one) => refuseCorrection(one, { ...first, by: asker, reason }, now),
    withdraw: (one) => withdrawCorrection(one, { ...first, by: asker }, now),
    'withdraw another’s': (one) => withdrawCorrection(one, first, now),
    'apply one that is not there': (one) =>
      applyCorrection(one, { ...applied, correction: 2, by: other }, now),
  },
});

const proposed = after(roundAggregate, aRound('offers'), {
  type: 'remedy-proposed',
  at: now,
  number: 1,
  kind: 'offer-next',
  applicationId,
  application: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
  vacancies: [vacancy],
  by: asker,
  reason,
});

const remediesOf = (round: typeof proposed) => ('remedies' in round ? (round.remedies ?? []) : []);

export const remedies = walk({
  kind: 'remedy',
  aggregate: roundAggregate,
  stateOf: (round) => remediesOf(round)[0]?.status ?? 'none',
  stories: {
    waiting: proposed,
    granted: after(roundAggregate, proposed, { type: 'remedy-granted', at: now, remedy: 1, by: other }),
    refused: after(roundAggregate, proposed, {
      type: 'remedy-refused',
      at: now,
      remedy: 1,
      by: other,
      reason,
    }),
  },
  commands: {
    grant: (one) => grantRemedy(remediesOf(one), { remedy: 1, by: other }, [vacancy], now),
    'grant the own one': (one) => grantRemedy(remediesOf(one), { remedy: 1, by: asker }, [vacancy], now),
    'grant what is not waited for': (one) => grantRemedy(remediesOf(one), { remedy: 1, by: other }, [], now),
    refuse: (one) => refuseRemedy(remediesOf(one), { remedy: 1, by: asker, reason }, now),
    'grant one that is not there': (one) =>
      grantRemedy(remediesOf(one), { remedy: 2, by: other }, [vacancy], now),
  },
});
