import { editionAfter } from '#functions/commands/correction-edition.ts';
import { correctedIn, keepCorrection, mayCorrect, openWork } from '#functions/commands/correction-keeping.ts';
import { correctionMarks, type MarksShown } from '#functions/commands/correction-marks.ts';
import {
  affectedNow,
  type CorrectedOffers,
  offersAfter,
  owedAsOffers,
} from '#functions/commands/correction-offers.ts';
import {
  type Counterfactual,
  openTrial,
  type Trial,
  tryCorrection,
} from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { isMiscounted, owedThen } from '#functions/commands/owed-interview-counting.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { CommitteeCommand, OpenWorkplace } from '#functions/commands/workplace.ts';
import { correctedText } from '#shared/domain/corrected.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { isTold } from '#shared/domain/publication.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import type { Affected } from '#shared/replay/affected.ts';
import type { Correction, Corrections } from '#shared/replay/correction.ts';
import { correctionOf, applyCorrection as decideApply } from '#shared/replay/correction-decisions.ts';
import { isOfMarksAlone } from '#shared/replay/settled.ts';
import { type AffectedList, affectedText } from '#shared/replay/told.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Corrections>, Refusal | LostRace>>;
type OneCorrection = CommitteeCommand & { correction: number };

/** What a correction that was asked for changes, and for whom; nothing of it is so before it is applied. */
export type CorrectionShown = {
  place: Trial['place'];
  correction: Correction;
  /** Absent once it does not wait any more. */
  effects?: Counterfactual;
  /** How many of those whom it concerns get a letter: all of them once they were told of their results. */
  recipients: number;
  /** Goes into the confirmation. */
  digest: Sha256;
  /** Of a file of marks: what the second person looks at and types. */
  marks?: MarksShown;
  /** Where offers would go by it. They are counted as the offers stand, and an answer that comes meanwhile does not hold the correction up. */
  offers?: CorrectedOffers | undefined;
};

/** What a correction that was asked for would do, or what it did. */
export const showCorrection = async (
  deps: Deps,
  command: OneCorrection,
): Promise<Result<CorrectionShown, Refusal>> => {
  const trial = await openTrial(deps, command, 'correction.read');
  if (!trial.ok) return trial;
  const shown = await shownIn(deps, trial.value, command);
  if (!shown.ok || !shown.value.effects) return shown;
  const { place, correction, effects } = shown.value;
  const offers = await offersAfter(deps, place, { correction, after: effects.after });
  if (!offers) return shown;
  const affected = owedAsOffers(effects.affected, offers.debts);
  return ok({ ...shown.value, effects: { ...effects, affected }, offers });
};

const shownIn = async (
  deps: Deps,
  trial: Trial,
  command: OneCorrection,
): Promise<Result<CorrectionShown, Refusal>> => {
  const { place, standing } = trial;
  const correction = standing && correctionOf(standing, command.correction);
  if (!correction) return refuse({ kind: 'not-found', what: 'correction' });
  const about = await correctedIn(deps.records, { corrects: correction.corrects, before: standing });
  if (about && wallIn(place)(about)) return refuse({ kind: 'conflict-of-interest' });
  if (correction.status !== 'waiting') {
    const recipients = correction.applied?.recipients ?? 0;
    return ok({ place, correction, recipients, digest: sha256Of('') });
  }
  const tried = tryCorrection(trial, correction.corrects);
  if (!tried.ok) return tried;
  const effects = tried.value;
  const marks = await correctionMarks(deps, place, {
    corrections: standing,
    correction,
    reader: command.by.id,
  });
  if (!marks.ok) return marks;
  return ok({
    place,
    correction,
    effects,
    recipients: isTold(place.round.state, 'scoring') ? effects.everyone.length : 0,
    digest: digestOf(correction, effects),
    ...(marks.value && { marks: marks.value }),
  });
};

const digestOf = ({ number }: Correction, { everyone, cutoffs, corrected }: Counterfactual): Sha256 =>
  sha256Of(canonicalJson({ number, everyone, cutoffs, corrected }));

/** What a person saw before they applied it: the effects, how many get a letter, and marks typed from their own copy. */
export type Application = OneCorrection & {
  shown: Sha256;
  confirmed: number;
  sample: readonly string[];
};

