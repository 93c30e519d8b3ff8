import * as z from 'zod';
import {
  type CandidacyCommand,
  candidacyIn,
  candidacyPlace,
  isBeyondGuest,
} from '#functions/commands/candidacies.ts';
import { effectsOf } from '#functions/commands/conflict-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { choosesLater } from '#functions/commands/rater-turn.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { type Committee, committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import { declareConflict } from '#shared/domain/committee-changes.ts';
import { RulingKind } from '#shared/domain/conflict.ts';
import { ruleOnConflict, undoRuling } from '#shared/domain/conflict-rulings.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { lookThrough } from '#shared/domain/ties.ts';
import type { Refusal } from '#shared/errors.ts';
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
  decideAgain(async (lost): Promise<Result<Versioned<Committee>, Refusal | LostRace>> => {
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
    const there = { ...place, committee: after.state };
    const versions = { before: committee.version, after: after.version };
    const { commit } = await effectsOf(deps, there, {
      apart: [conflict],
      ...versions,
      later: choosesLater(place.file, lost),
    });
    const stored = await store(deps, { by, ...commit, changes: [change, ...commit.changes] });
    return stored.ok ? ok(after) : stored;
  });

/** What the secretary says of a conflict; `undone` takes the ruling back that stands. */
export const RulingChoice = z.enum([...RulingKind.options, 'undone']);
export type RulingChoice = z.infer<typeof RulingChoice>;

/**
 * The secretary pins somebody's conflict for good, clears one, or takes such a ruling back, always with a reason. From a pin on the
 * member is kept away as after an own declaration, with the same effects on work that was begun. Clearing lets the member in and
 * brings nothing back: who took over stays, and points that were given before do not count.
 */
export const ruleOnConflictOf = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: CandidacyCommand & { memberId: PersonId; ruling: RulingChoice; reason: string },
): Promise<Result<Versioned<Committee>, Refusal>> => {
  const typed = neededReason(deps, command);
  if (!typed.ok) return typed;
  return await decideAgain(async (lost): Promise<Result<Versioned<Committee>, Refusal | LostRace>> => {
    const found = await candidacyPlace(deps, command, 'conflict.rule');
    if (!found.ok) return found;
    const { place } = found.value;
    const { committee, by } = place;
    if (!committee) return refuse({ kind: 'not-allowed' });
    const { memberId, applicationId, ruling } = command;
    const about = { memberId, applicationId, by: by.id, reason: typed.value.ref };
    const now = deps.clock.now();
    const decision =
      ruling === 'undone'
        ? undoRuling(committee.state, about, now)
        : ruleOnConflict(committee.state, { ...about, ruling }, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(committee);
    const { change, after } = changed(committeeAggregate, committee.id, committee, decision.value);
    const there = { ...place, committee: after.state };
    const versions = { before: committee.version, after: after.version };
    const { commit } = await effectsOf(deps, there, {
      apart: [{ memberId, applicationId }],
      ...versions,
      later: choosesLater(place.file, lost),
    });
    const stored = await store(deps, {
      by,
      ...commit,
      changes: [change, ...commit.changes],
      documents: [typed.value],
    });
    return stored.ok ? ok(after) : stored;
  });
};

/**
 * The secretary says that what an applicant wrote of the committee is looked through: whoever of those named sits on it is pinned
 * by now, each with a ruling of their own, or nobody of them sits there.
 */
export const lookThroughTies = (
  deps: Deps,
  command: CandidacyCommand,
): Promise<Result<Versioned<Committee>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Committee>, Refusal | LostRace>> => {
    const found = await candidacyPlace(deps, command, 'conflict.rule');
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const { committee, by } = place;
    if (!committee) return refuse({ kind: 'not-allowed' });
    const decision = lookThrough(committee.state, candidacy.state, by.id, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(committee);
    const { change, after } = changed(committeeAggregate, committee.id, committee, decision.value);
    const stored = await store(deps, { by, changes: [change] });
    return stored.ok ? ok(after) : stored;
  });
