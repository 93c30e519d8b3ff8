import { type CandidacyCommand, judgingPlace } from '#functions/commands/candidacies.ts';
import { type SearchDeps, searchConflicts } from '#functions/commands/conflict-search.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { typedReason } from '#functions/commands/reasons.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, stands, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy, Verdict } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { confirmJudgement, judge } from '#shared/domain/screening.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

/**
 * A member judges an application. It counts only at this gate, with this committee, and while nothing lies on the table:
 * otherwise it loses its race and is refused on the next read.
 */
export const judgeApplication = async (
  deps: Deps,
  command: CandidacyCommand & { verdict: Verdict; reason: string },
): Promise<Result<Versioned<Candidacy>, Refusal>> => {
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  const reason = typed.value;
  return await decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await judgingPlace(deps, command, 'screening.judge');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const judging = { verdict: command.verdict, by: place.by.id, ...(reason && { reason: reason.ref }) };
    const decision = judge(candidacy.state, judging, place.file, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(candidacy);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const documents = reason ? [reason] : [];
    const stored = await store(deps, {
      by: place.by,
      changes: [change],
      requires: stands(place),
      documents,
    });
    return stored.ok ? ok(after) : stored;
  });
};

/** Another member confirms a judgement, by the moment at which it was made; it counts from then on. */
export const confirmJudgementOf = (
  deps: Deps,
  command: CandidacyCommand & { judgedAt: Instant },
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await judgingPlace(deps, command, 'screening.judge');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const confirming = { by: place.by.id, seen: command.judgedAt };
    const decision = confirmJudgement(candidacy.state, confirming, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(candidacy);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const stored = await store(deps, { by: place.by, changes: [change], requires: stands(place) });
    return stored.ok ? ok(after) : stored;
  });

/**
 * Opens candidacies that the workflow's step did not see yet: on AWS a list may lag behind the last submissions of a call.
 * Without them no proposal can be drawn up.
 */
export const prepareAgain = async (
  deps: Deps & Pick<SearchDeps, 'people'>,
  command: CommitteeCommand,
): Promise<Result<void, Refusal>> => {
  const place = await workplace(deps, command, 'screening.prepare');
  if (!place.ok) return place;
  await prepareScreening(deps, command.roundId, place.value.by);
  await searchConflicts(deps, command.roundId, place.value.by);
  return ok(undefined);
};
