import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  type Person,
  workplace,
} from '#functions/commands/workplace.ts';
import { claimAggregate, type ResultClaim } from '#shared/domain/claim.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, ClaimId } from '#shared/domain/ids.ts';
import { chairOn } from '#shared/domain/presiding.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A claim with the place in which the visitor decides it. */
export type OpenClaim = { place: OpenWorkplace; claim: Versioned<ResultClaim> };

/** Opens a claim for whoever decides it: the chair, and where the chair has a conflict of interest who replaces them. */
export const openClaim = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand & { claimId: ClaimId },
): Promise<Result<OpenClaim, Refusal>> => {
  const found = await workplace(deps, command, 'claim.decide');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const claim = await deps.records.find(claimAggregate, command.claimId);
  if (claim?.state.roundId !== command.roundId) return refuse({ kind: 'not-found', what: 'claim' });
  const decider = mayDecide(place.value, command.by, claim.state.applicationId);
  return decider.ok ? ok({ place: place.value, claim }) : decider;
};

export const mayDecide = (
  { committee: { state: committee }, gate: { state: gate } }: OpenWorkplace,
  by: Person,
  applicationId: ApplicationId,
): Result<void, Refusal> => {
  if (inConflict(committee, by.id, applicationId)) return refuse({ kind: 'conflict-of-interest' });
  return chairOn({ committee, gate }, applicationId) === by.id
    ? ok(undefined)
    : refuse({ kind: 'not-allowed' });
};
