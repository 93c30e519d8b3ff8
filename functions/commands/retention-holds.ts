import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate, onlyClaim } from '#shared/domain/claim.ts';
import { DataRequestKind, onlyDataRequest } from '#shared/domain/data-request.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import type { RetentionHold } from '#shared/domain/retention.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** What is open about an application now, read by id and by claim: no list that lags can let it be erased too early. */
export const retentionHold = async (deps: Reads, id: ApplicationId): Promise<RetentionHold | undefined> => {
  if (await hasOpenClaim(deps, id)) return 'claim';
  if (await hasOpenRequest(deps, id)) return 'data-request';
  return (await hasOpenPlacement(deps, id)) ? 'placement' : undefined;
};

const hasOpenClaim = async ({ records }: Reads, id: ApplicationId): Promise<boolean> => {
  const claimId = await records.claimed(onlyClaim(id));
  const claim = claimId === undefined ? undefined : await records.find(claimAggregate, claimId);
  return claim?.state.status === 'open';
};

/** About this application, or about the whole account. */
const hasOpenRequest = async ({ records }: Reads, applicationId: ApplicationId): Promise<boolean> => {
  const application = await records.find(applicationAggregate, applicationId);
  if (!application) return false;
  const { personId } = application.state;
  const open = await Promise.all(
    DataRequestKind.options
      .flatMap((kind) => [
        { personId, kind, applicationId },
        { personId, kind },
      ])
      .map((about) => records.claimed(onlyDataRequest(about))),
  );
  return open.some((request) => request !== undefined);
};

const hasOpenPlacement = async ({ records }: Reads, id: ApplicationId): Promise<boolean> => {
  const candidacy = await records.find(candidacyAggregate, id);
  const placementId = candidacy && acceptedOffer(candidacy.state)?.placementId;
  const placement = placementId && (await records.find(placementAggregate, placementId));
  return placement !== undefined && placement.state.status === 'open';
};
