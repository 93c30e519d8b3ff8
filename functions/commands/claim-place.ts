import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  type Person,
  workplace,
} from '#functions/commands/workplace.ts';
import { claimAggregate, type ResultClaim } from '#shared/domain/claim.ts';
import { inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, ClaimId } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { chairOn } from '#shared/domain/presiding.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A claim with the place in which the visitor decides it. */
export type OpenClaim = { place: OpenWorkplace; claim: Versioned<ResultClaim> };

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type ClaimCommand = CommitteeCommand & { claimId: ClaimId };

/** Opens a claim for whoever decides it: the chair, and where the chair has a conflict of interest who replaces them. */
export const openClaim = (deps: Reads, command: ClaimCommand): Promise<Result<OpenClaim, Refusal>> =>
  claimPlace(deps, command, { action: 'claim.decide', may: mayDecide });

/** Opens one for whoever may do this with it. */
export const claimPlace = async (
  deps: Reads,
  command: ClaimCommand,
  { action, may }: { action: Action; may: typeof mayDecide },
): Promise<Result<OpenClaim, Refusal>> => {
  const found = await workplace(deps, command, action);
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const claim = await deps.records.find(claimAggregate, command.claimId);
  if (claim?.state.roundId !== command.roundId) return refuse({ kind: 'not-found', what: 'claim' });
  const allowed = may(place.value, command.by, claim.state.applicationId);
  return allowed.ok ? ok({ place: place.value, claim }) : allowed;
};

/** Whether somebody may be the second person: a voter without a conflict of interest. */
export const mayConfirm = (
  { committee: { state: committee } }: OpenWorkplace,
  by: Person,
  applicationId: ApplicationId,
): Result<void, Refusal> => {
  if (inConflict(committee, by.id, applicationId)) return refuse({ kind: 'conflict-of-interest' });
  return votersOf(committee).includes(by.id) ? ok(undefined) : refuse({ kind: 'not-allowed' });
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
