import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { removeFiles } from '#functions/commands/documents.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type Application, ApplicationEvent } from '#shared/domain/application.ts';
import {
  beginAmendment as begin,
  documentOf,
  giveUpAmendment as giveUp,
  submissionsOf,
} from '#shared/domain/application-amendment.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<Versioned<Application>, Refusal>>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;

/**
 * Opens a submitted application again while its call is open. What was submitted stays in force until it is submitted anew;
 * a second time changes nothing.
 */
export const beginAmendment = (deps: Deps, command: ApplicationCommand): Answer =>
  decideAgain(async (): Attempt => {
    const opened = await openApplication(deps, command);
    if (!opened.ok) return opened;
    const { found, round } = opened.value;
    const decision = begin(found.state, round.state, deps.clock.now());
    return decision.ok ? await stored(deps, command, found, decision.value) : decision;
  });

/** Drops the changes that were not submitted, with the files that only they have. A second time changes nothing. */
export const giveUpAmendment = async (
  deps: Deps & Pick<CommandDeps, 'files'>,
  command: ApplicationCommand,
): Answer => {
  const given = await decideAgain(async (): Attempt => {
    const opened = await openApplication(deps, command);
    if (!opened.ok) return opened;
    const { found } = opened.value;
    return await stored(deps, command, found, giveUp(found.state, deps.clock.now()));
  });
  if (given.ok && given.value.state.stage === 'submitted') await removeAll(deps, given.value.state);
  return given;
};

/**
 * Removes files that were replaced or dropped by a later submission. What a crash left behind goes when the submission is
 * repeated.
 */
export const removeLeftFiles = async (
  deps: Pick<CommandDeps, 'records' | 'files'>,
  application: Application,
): Promise<void> => {
  if (submissionsOf(application) > 1) await removeAll(deps, application);
};

/** Ids of documents are never used again, so what no part of the application knows is gone for good. */
const removeAll = async (
  { records, files }: Pick<CommandDeps, 'records' | 'files'>,
  application: Application,
): Promise<void> => {
  const events = await records.history('application', application.id);
  for (const { fact } of events) {
    const event = ApplicationEvent.parse(fact);
    if (event.type !== 'document-announced' || documentOf(application, event.document)) continue;
    await removeFiles({ files }, { applicationId: application.id, documentId: event.document });
  }
};

const stored = async (
  deps: Deps,
  { by }: ApplicationCommand,
  found: Versioned<Application>,
  events: readonly ApplicationEvent[],
): Attempt => {
  if (events.length === 0) return ok(found);
  const { change, after } = changed(applicationAggregate, found.id, found, events);
  const written = await store(deps, { by: actorOf(by), changes: [change] });
  return written.ok ? ok(after) : written;
};
