import { mayDecide } from '#functions/commands/claim-place.ts';
import { claimsIn, claimTexts } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { decidedList, standingIn } from '#functions/commands/proposals/proposal.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { atWork, type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { claimAggregate, type ResultClaim } from '#shared/domain/claim.ts';
import { inConflict } from '#shared/domain/committee.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock'>;

/** One claim as the committee reads it: by number, with where its application stood. */
export type CommitteeClaim = {
  claim: ResultClaim;
  texts: { text: string; reason: string };
  standing: Standing | undefined;
  /** Whether the visitor decides it. */
  mayDecide: boolean;
};

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/**
 * The claims of a round without those that the visitor has a conflict of interest with. What applicants typed is in them,
 * so each reading is logged first (law 94-V, art. 22); where processing has ended it is not read.
 */
export const committeeClaims = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; claims: CommitteeClaim[] }, Refusal>> => {
  const found = await workplace(deps, command, 'claim.read');
  if (!found.ok) return found;
  const read = await readingAt(deps, found.value);
  const visible = (await claimsIn(deps.records, command.roundId)).filter(
    ({ state }) => !isClosed(found.value, state),
  );
  const claims = await eachOf(visible, readsAtOnce, ({ state }) => read(state));
  return ok({ place: found.value, claims });
};

/** One of them, with nothing read, and no reading logged, of the others. */
export const committeeClaim = async (
  deps: Deps,
  { claimId, ...command }: CommitteeCommand & { claimId: string },
): Promise<Result<{ place: Workplace; shown: CommitteeClaim }, Refusal>> => {
  const found = await workplace(deps, command, 'claim.read');
  if (!found.ok) return found;
  const id = ClaimId.safeParse(claimId).data;
  const claim = id && (await deps.records.find(claimAggregate, id))?.state;
  if (claim?.roundId !== command.roundId || isClosed(found.value, claim)) {
    return refuse({ kind: 'not-found', what: 'claim' });
  }
  const read = await readingAt(deps, found.value);
  return ok({ place: found.value, shown: await read(claim) });
};

const isClosed = ({ committee, by }: Workplace, { applicationId }: ResultClaim): boolean =>
  inConflict(committee?.state, by.id, applicationId);

const unread: CommitteeClaim['texts'] = { text: '', reason: '' };

/** Reads what a claim says, and says where its application stood. */
const readingAt = async ({ records, readLog, clock }: Deps, found: Workplace) => {
  const place = atWork(found);
  const results = await decidedList(records, found.round.state, 'preliminary');
  return async (claim: ResultClaim): Promise<CommitteeClaim> => {
    const { applicationId } = claim;
    const standing = standingIn(results, applicationId);
    const mine = claim.status === 'open' && place.ok && mayDecide(place.value, found.by, applicationId).ok;
    const application = await records.find(applicationAggregate, applicationId);
    if (application && endsProcessing(application.state)) {
      return { claim, texts: unread, mayDecide: mine, standing };
    }
    const owner = `application#${applicationId}`;
    await readLog.add({ reader: found.by, owner, what: 'claim', at: clock.now() });
    return { claim, texts: await claimTexts(records, claim), mayDecide: mine, standing };
  };
};