/**
 * Applies a correction that another person asked for. What it comes to counts in every proposal from then on; final results that were decided
 * get another edition, beside which the earlier one stays published, and those whom it concerns are told, where they were told of results
 * before. What was shown must still be so.
 */
export const applyCorrection = (
  deps: Deps,
  command: Application,
): Promise<Result<Versioned<Corrections>, Refusal>> =>
  decideAgain(async (): Attempt => {
    // Offers that are made meanwhile move the turn: none is made on a board that has another order.
    const turn = await nextTurn(deps.records, command.roundId);
    const opened = await openWork(deps, command);
    if (!opened.ok) return opened;
    const { place, trial } = opened.value;
    const shown = await shownIn(deps, trial, command);
    if (!shown.ok) return shown;
    const { correction, effects, recipients } = shown.value;
    const before = trial.corrections;
    if (!before) return refuse({ kind: 'not-found', what: 'correction' });
    const asked = { corrects: correction.corrects, before: before.state };
    const allowed = await mayCorrect(deps, place, asked);
    if (!allowed.ok) return allowed;
    if (correction.status === 'waiting' && isMiscounted(trial.owed, correction.corrects))
      return refuse({ kind: 'changed-meanwhile' });
    const now = deps.clock.now();
    const { roundId } = command;
    const list = listOf(roundId, shown.value);
    const everyone = await affectedNow(deps, place, { correction, effects });
    const affected = affectedText(roundId, namedIn(trial, everyone));
    const who = { by: command.by.id, correction: command.correction };
    const applied = { ...who, list: list.sha256, affected: affected.sha256, recipients };
    const events = decideApply(before.state, applied, now);
    if (!events.ok) return events;
    if (events.value.length === 0) return ok(before);
    const also = asShown(shown.value, command, now);
    if (!also.ok) return also;
    const corrects = { correction, after: effects?.after, turn: turn.turn };
    const edition = await editionAfter(deps.records, place, corrects, now);
    return await keepCorrection(deps, place, {
      before,
      events: events.value,
      changes: [...also.value, ...owedThen(trial.owed, { correction, corrections: before.state }, now)],
      ofRound: edition.events,
      blobs: [list, affected, ...edition.blobs],
      ...(edition.events.length > 0 && { claims: turn.claims, releases: turn.releases }),
      outbox: [
        ...(recipients > 0 ? [lettersOf(command, now)] : []),
        ...(edition.events.length > 0 ? nextOffers(place, turn.turn, now) : []),
      ],
    });
  });

/** Who comes in by the correction, or before others, may be the next for a post that is free. */
const nextOffers = ({ round: { state } }: OpenWorkplace, turn: number, now: Instant): OutboxMessage[] =>
  state.stage === 'offers' && state.offersReleasedAt
    ? [makeOffers(state, `${state.id}#turn-${turn}`, now)]
    : [];

/** What was shown must still be so; what the correction does to marks from outside. */
const asShown = (
  { recipients, digest, marks }: CorrectionShown,
  { shown, confirmed, by, sample }: Application,
  now: Instant,
): Result<Change[], Refusal> => {
  if (digest !== shown) return refuse({ kind: 'changed-meanwhile' });
  if (recipients !== confirmed) return refuse({ kind: 'recipients-differ', recipients, confirmed });
  return marks?.applied({ by: by.id, sample, now }) ?? ok([]);
};

const listOf = (roundId: RoundId, { effects }: CorrectionShown) =>
  correctedText(roundId, {
    corrected: effects?.corrected ?? [],
    marksAlone: isOfMarksAlone(effects?.settled ?? []),
  });

const namedIn = ({ given }: Trial, everyone: readonly Affected[]): AffectedList['affected'] => {
  const byNumber = new Map(given.basis.claims.map((one) => [one.number, one.applicationId]));
  return everyone.flatMap((one) => {
    const applicationId = byNumber.get(one.number);
    return applicationId ? [{ ...one, applicationId }] : [];
  });
};

const lettersOf = ({ roundId, correction }: OneCorrection, at: Instant) => ({
  id: `correction#${roundId}#${correction}`,
  at,
  body: { kind: 'letters-of-correction' as const, roundId, correction, from: 0 },
});
