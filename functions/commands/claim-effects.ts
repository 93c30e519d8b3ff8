import {
  type CodedItem,
  codedItems,
  codesIn,
  grantOf,
  type Wanted,
} from '#functions/commands/claim-items.ts';
import { openClaim } from '#functions/commands/claim-place.ts';
import { type Counterfactual, openTrial, tryTotals } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { CommitteeCommand, Workplace } from '#functions/commands/workplace.ts';
import type { Granted } from '#shared/domain/claim.ts';
import { correctedBy } from '#shared/domain/corrected-points.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationNumber, ClaimId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
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

/**
 * What the claim is granted. Refused as `changed-meanwhile` where upholding it changes something else than what was shown; `requires` keeps corrections
 * out meanwhile.
 */
export const asShown = async (
  deps: Deps,
  command: Upholding & { shown?: Sha256 | undefined },
): Promise<Result<{ granted: Granted; requires: NonNullable<Commit['requires']> }, Refusal>> => {
  if (!command.shown) return refuse({ kind: 'changed-meanwhile' });
  const tried = await tryUpholding(deps, command);
  if (!tried.ok) return tried;
  const { effects, requires } = tried.value;
  const { granted, digest } = effects;
  return digest === command.shown ? ok({ granted, requires }) : refuse({ kind: 'changed-meanwhile' });
};

/** What points a claim can be about, for whoever decides it while it is open. */
export const claimItems = async (
  deps: Deps,
  command: CommitteeCommand & { claimId: ClaimId },
): Promise<Result<CodedItem[], Refusal>> => {
  const opened = await openClaim(deps, command);
  if (!opened.ok) return opened;
  const trial = await openTrial(deps, command, 'claim.decide');
  return trial.ok ? ok(codedItems(trial.value, opened.value.claim.state.number)) : trial;
};

const tryUpholding = async (
  deps: Deps,
  command: Upholding,
): Promise<Result<{ effects: ClaimEffects; requires: NonNullable<Commit['requires']> }, Refusal>> => {
  const opened = await openClaim(deps, command);
  if (!opened.ok) return opened;
  const claim = opened.value.claim.state;
  if (claim.status !== 'open') return refuse({ kind: 'already-decided', decidedAt: claim.decidedAt });
  const trial = await openTrial(deps, command, 'claim.decide');
  if (!trial.ok) return trial;
  const { place, corrections } = trial.value;
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
  const tried = tryTotals(trial.value, { number, corrected: correctedBy(granted) });
  if (!tried.ok) return tried;
  const { everyone, cutoffs } = tried.value;
  const digest = sha256Of(canonicalJson({ claim: claim.id, corrected: granted, everyone, cutoffs }));
  const version = corrections?.version ?? 0;
  return ok({
    effects: { place, number, granted, codeOf: codesIn(trial.value), found: tried.value, digest },
    requires: [{ aggregate: correctionsAggregate.name, id: command.roundId, version }],
  });
};

/** A claim that moves whenever one is upheld: what upholding changes hangs on those that were, so no two are at once. */
export const nextUpholding = async (
  { claimed }: Pick<Records, 'claimed'>,
  roundId: RoundId,
): Promise<Required<Pick<Commit, 'claims' | 'releases'>>> => {
  const key = `claims-upheld#${roundId}`;
  const standing = await claimed(key);
  return {
    claims: [{ key, value: `${Number(standing ?? '0') + 1}` }],
    releases: standing === undefined ? [] : [{ key, value: standing }],
  };
};
