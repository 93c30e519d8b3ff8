import { roundOf } from '#functions/commands/application-reading.ts';
import { ownClaim } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { DataRequestKind, onlyDataRequest } from '#shared/domain/data-request.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import {
  keptUntil,
  type RetentionHold,
  type RetentionRule,
  retentionFrom,
  retentionGroup,
} from '#shared/domain/retention.ts';
import { heldFor } from '#shared/domain/retention-hold.ts';
import type { Instant } from '#shared/domain/time.ts';

type Reads = Pick<CommandDeps, 'records'>;

/**
 * Whether an application may be erased now: its time is over by the rules of its round, nobody holds it, and nothing about it is open. All is read by
 * id and by claim, and the clock is asked again: no list that lags, and no clock that was wrong for a while, can let it be erased
 * too early.
 */
export const retentionOver = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  id: ApplicationId,
): Promise<boolean> => {
  const application = await deps.records.find(applicationAggregate, id);
  if (!application) return false;
  const until = (await retentionOf(deps, application.state))?.until;
  if (until === undefined || until > deps.clock.now()) return false;
  return (await holdOf(deps, application.state)) === undefined;
};

/** The rule that an application is kept by, and until when, once its round has ended; undefined where there is no rule. */
export const retentionOf = async (
  { records }: Reads,
  application: Application,
): Promise<{ rule: RetentionRule; until: Instant | undefined } | undefined> => {
  const { round, file } = await roundOf({ records }, application);
  const candidacy = await records.find(candidacyAggregate, application.id);
  const placed = candidacy !== undefined && acceptedOffer(candidacy.state) !== undefined;
  const group = retentionGroup(application, placed);
  const rule = file.retention?.find(({ code }) => code === group);
  const from = retentionFrom(round.state);
  return rule && { rule, until: from && keptUntil(from, rule, file.timeZone) };
};

const holdOf = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  application: Application,
): Promise<RetentionHold | undefined> => {
  const [byHand] = heldFor(application, deps.clock.now());
  if (byHand) return byHand;
  if (await hasOpenClaim(deps, application.id)) return 'claim';
  if (await hasOpenRequest(deps, application)) return 'data-request';
  return (await hasOpenPlacement(deps, application.id)) ? 'placement' : undefined;
};

const hasOpenClaim = async ({ records }: Reads, id: ApplicationId): Promise<boolean> =>
  (await ownClaim(records, id))?.state.status === 'open';

/** About this application, or about the whole account. */
const hasOpenRequest = async (
  { records }: Reads,
  { id: applicationId, personId }: Application,
): Promise<boolean> => {
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
