import { mayConfirm, mayDecide } from '#functions/commands/claim-place.ts';
import { type ClaimTexts, claimTexts } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { decidedList, standingIn } from '#functions/commands/proposals/proposal.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { atWork, type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import {
  claimAggregate,
  claimsOf,
  isDecided,
  type ResultClaim,
  waitingReopening,
} from '#shared/domain/claim.ts';
import { isClaimOverdue } from '#shared/domain/claim-rule.ts';
import { inConflict } from '#shared/domain/committee.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { pageOf } from '#shared/paging.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock'>;

/** What one claim says; all of it is empty where it may not be read any more. */
export type ReadClaim = { claim: ResultClaim; texts: ClaimTexts };

/** One claim as the committee reads it: by number, with where its application stood. */
export type CommitteeClaim = ReadClaim & {
  standing: Standing | undefined;
  /** Whether the visitor decides it. */
  mayDecide: boolean;
  /** Whether the visitor may ask that it be reopened, or answer who asked. */
  mayReopen: boolean;
};

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** A page of the claims of a round, by the order of filing. */
type ClaimPage<Row> = {
  place: Workplace;
  claims: Row[];
  page: number;
  pages: number;
  /** Of all pages. */
  all: number;
  /** Of all pages: open, and past the time in which they are decided. */
  overdue: number;
  /** Of all pages: decided, and somebody asked that it be reopened. */
  reopening: number;
};

type PageCommand = CommitteeCommand & { page?: number };

/**
 * A page of the claims of a round, without those that the visitor has a conflict of interest with. Nothing of what applicants typed is read. Those of the
 * page are as they stand now, what is counted over all is of a list that may lag by a moment.
 */
export const claimsPage = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  { page: asked = 1, ...command }: PageCommand,
): Promise<Result<ClaimPage<ResultClaim>, Refusal>> => {
  const found = await workplace(deps, command, 'claim.read');
  if (!found.ok) return found;
  const place = found.value;
  const listed = await everyOf(deps.records, claimAggregate, claimsOf(command.roundId));
  const visible = listed.map(({ state }) => state).filter((claim) => !isClosed(place, claim));
  const { rows, ...paging } = pageOf(visible, asked);
  const now = deps.clock.now();
  const shown = await eachOf(rows, readsAtOnce, ({ id }) => deps.records.find(claimAggregate, id));
  return ok({
    place,
    claims: shown.flatMap((one) => one?.state ?? []),
    ...paging,
    all: visible.length,
    overdue: visible.filter((claim) => claim.status === 'open' && isClaimOverdue(place.file, claim, now))
      .length,
    reopening: visible.filter(waitingReopening).length,
  });
};

/** The same with what each claim of the page says: each reading is logged first (law 94-V, art. 22); where processing has ended it is not read. */
export const committeeClaims = async (
  deps: Deps,
  command: PageCommand,
): Promise<Result<ClaimPage<ReadClaim>, Refusal>> => {
  const found = await claimsPage(deps, command);
  if (!found.ok) return found;
  const { claims, ...paging } = found.value;
  const read = readingFor(deps, paging.place);
  return ok({ ...paging, claims: await eachOf(claims, readsAtOnce, read) });
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
  const { applicationId } = claim;
  const { by, round } = found.value;
  const place = atWork(found.value);
  const results = await decidedList(deps.records, round.state, 'preliminary');
  const may = (asked: typeof mayDecide): boolean => place.ok && asked(place.value, by, applicationId).ok;
  const shown = {
    ...(await readingFor(deps, found.value)(claim)),
    standing: standingIn(results, applicationId),
    mayDecide: claim.status === 'open' && may(mayDecide),
    mayReopen:
      round.state.stage === 'claims' &&
      isDecided(claim) &&
      may(waitingReopening(claim) ? mayConfirm : mayDecide),
  };
  return ok({ place: found.value, shown });
};

const isClosed = ({ committee, by }: Workplace, { applicationId }: ResultClaim): boolean =>
  inConflict(committee?.state, by.id, applicationId);

const readingFor =
  ({ records, readLog, clock }: Deps, { by: reader }: Workplace) =>
  async (claim: ResultClaim): Promise<ReadClaim> => {
    const { applicationId } = claim;
    const application = await records.find(applicationAggregate, applicationId);
    if (application && endsProcessing(application.state))
      return { claim, texts: { text: '', reason: '', earlier: [] } };
    await readLog.add({ reader, owner: `application#${applicationId}`, what: 'claim', at: clock.now() });
    return { claim, texts: await claimTexts(records, claim) };
  };
