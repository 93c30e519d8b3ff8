import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, mayJudge, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  countedScorecards,
  giveScorecard,
  type Interviewed,
  noteAttendance,
} from '#shared/domain/interview.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/**
 * A voting member's scorecard of an interview that has begun. Refused for who has a conflict of interest with the
 * application, and while a proposal lies on the table.
 */
export const scoreInterview = (deps: Deps, command: CandidacyCommand & { points: Points }): Answer =>
  atInterview(deps, command, 'interview.score', ({ place, ...interviewed }) => {
    if (!mayJudge(place)) return refuse({ kind: 'not-allowed' });
    const card = { raterId: command.by.id, points: command.points };
    return giveScorecard(interviewed, card, place.file.interviews.criteria);
  });

/** The secretary notes that somebody did not come, or takes it back. */
export const recordAttendance = (deps: Deps, command: CandidacyCommand & { came: boolean }): Answer =>
  atInterview(deps, command, 'interview.attend', (interviewed) => noteAttendance(interviewed, command.came));

type Decide = (at: Interviewed & { place: OpenWorkplace }) => Result<CandidacyEvent[], Refusal>;

const atInterview = (deps: Deps, command: CandidacyCommand, action: Action, decide: Decide): Answer =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await candidacyPlace(deps, command, action);
    if (!found.ok) return found;
    const place = atWork(found.value.place);
    if (!place.ok) return place;
    const { by, round, file } = place.value;
    const candidacy = await ifInvited(deps.records, round.state, found.value.candidacy);
    if (!candidacy.ok) return candidacy;

    const now = deps.clock.now();
    const { slotId } = candidacy.value.state;
    const slot = slotId && (await deps.records.find(slotAggregate, slotId))?.state;
    const interviewed = {
      // A card that no longer counts is given anew, be it with the same points.
      candidacy: withCounted(candidacy.value.state, place.value),
      slot: slot || undefined,
      now,
      zone: file.timeZone,
    };
    const decision = decide({ ...interviewed, place: place.value });
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(candidacy.value);
    const { id } = candidacy.value;
    const { change, after } = changed(candidacyAggregate, id, candidacy.value, decision.value);
    const { changes, requires } = standsWithEffect(place.value, now);
    const stored = await store(deps, { by, changes: [change, ...changes], requires });
    return stored.ok ? ok(after) : stored;
  });

const withCounted = (candidacy: Candidacy, { committee }: OpenWorkplace): Candidacy => ({
  ...candidacy,
  scorecards: countedScorecards(candidacy, committee.state),
});
