import type { LogCode } from '#shared/log-messages.ts';
import type { FunctionId } from './function-specs.ts';

/** What only the program itself can see: it logs a code, CloudWatch counts it. */
export const counted = [
  {
    code: 'OUTBOX_ROW_FAILED',
    sources: ['Outbox'],
    id: 'OutboxFailing',
    harm: 'Letters or workflow signals could not be delivered several times in a row.',
    runbook: 'OutboxFailing',
    threshold: 5,
  },
  {
    code: 'OUTBOX_ROW_OLD',
    sources: ['Outbox'],
    id: 'OutboxOld',
    harm: 'Somebody waits for a letter, or a round for its signal, for more than a quarter of an hour.',
    runbook: 'OutboxOld',
    threshold: 1,
  },
  {
    code: 'GATE_SIGNAL_LOST',
    sources: ['Outbox'],
    id: 'GateSignalLost',
    harm: 'A committee decided, but the round does not move.',
    runbook: 'GateSignalLost',
    threshold: 1,
  },
  {
    code: 'GATE_WAITING_LONG',
    sources: ['Sweep'],
    id: 'GateWaiting',
    harm: 'Applicants wait for a committee longer than the stage allows.',
    runbook: 'GateWaiting',
    threshold: 1,
  },
  {
    code: 'INVARIANT_BROKEN',
    sources: ['Sweep'],
    id: 'InvariantBroken',
    harm: 'A record no longer equals what its events say: decisions may rest on wrong data.',
    runbook: 'InvariantBroken',
    threshold: 1,
  },
  {
    code: 'STATE_IMPOSSIBLE',
    sources: ['Sweep'],
    id: 'StateImpossible',
    harm: 'A round is in a state that no rule allows: somebody may get a post, a time or a score that is not theirs.',
    runbook: 'StateImpossible',
    threshold: 1,
  },
  {
    code: 'CHAIN_CUT',
    sources: ['Sweep'],
    id: 'ChainCut',
    harm: 'Events that were signed are gone or changed: what was decided may no longer be on record.',
    runbook: 'ChainCut',
    threshold: 1,
  },
  {
    code: 'CHECKS_OLD',
    sources: ['Sweep'],
    id: 'ChecksOld',
    harm: 'Nobody would notice damaged records, because the nightly checks do not come to their end.',
    runbook: 'ChecksOld',
    threshold: 1,
  },
  {
    code: 'OFFER_NOT_SOUND',
    sources: ['Outbox', 'Sweep', 'AskNext'],
    id: 'OfferNotSound',
    harm: 'Somebody who comes next gets no offer, because the checker found it wrong.',
    runbook: 'OfferNotSound',
    threshold: 1,
  },
  {
    code: 'ANSWER_NOT_SOUND',
    sources: ['Web', 'Api', 'LapseOffer', 'Outbox'],
    id: 'AnswerNotSound',
    harm: 'Somebody cannot answer an offer or withdraw, because the checker found what is stored of it wrong.',
    runbook: 'AnswerNotSound',
    threshold: 1,
  },
  {
    code: 'TIME_ZONES_OLD',
    sources: ['Sweep'],
    id: 'TimeZonesOld',
    harm: 'Deadlines are shown and compared an hour off, because the runtime has old time-zone data.',
    runbook: 'TimeZonesOld',
    threshold: 1,
  },
] as const satisfies readonly {
  code: LogCode;
  /** Every function that may log it. */
  sources: readonly FunctionId[];
  id: string;
  harm: string;
  runbook: string;
  threshold: number;
}[];
