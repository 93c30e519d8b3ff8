import type { StoredEvent } from '#shared/domain/event.ts';

/**
 * What a person decides, and nobody else (Personal data law 94-V, art. 19-1; ANCHORS 88). The date is in every event; that it is stored with whose
 * decision it is, is checked of every record.
 */
const decided: ReadonlySet<string> = new Set([
  'application-judged',
  'judgement-confirmed',
  'inquiry-made',
  'score-given',
  'scorecard-given',
  'vote-cast',
  'gate-decided',
  'stage-advanced',
  'advance-undone',
  'letters-released',
  'offers-released',
  'offers-stopped',
  'round-cancelled',
  'conflict-ruled',
  'conflict-ruling-undone',
  'claim-upheld',
  'claim-rejected',
  'claim-reopening-asked',
  'claim-reopening-refused',
  'claim-reopened',
  'remedy-granted',
  'remedy-refused',
  'capacity-changed',
  'marks-confirmed',
  'deferral-granted',
  'deferral-refused',
  'deferral-released',
  'correction-applied',
  'data-request-answered',
  'retention-held',
  'retention-hold-lifted',
  'beacon-waived',
]);

/** Whether a decision was stored without a person who made it, or in the name of another one than who did. */
export const isJudgedByNobody = ({ fact, by }: StoredEvent): boolean => {
  if (!decided.has(fact.type)) return false;
  if (by.kind !== 'person') return true;
  const named = fact['by'];
  return named !== undefined && named !== by.id;
};
