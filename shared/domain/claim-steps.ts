import type { Application } from '#shared/domain/application.ts';
import type { DecidedClaim, EarlierClaim, ResultClaim } from '#shared/domain/claim.ts';
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
  const earlier = claim.earlier ?? [];
  // Reopened, it is the one that was filed before.
  const filed = (one: EarlierClaim | ResultClaim, index: number): TimelineStep[] =>
    earlier[index - 1]?.filedAt === one.filedAt ? [] : [filedStep(one.filedAt)];
  const steps = [
    ...earlier.flatMap((one, index) => [...filed(one, index), ...earlierSteps(one)]),
    ...filed(claim, earlier.length),
  ];
  switch (claim.status) {
    case 'open': {
      const at = decideClaimBy(file, claim);
      return at ? [...steps, { what: 'claim-awaited', done: false, at }] : steps;
    }
    case 'withdrawn':
      return [...steps, withdrawnStep(claim), ...claimingSteps(of, now)];
    default:
      return [...steps, decidedStep(claim)];
  }
};

const withdrawnStep = ({ withdrawnAt: at }: { withdrawnAt: Instant }): TimelineStep => ({
  what: 'claim-withdrawn',
  done: true,
  at,
});

const decidedStep = ({
  status,
  decidedAt: at,
}: Pick<DecidedClaim, 'status' | 'decidedAt'>): TimelineStep => ({
  what: `claim-${status}`,
  done: true,
  at,
});

/** What happened to a claim since the one before it in the list. */
const earlierSteps = (claim: EarlierClaim): TimelineStep[] =>
  claim.status === 'withdrawn'
    ? [withdrawnStep(claim)]
    : [decidedStep(claim), { what: 'claim-reopened', done: true, at: claim.reopened.at }];

const filedStep = (at: Instant): TimelineStep => ({ what: 'claim-filed', done: true, at });

/** Until when somebody without a claim may make one. */
const claimingSteps = ({ application, round }: Claimed, now: Instant): TimelineStep[] =>
  round.stage === 'claims' && application.stage === 'submitted' && now < round.claimsCloseAt
    ? [{ what: 'claims-close', done: false, at: round.claimsCloseAt }]
    : [];
