import {
  type CodedItem,
  codedItems,
  codesIn,
  grantOf,
  type Wanted,
} from '#functions/commands/claim-items.ts';
import { type Kept, keptWith } from '#functions/commands/claim-keeping.ts';
import { openClaim } from '#functions/commands/claim-place.ts';
import { type Counterfactual, openTrial, type Trial, tryClaim } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { CommitteeCommand, Workplace } from '#functions/commands/workplace.ts';
import type { Granted } from '#shared/domain/claim.ts';
import { isOpen } from '#shared/domain/claim-decisions.ts';
import { correctedBy } from '#shared/domain/corrected-points.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationNumber, ClaimId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;
type Upholding = CommitteeCommand & { claimId: ClaimId } & Wanted;

/** What upholding a claim would change, and for whom; `digest` goes into the decision of whoever has seen it. */
export type ClaimEffects = {
  place: Workplace;
  number: ApplicationNumber;
  /** What is granted: totals as somebody typed them, or as they follow from the points that are changed. */
  granted: Granted;
  /** Raters by the codes that lists have. */
  codeOf: (rater: PersonId) => string | undefined;
  found: Counterfactual;
  digest: Sha256;
};

/**
 * The results with a claim upheld beside those that stand, and everyone whom it affects, by the function that any correction is tried with.
 * For whoever decides the claim, while it is open; nothing is stored.
 */
export const claimEffects = async (
  deps: Deps,
  command: Upholding,
): Promise<Result<ClaimEffects, Refusal>> => {
  const tried = await tryUpholding(deps, command);
  return tried.ok ? ok(tried.value.effects) : tried;
};

/** What is granted, and how it is kept: what upholding changes hangs on claims and corrections that stand, so no two of them are at once. */
export type Upheld = { granted: Granted; kept: Kept };

/** What the claim is granted. Refused as `changed-meanwhile` where upholding it changes something else than what was shown. */
export const asShown = async (
  deps: Deps,
  command: Upholding & { shown?: Sha256 | undefined },
): Promise<Result<Upheld, Refusal>> => {
  if (!command.shown) return refuse({ kind: 'changed-meanwhile' });
  const tried = await tryUpholding(deps, command);
  if (!tried.ok) return tried;
  const { effects, trial } = tried.value;
  const { granted, digest, number, found } = effects;
  if (digest !== command.shown) return refuse({ kind: 'changed-meanwhile' });
  const counted = Object.keys(correctedBy(granted)).length > 0;
  const event = { type: 'claim-counted', claim: command.claimId, number, corrected: granted } as const;
  const kept = keptWith(deps, trial, { by: command.by.id, found, event: counted ? event : undefined });
  return ok({ granted, kept });
};

/** What points a claim can be about, for whoever decides it while it is open. */
export const claimItems = async (
  deps: Deps,
  command: CommitteeCommand & { claimId: ClaimId },
): Promise<Result<CodedItem[], Refusal>> => {
  const opened = await openClaim(deps, command);
  if (!opened.ok) return opened;
  const { number, applicationId } = opened.value.claim.state;
  const trial = await openTrial(deps, command, 'claim.decide', applicationId);
  return trial.ok ? ok(codedItems(trial.value, number)) : trial;
};

const tryUpholding = async (
  deps: Deps,
  command: Upholding,
): Promise<Result<{ effects: ClaimEffects; trial: Trial }, Refusal>> => {
  const opened = await openClaim(deps, command);
  if (!opened.ok) return opened;
  const claim = opened.value.claim.state;
  const open = isOpen(claim);
  if (!open.ok) return open;
  const trial = await openTrial(deps, command, 'claim.decide');
  if (!trial.ok) return trial;
  const { place } = trial.value;
  const { number } = claim;
  const { corrected } = command;
  const candidacy = trial.value.given.basis.claims.find((one) => one.number === number);
  const wasInterviewed = corrected.interviewOwed === true && (candidacy?.scorecards.length ?? 0) > 0;
  const grant = grantOf(trial.value, number, command);
  if (!grant.ok) return grant;
  if (wasInterviewed)
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'verdict', message: 'owed-interview.fault.had' }],
    });
  const granted = grant.value;
  const tried = tryClaim(trial.value, { kind: 'claim', number, corrected: granted });
  if (!tried.ok) return tried;
  const { everyone, cutoffs } = tried.value;
  // Of a claim that was decided before, what was shown then is not what is shown now.
  const times = claim.earlier && { times: claim.earlier.length };
  const digest = sha256Of(
    canonicalJson({ claim: claim.id, corrected: granted, everyone, cutoffs, ...times }),
  );
  return ok({
    effects: { place, number, granted, codeOf: codesIn(trial.value), found: tried.value, digest },
    trial: trial.value,
  });
};
