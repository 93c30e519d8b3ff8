import type { Aggregate, Fact, Versioned, View } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit, Records } from '#shared/ports/records.ts';
import type { Nudge } from '#shared/ports/world.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Someone else stored first: nothing was written, and the decision may be made again on what now stands. */
export type LostRace = { kind: 'lost-race' };

/** Tries of one decision before its caller is told; each one starts from a fresh read. */
const tries = 5;

/**
 * The same where a whole committee presses at once, such as votes and ballots, which are kept in one record: each race that is lost is
 * somebody else's press that was stored, and no committee has more members than that.
 */
export const triesOfCommittee = 64;

/**
 * The same where many applicants answer or withdraw at once while offers are made: who is asked next is decided in turn (`nextTurn`), and each
 * race that is lost is somebody else's decision that was stored. And where the round itself takes a step, which it may while many press what it
 * begins with. And where interviews are planned: rounds of a region take people and rooms in turn (`seat-taking.ts`).
 */
export const triesInTurn = 64;

/**
 * Makes a decision again, on fresh reads, while it loses its race to be stored.
 * @param decision told how many it lost before
 * @param atMost tries of it
 */
export const decideAgain = async <T>(
  decision: (lost: number) => Promise<Result<T, Refusal | LostRace>>,
  atMost: number = tries,
): Promise<Result<T, Refusal>> => {
  for (let lost = 0; lost < atMost; lost += 1) {
    const answer = await decision(lost);
    if (answer.ok) return answer;
    if (answer.error.kind !== 'lost-race') return refuse(answer.error);
  }
  return refuse({ kind: 'changed-meanwhile' });
};

/** What decided events make of a record, as a change to store and as the record after it. */
export const changed = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  id: string,
  before: Versioned<State> | undefined,
  events: readonly Event[],
): { change: Change; after: Versioned<State> } => {
  const state = evolveAll(aggregate, before?.state, events);
  if (state === undefined) throw new Error(`No ${aggregate.name} comes of no events.`);
  const expectedVersion = before?.version ?? 0;
  const view = before && movedView(aggregate, before.state, state);
  return {
    change: {
      aggregate: aggregate.name,
      id,
      expectedVersion,
      facts: events,
      snapshot: state,
      lists: aggregate.lists(state),
      ...(view && { view }),
    },
    after: { id, version: expectedVersion + events.length, state },
  };
};

const movedView = <State, Event extends Fact>(
  { view }: Aggregate<State, Event>,
  before: State,
  after: State,
): View | undefined => {
  const moved = view?.(after);
  return view && canonicalJson(view(before)) !== canonicalJson(moved) ? moved : undefined;
};

/** Stores one transaction and wakes the outbox when it has work. A lost race or a taken name is a value. */
export const store = async (
  { records, nudge }: { records: Records; nudge: Nudge },
  commit: Commit,
): Promise<Result<void, LostRace>> => {
  const stored = await records.commit(commit);
  if (!stored.ok) return refuse({ kind: 'lost-race' });
  if (commit.outbox && commit.outbox.length > 0) await nudge.outbox(commit.outbox);
  return ok(undefined);
};
