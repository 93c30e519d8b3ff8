import { type CandidacyCommand, judgingPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { furtherRater, inScoring } from '#functions/commands/rater-assignment.ts';
import { goingOn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import { giveScore } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/**
 * A rater's scorecard for one application, or a new version of it. The first of the stage is an effect: from then on the
 * advance into scoring stays. Where it shows that the raters lie too far apart, one more is asked in the same transaction. One that comes after the decision, or while a proposal lies on the table, is refused.
 */
export const scoreApplication = (
  deps: Deps,
  command: CandidacyCommand & { points: Points },
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await judgingPlace(deps, command, 'scoring.score');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const scoring = await inScoring(deps, place);
    if (!scoring.ok) return scoring;
    const admitted = await goingOn(deps.records, scoring.value.round, 'screening');
    if (!admitted.has(command.applicationId)) return refuse({ kind: 'not-in-stage' });

    const now = deps.clock.now();
    const score = { raterId: place.by.id, points: command.points };
    const decision = giveScore(candidacy.state, score, ratedCriteria(place.file.rubric.criteria), now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(candidacy);
    const scored = changed(candidacyAggregate, candidacy.id, candidacy, decision.value).after.state;
    const further = await furtherRater(deps.records, scoring.value, scored, now);
    const events = [...decision.value, ...further];
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
    const { changes, requires } = standsWithEffect(place, now);
    const stored = await store(deps, { by: place.by, changes: [change, ...changes], requires });
    return stored.ok ? ok(after) : stored;
  });
