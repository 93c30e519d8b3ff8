import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import { type OpenWorkplace, stands, standsWithEffect } from '#functions/commands/workplace.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Marks, type MarksEvent, marksAggregate } from '#shared/domain/marks.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
export type KeptMarks = Promise<Result<Versioned<Marks>, Refusal | LostRace>>;

/** Stores what was decided about the marks of a round; where nothing was, what stands. */
export const keepMarks = async (
  deps: Deps,
  place: OpenWorkplace,
  {
    before,
    events,
    documents,
    effect = false,
    blobs = [],
  }: {
    before: Versioned<Marks> | undefined;
    events: readonly MarksEvent[];
    documents?: DocumentWrite | undefined;
    effect?: boolean;
    blobs?: Commit['blobs'];
  },
): KeptMarks => {
  if (events.length === 0 && before) return ok(before);
  const { change, after } = changed(marksAggregate, place.round.id, before, events);
  const now = deps.clock.now();
  const { changes, requires } = effect
    ? standsWithEffect(place, now)
    : { changes: [], requires: stands(place) };
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...changes],
    requires,
    blobs,
    ...(documents && { documents: [documents] }),
  });
  return stored.ok ? ok(after) : stored;
};
