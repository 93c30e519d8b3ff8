import { type CandidacyCommand, judgingPlace } from '#functions/commands/candidacies.ts';
import {
  type CardInput,
  commentDocuments,
  draftDocument,
  filledCard,
  typedIn,
} from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Asked, furtherRater, takingOver } from '#functions/commands/rater-assignment.ts';
import { inScoring, type ScoringPlace } from '#functions/commands/rater-place.ts';
import { givenIn, takeTurn } from '#functions/commands/rater-turn.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { goingOn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type OpenWorkplace, stands, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { CardForm } from '#shared/domain/card.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { handOver } from '#shared/domain/raters.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { declineRating, draftScore, giveScore, ownScore } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
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
 * transaction. One that comes after the decision, or while a proposal lies on the table, is refused.
 */
export const scoreApplication = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  onRating(deps, command, async ({ place, scoring, candidacy }) => {
    const { id, version, state } = candidacy;
    const now = deps.clock.now();
    const card = filledCard(command);
    const { documents, refs } = commentDocuments(deps, { applicationId: id, version }, card.comments);
    const typed = await typedIn(deps.records, ownScore(state, place.by.id));
    const saved = { raterId: place.by.id, card, basedOn: command.basedOn, typed, comments: refs };
    const decision = giveScore(state, saved, scoreForm(place.file), now);
    if (!decision.ok || decision.value.length === 0) return decision.ok ? ok(nothing) : decision;
    const scored = changed(candidacyAggregate, id, candidacy, decision.value).after.state;
    const further = await furtherRater(deps.records, scoring, scored, now);
    const events = [...decision.value, ...further.events];
    return ok({ events, documents, ...standsWithEffect(place, now), ...turnOf(further) });
  });

/** Puts a card aside that is not finished: it counts nowhere, and nobody else reads it. */
export const draftApplicationScore = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  onRating(deps, command, async ({ place, candidacy: { id, version, state } }) => {
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
 * A rater hands an application back, for a reason that the secretary reads; another rater takes over in the same transaction. Where
 * nobody is left, the place stays open and the secretary sees it.
 */
export const declineApplication = async (
  deps: Deps,
  command: CandidacyCommand & { reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await onRating(deps, command, async ({ place, scoring, candidacy }) => {
    const now = deps.clock.now();
    const raterId = place.by.id;
    const decision = declineRating(candidacy.state, { raterId, reason: reason.value.ref }, now);
    if (!decision.ok) return decision;
    const { scored, turn } = await givenIn(deps.records, scoring);
    const off = [raterId];
    const taken = takingOver(scored, [{ candidacy: candidacy.state, off }], scoring);
    const on = taken.get(candidacy.state.applicationId) ?? [];
    const handed = handOver(candidacy.state, { off, on }, now);
    const events = [...decision.value, ...handed];
    const documents = [reason.value];
    return ok({ events, documents, changes: [], requires: stands(place), ...takeTurn(turn) });
  });
};

/** Nobody's turn is taken by a score that asks nobody. */
const turnOf = ({ events, turn }: Asked): ReturnType<typeof takeTurn> =>
  events.length > 0 ? takeTurn(turn) : {};

type Decided = ReturnType<typeof standsWithEffect> &
  ReturnType<typeof takeTurn> & {
    events: readonly CandidacyEvent[];
    documents: readonly DocumentWrite[];
  };

const nothing: Decided = { events: [], documents: [], changes: [], requires: [] };

type Rating = { place: OpenWorkplace; scoring: ScoringPlace; candidacy: Versioned<Candidacy> };

/** One application that is scored now, for somebody who judges; decided again while it loses its race. */
const onRating = (
  deps: Deps,
  command: CandidacyCommand,
  decide: (rating: Rating) => Promise<Result<Decided, Refusal>>,
): Answer =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await judgingPlace(deps, command, 'scoring.score');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const scoring = await inScoring(deps, place);
    if (!scoring.ok) return scoring;
    const admitted = await goingOn(deps.records, scoring.value.round, 'screening');
    if (!admitted.has(command.applicationId)) return refuse({ kind: 'not-in-stage' });
    const decision = await decide({ place, scoring: scoring.value, candidacy });
    if (!decision.ok) return decision;
    const { events, changes, ...beside } = decision.value;
    if (events.length === 0) return ok(candidacy);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
    const stored = await store(deps, { by: place.by, changes: [change, ...changes], ...beside });
    return stored.ok ? ok(after) : stored;
  });
