import { type CandidacyCommand, judgingPlace } from '#functions/commands/candidacies.ts';
import {
  type CardInput,
  commentDocuments,
  draftDocument,
  filledCard,
  typedIn,
} from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { givenRows } from '#functions/commands/judge-rows.ts';
import { findingRow } from '#functions/commands/open-places.ts';
import { furtherRater, takingOver, wantsMore } from '#functions/commands/rater-assignment.ts';
import { inScoring, type ScoringPlace } from '#functions/commands/rater-place.ts';
import { choosesLater, givenIn, takeTurn } from '#functions/commands/rater-turn.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { goingOn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type OpenWorkplace, stands, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { CardForm } from '#shared/domain/card.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { handOver } from '#shared/domain/raters.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { declineRating, draftScore, giveScore, ownScore } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/** What a rater's card is asked by. */
const scoreForm = ({ rubric, cards }: Pick<RoundFile, 'rubric' | 'cards'>): CardForm => ({
  criteria: ratedCriteria(rubric.criteria),
  rule: cards,
});

/**
 * A rater's card for one application, or a new version of it. The first of the stage is an effect: from then on the
 * advance into scoring stays. Where it shows that the raters lie too far apart or judge too little, one more is asked in the same
 * transaction, or by the outbox where others hand over at this moment. One that comes after the decision, or while a proposal lies on the
 * table, is refused.
 */
export const scoreApplication = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  onCard(deps, command, async (rating) => {
    const { place, candidacy } = rating;
    const { id, version, state } = candidacy;
    const now = deps.clock.now();
    const card = filledCard(command);
    const { documents, refs } = commentDocuments(deps, { applicationId: id, version }, card.comments);
    const typed = await typedIn(deps.records, ownScore(state, place.by.id));
    const saved = { raterId: place.by.id, card, basedOn: command.basedOn, typed, comments: refs };
    const decision = giveScore(state, saved, scoreForm(place.file), now);
    if (!decision.ok || decision.value.length === 0) return decision.ok ? ok(nothing) : decision;
    const scored = changed(candidacyAggregate, id, candidacy, decision.value).after.state;
    const further = await askedFurther(deps, rating, scored);
    const events = [...decision.value, ...further.events];
    return ok({ ...further.commit, events, documents, ...standsWithEffect(place, now) });
  });

/** Puts a card aside that is not finished: it counts nowhere, and nobody else reads it. */
export const draftApplicationScore = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  onCard(deps, command, async ({ place, candidacy: { id, version, state } }) => {
    const card = filledCard(command);
    const document = draftDocument(deps, { applicationId: id, version }, card);
    const typed = await typedIn(deps.records, ownScore(state, place.by.id));
    const saved = { raterId: place.by.id, card, basedOn: command.basedOn, typed, document: document.ref };
    const decision = draftScore(state, saved, scoreForm(place.file), deps.clock.now());
    return decision.ok
      ? ok({ events: decision.value, documents: [document], changes: [], requires: stands(place) })
      : decision;
  });

/**
 * A rater hands an application back, for a reason that the secretary reads; another rater takes over in the same transaction, or is found by the
 * outbox where others hand over at this moment. Where nobody is left, the place stays open and the secretary sees it.
 */
export const declineApplication = async (
  deps: Deps,
  command: CandidacyCommand & { reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await onRating(deps, command, async (rating) => {
    const { place, candidacy } = rating;
    const now = deps.clock.now();
    const raterId = place.by.id;
    const decision = declineRating(candidacy.state, { raterId, reason: reason.value.ref }, now);
    if (!decision.ok) return decision;
    const { events: handed, commit } = await handedOver(deps, rating, [raterId]);
    const events = [...decision.value, ...handed];
    return ok({ ...commit, events, documents: [reason.value], changes: [], requires: stands(place) });
  });
};

/** What asks others to rate, and what its commit adds. */
type Asked = { events: readonly CandidacyEvent[]; commit: Pick<Commit, 'claims' | 'releases' | 'outbox'> };

const askedFurther = async (
  { records, clock }: Deps,
  { scoring, candidacy, later }: Rating,
  scored: Candidacy,
): Promise<Asked> => {
  const now = clock.now();
  if (later) {
    const wants = wantsMore(scoring, scored);
    return { events: [], commit: wants ? { outbox: [findingRow(scoring.round.id, [candidacy], now)] } : {} };
  }
  const { events, turn } = await furtherRater(records, scoring, scored, now);
  // Nobody's turn is taken by a score that asks nobody.
  return { events, commit: events.length > 0 ? takeTurn(turn) : {} };
};

const handedOver = async (
  { records, clock }: Deps,
  { scoring, candidacy, later }: Rating,
  off: readonly PersonId[],
): Promise<Asked> => {
  const { state } = candidacy;
  const now = clock.now();
  if (later) {
    const outbox = [findingRow(scoring.round.id, [candidacy], now)];
    return { events: handOver(state, { off, on: [] }, now), commit: { outbox } };
  }
  const { scored, turn } = await givenIn(records, scoring);
  const on = takingOver(scored, [{ candidacy: state, off }], scoring).get(state.applicationId) ?? [];
  return { events: handOver(state, { off, on }, now), commit: takeTurn(turn) };
};

type Decided = ReturnType<typeof standsWithEffect> &
  Asked['commit'] & {
    events: readonly CandidacyEvent[];
    documents: readonly DocumentWrite[];
  };

const nothing: Decided = { events: [], documents: [], changes: [], requires: [] };

type Rating = {
  place: OpenWorkplace;
  scoring: ScoringPlace;
  candidacy: Versioned<Candidacy>;
  /** Whoever comes after is found later: this act is stored at once. */
  later: boolean;
};

/** The same for a card: who has seen too much to rate may hand back and no more. */
const onCard: typeof onRating = (deps, command, decide) =>
  onRating(deps, command, async (rating) =>
    rating.scoring.unblinded.has(rating.place.by.id) ? refuse({ kind: 'unblinded' }) : await decide(rating),
  );

/** One application that is scored now, for somebody who judges; decided again while it loses its race. */
const onRating = (
  deps: Deps,
  command: CandidacyCommand,
  decide: (rating: Rating) => Promise<Result<Decided, Refusal>>,
): Answer =>
  decideAgain(async (lost): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await judgingPlace(deps, command, 'scoring.score');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const scoring = await inScoring(deps, place);
    if (!scoring.ok) return scoring;
    const admitted = await goingOn(deps.records, scoring.value.round, 'screening');
    if (!admitted.has(command.applicationId)) return refuse({ kind: 'not-in-stage' });
    const decision = await decide({
      place,
      scoring: scoring.value,
      candidacy,
      later: choosesLater(place.file, lost),
    });
    if (!decision.ok) return decision;
    const { events, changes, ...beside } = decision.value;
    if (events.length === 0) return ok(candidacy);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
    const gate = { roundId: command.roundId, gate: place.gate.state.id };
    const told = givenRows(gate, [{ before: candidacy, events }], deps.clock.now());
    const outbox = [...(beside.outbox ?? []), ...told];
    const stored = await store(deps, { by: place.by, changes: [change, ...changes], ...beside, outbox });
    return stored.ok ? ok(after) : stored;
  });
