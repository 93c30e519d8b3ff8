import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Elsewhere, type ElsewhereEvent, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type FinalRound, isFinal } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A round whose results are final and whose file lets posts and people cross, and what crossed so far. */
export type ElsewherePlace = {
  work: Workplace;
  round: FinalRound;
  rule: NonNullable<RoundFile['elsewhere']>;
  record: Versioned<Elsewhere> | undefined;
};

export const elsewherePlace = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<ElsewherePlace, Refusal>> => {
  const found = await workplace(deps, command, action);
  if (!found.ok) return found;
  const { state } = found.value.round;
  const rule = found.value.file.elsewhere;
  if (!rule) return refuse({ kind: 'not-found', what: 'page' });
  if (!isFinal(state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  const record = await deps.records.find(elsewhereAggregate, state.id);
  return ok({ work: found.value, round: state, rule, record });
};

/** Under which owner everything of people of other regions lies, so that it goes in one. */
export const arrivalsOwner = (roundId: string): string => `elsewhere#${roundId}`;

/** Stores what was decided while the round stands as it was read. */
export const keepElsewhere = async (
  deps: Pick<CommandDeps, 'records' | 'nudge'>,
  { work, record }: Pick<ElsewherePlace, 'work' | 'record'>,
  {
    events,
    ...beside
  }: { events: readonly ElsewhereEvent[] } & Partial<Pick<Commit, 'blobs' | 'outbox' | 'documents'>>,
): Promise<Result<void, LostRace>> => {
  if (events.length === 0) return ok(undefined);
  const { by, round } = work;
  const { change } = changed(elsewhereAggregate, round.id, record, events);
  const requires = [{ aggregate: 'round' as const, id: round.id, version: round.version }];
  return await store(deps, { by, changes: [change], requires, ...beside });
};

/**
 * Stores what a file that somebody brought changes.
 * @returns `isKnown` where it was brought already, so that nothing changes
 */
export const keepBrought = async (
  deps: Pick<CommandDeps, 'records' | 'nudge'>,
  place: Pick<ElsewherePlace, 'work' | 'record'>,
  events: Result<readonly ElsewhereEvent[], Refusal>,
): Promise<Result<{ isKnown: boolean }, Refusal | LostRace>> => {
  if (!events.ok) return events;
  const kept = await keepElsewhere(deps, place, { events: events.value });
  return kept.ok ? ok({ isKnown: events.value.length === 0 }) : kept;
};
