import { log } from '#functions/log.ts';
import type { CheckFinding, Invariant } from '#shared/checks/finding.ts';
import { roundInvariants } from '#shared/checks/finding.ts';
import type { AggregateName } from '#shared/domain/event.ts';
import type { LogCode, LogFacts } from '#shared/log-messages.ts';

/** One line for each finding, by which an alarm is raised: identifiers and codes only. */
export const tellFinding = ({ invariant, aggregate, id, version, roundId }: CheckFinding): void =>
  log.error(codeOf(invariant), {
    ...(aggregate && { aggregate, ...identifier[aggregate](id) }),
    ...(roundId && { roundId }),
    ...(version !== undefined && { version }),
    reason: invariant,
  });

const codeOf = (invariant: Invariant): LogCode => {
  if (roundInvariants.some((one) => one === invariant)) return 'STATE_IMPOSSIBLE';
  return /^(head|anchor)-/.test(invariant) ? 'CHAIN_CUT' : 'INVARIANT_BROKEN';
};

const identifier: Record<AggregateName, (id: string) => LogFacts> = {
  round: (roundId) => ({ roundId }),
  application: (applicationId) => ({ applicationId }),
  person: (personId) => ({ personId }),
  gate: (gateId) => ({ gateId }),
  committee: (roundId) => ({ roundId }),
  candidacy: (applicationId) => ({ applicationId }),
  slot: (slotId) => ({ slotId }),
  claim: (claimId) => ({ claimId }),
  vacancy: (id) => ({ roundId: id.slice(0, id.indexOf('.')) }),
  placement: (placementId) => ({ placementId }),
  passport: (id) => ({ roundId: id.slice(0, id.indexOf('.')) }),
  marks: (roundId) => ({ roundId }),
  formulas: (roundId) => ({ roundId }),
  polls: (roundId) => ({ roundId }),
  references: (applicationId) => ({ applicationId }),
  staff: () => ({}),
  calendar: () => ({}),
  'engaged-rounds': () => ({}),
  'data-request': (dataRequestId) => ({ dataRequestId }),
  redaction: (applicationId) => ({ applicationId }),
  panels: (roundId) => ({ roundId }),
  elsewhere: (roundId) => ({ roundId }),
  corrections: (roundId) => ({ roundId }),
  discussions: (gateId) => ({ gateId }),
  'owed-interview': (applicationId) => ({ applicationId }),
};
