import { type CandidacyCommand, candidacyIn, isBeyondGuest } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { inScoring, scoredIn, takingOver } from '#functions/commands/rater-assignment.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, stands, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Committee, committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import { declareConflict } from '#shared/domain/committee-changes.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { handOver } from '#shared/domain/raters.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/**
 * Declares the own conflict of interest with an application. From this commit on every read and every write of it is
 * refused to the member. Where the member rates it, another rater takes over in the same transaction, and a score that
 * the member gave no longer counts; where nobody is left, the place stays open and the secretary sees it. Once a proposal
 * lies on the table the raters stay as they are: it was drawn from them.
 */
export const declareOwnConflict = (
  deps: Deps,
  command: CandidacyCommand,
): Promise<Result<Versioned<Committee>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Committee>, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'conflict.declare');
    if (!found.ok) return found;
    const place = found.value;
    const candidacy = await candidacyIn(deps.records, command);
    if (!candidacy.ok) return candidacy;
    const { committee } = place;
    const { applicationId } = command;
    const isKnown = inConflict(committee?.state, place.by.id, applicationId);
    if (!isKnown && isBeyondGuest(place, candidacy.value.state)) {
      return refuse({ kind: 'not-found', what: 'application' });
    }
    if (!committee) return refuse({ kind: 'not-allowed' });

    const { by } = place;
    const conflict = { memberId: by.id, applicationId };
    const decision = declareConflict(committee.state, conflict, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(committee);
    const { change, after } = changed(committeeAggregate, committee.id, committee, decision.value);
    const handed = await handedOver(deps, place, candidacy.value, { command, committee: after.state });
    const stored = await store(deps, {
      by,
      changes: [change, ...handed.changes],
      requires: handed.requires,
    });
    return stored.ok ? ok(after) : stored;
  });

/** Another rater in the place of one who has just declared a conflict, where there is such a place. */
const handedOver = async (
  deps: Deps,
  place: Workplace,
  candidacy: Versioned<Candidacy>,
  { command: { by }, committee }: { command: CandidacyCommand; committee: Committee },
): Promise<{ changes: Change[]; requires: NonNullable<Commit['requires']> }> => {
  const { round } = place;
  const only = [{ aggregate: 'round', id: round.id, version: round.version }] as const;
  const nothing = { changes: [], requires: only };
  const open = atWork(place);
  if (!open.ok || !candidacy.state.raters.includes(by.id)) return nothing;
  const scoring = await inScoring(deps, open.value);
  if (!scoring.ok) return nothing;
  const all = await scoredIn(deps.records, scoring.value.round);
  const on = takingOver(all, candidacy, { ...scoring.value, committee }, by.id);
  const events = handOver(candidacy.state, { off: [by.id], on }, deps.clock.now());
  return {
    changes: [changed(candidacyAggregate, candidacy.id, candidacy, events).change],
    requires: stands(open.value).filter(({ aggregate }) => aggregate !== 'committee'),
  };
};
