import type { Application } from '#shared/domain/application.ts';
import type { EarlierClaim, ResultClaim } from '#shared/domain/claim.ts';
import { decideClaimBy } from '#shared/domain/claim-rule.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';

type Claimed = {
  application: Pick<Application, 'stage'>;
  round: Round;
  file: RoundFile;
  claim?: ResultClaim | undefined;
};

/** What the owner of a claim is told of it, and of what it was before. */
export const claimSteps = (of: Claimed, now: Instant): TimelineStep[] => {
  const { file, claim } = of;
  if (!claim) return claimingSteps(of, now);
  const filed = { what: 'claim-filed', done: true, at: claim.filedAt } as const;
  const steps = [...(claim.earlier ?? []).flatMap(earlierSteps), filed];
  switch (claim.status) {
    case 'open': {
      const at = decideClaimBy(file, claim);
      return at ? [...steps, { what: 'claim-awaited', done: false, at }] : steps;
    }
    case 'withdrawn':
      return [...steps, withdrawnStep(claim), ...claimingSteps(of, now)];
    default:
      return [...steps, { what: `claim-${claim.status}`, done: true, at: claim.decidedAt }];
  }
};

const withdrawnStep = ({ withdrawnAt: at }: { withdrawnAt: Instant }): TimelineStep => ({
  what: 'claim-withdrawn',
  done: true,
  at,
});

const earlierSteps = (claim: EarlierClaim): TimelineStep[] => [
  { what: 'claim-filed', done: true, at: claim.filedAt },
  withdrawnStep(claim),
];

/** Until when somebody without a claim may make one. */
const claimingSteps = ({ application, round }: Claimed, now: Instant): TimelineStep[] =>
  round.stage === 'claims' && application.stage === 'submitted' && now < round.claimsCloseAt
    ? [{ what: 'claims-close', done: false, at: round.claimsCloseAt }]
    : [];
