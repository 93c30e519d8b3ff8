import { claimPlace, mayConfirm, mayDecide, type OpenClaim } from '#functions/commands/claim-place.ts';
import { type Counterfactual, openTrial, type Trial, tryClaim } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { correctedListOf } from '#functions/commands/pinned.ts';
import type { CommitteeCommand, OpenWorkplace, Person } from '#functions/commands/workplace.ts';
import type { DecidedClaim } from '#shared/domain/claim.ts';
import { decidedNow } from '#shared/domain/claim-reopening.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, ClaimId, Sha256 } from '#shared/domain/ids.ts';
import { isBehind, Stage } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { CorrectionEvent, correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;
export type ReopenCommand = CommitteeCommand & { claimId: ClaimId };

/** What reopening a claim would change, and for whom; `digest` goes into what follows from having seen it. */
export type ReopeningEffects = OpenClaim & {
  decided: DecidedClaim;
  found: Counterfactual;
  trial: Trial;
  digest: Sha256;
};

/**
 * Opens a claim for who decides it, who may ask for its reopening, or for any voter, who may be the second person; `results-final` once they are: what
 * is wrong then is corrected, and nobody loses an offer.
 */
export const openReopening = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: ReopenCommand,
  may: typeof mayDecide = mayConfirm,
): Promise<Result<OpenClaim, Refusal>> => {
  const opened = await claimPlace(deps, command, { action: 'claim.reopen', may });
  if (opened.ok || opened.error.kind !== 'wrong-stage') return opened;
  return isBehind(Stage.parse(opened.error.stage), 'claims') ? refuse({ kind: 'results-final' }) : opened;
};

const maySee = (place: OpenWorkplace, by: Person, applicationId: ApplicationId): Result<void, Refusal> => {
  const asks = mayDecide(place, by, applicationId);
  return asks.ok ? asks : mayConfirm(place, by, applicationId);
};

/** The results without what a claim was granted beside those that stand, and everyone whom that affects; nothing is stored. */
export const reopeningEffects = async (
  deps: Deps,
  command: ReopenCommand,
  may: typeof mayDecide = maySee,
): Promise<Result<ReopeningEffects, Refusal>> => {
  const opened = await openReopening(deps, command, may);
  if (!opened.ok) return opened;
  const decided = decidedNow(opened.value.claim.state);
  if (!decided.ok) return decided;
  const trial = await openTrial(deps, command, 'claim.reopen');
  if (!trial.ok) return trial;
  const { id, number, earlier = [] } = decided.value;
  const corrected = await correctedWithout(deps.records, trial.value, decided.value);
  const tried = tryClaim({ ...trial.value, corrected }, { kind: 'claim-reopened', claim: id, number });
  if (!tried.ok) return tried;
  const { everyone, cutoffs } = tried.value;
  const digest = sha256Of(canonicalJson({ reopens: id, times: earlier.length, everyone, cutoffs }));
  return ok({ ...opened.value, decided: decided.value, trial: trial.value, found: tried.value, digest });
};

/**
 * What counts as corrected before, for the next list: without the application where nothing but its claim ever brought it in, so that it comes out as
 * though the claim had not been upheld.
 */
const correctedWithout = async (
  records: Pick<Records, 'history' | 'blob'>,
  { corrected, given }: Trial,
  { id, applicationId }: DecidedClaim,
): Promise<Trial['corrected']> => {
  const history = await records.history(correctionsAggregate.name, given.basis.roundId);
  const events = history.map(({ fact }) => CorrectionEvent.parse(fact));
  const first = events.findIndex((event) => event.type === 'claim-counted' && event.claim === id);
  if (first < 0) return corrected;
  const lists = events.slice(0, first).flatMap((event) => ('list' in event ? [event.list] : []));
  const last = lists.at(-1);
  const before = last ? (await correctedListOf(records, last)).corrected : [];
  return before.some((one) => one.applicationId === applicationId)
    ? corrected
    : corrected.filter((one) => one.applicationId !== applicationId);
};
