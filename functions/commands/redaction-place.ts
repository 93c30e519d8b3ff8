import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Person, Workplace } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Action } from '#shared/domain/permission.ts';
import {
  type RedactedItem,
  type Redaction,
  type RedactionEvent,
  redactionAggregate,
} from '#shared/domain/redaction.ts';
import { isBlind, type Original, originalsOf } from '#shared/domain/redaction-decisions.ts';
import { type References, referencesAggregate } from '#shared/domain/reference.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** What a command on one copy is about. */
export type CopyCommand = CandidacyCommand & { item: RedactedItem };

/** An application whose copies somebody deals with: what is to be shown of it, by digest, and what stands of the copies. */
export type RedactionPlace = {
  by: Person;
  place: Workplace;
  candidacy: Candidacy;
  application: Versioned<Application>;
  redaction: Versioned<Redaction> | undefined;
  /** Where raters are shown copies of references. */
  references: Versioned<References> | undefined;
  originals: Original[];
};

/** The only way to copies: conflicts of interest close an application here as everywhere. Reads no text of the application. */
export const redactionPlace = async (
  deps: Reads,
  command: CandidacyCommand,
  action: Action,
): Promise<Result<RedactionPlace, Refusal>> => {
  const found = await candidacyPlace(deps, command, action);
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const shown = place.file.blind.shown?.references;
  const [application, redaction, references] = await Promise.all([
    deps.records.find(applicationAggregate, command.applicationId),
    deps.records.find(redactionAggregate, command.applicationId),
    shown ? deps.records.find(referencesAggregate, command.applicationId) : undefined,
  ]);
  if (!application) return refuse({ kind: 'not-found', what: 'application' });
  const originals = originalsOf(place.file, candidacy.state, application.state, references?.state);
  const here = { by: place.by, place, candidacy: candidacy.state, application };
  return ok({ ...here, redaction, references, originals });
};

/** The same for who judges in a blind stage, or prepares it: elsewhere there are no copies. */
export const blindPlace = async (
  deps: Reads,
  command: CandidacyCommand,
): Promise<Result<RedactionPlace, Refusal>> => {
  const found = await redactionPlace(deps, command, 'scoring.read');
  if (!found.ok) return found;
  const { by, place } = found.value;
  const blind = isBlind(place.file, place.round.state.stage);
  return blind && by.role !== 'auditor' ? found : refuse({ kind: 'not-allowed' });
};

export const originalIn = (
  { originals }: Pick<RedactionPlace, 'originals'>,
  item: RedactedItem,
): Result<Original, Refusal> => {
  const original = originals.find((one) => one.item === item);
  return original ? ok(original) : refuse({ kind: 'not-found', what: 'document' });
};

/** The copies of an application as they stand, before the first event of them too, with what begins them. */
export const copiesOf = (
  { redaction, candidacy }: Pick<RedactionPlace, 'redaction' | 'candidacy'>,
  at: RedactionEvent['at'],
): { state: Redaction; begun: RedactionEvent[] } => {
  if (redaction) return { state: redaction.state, begun: [] };
  const { applicationId, roundId, number } = candidacy;
  const begun = { type: 'redaction-begun', at, applicationId, roundId, number } as const;
  return { state: redactionAggregate.evolve(undefined, begun), begun: [begun] };
};

/** A copy counts only in the stage, and for the submission, that it was decided for. */
export const standsWith = ({
  place,
  application,
}: Pick<RedactionPlace, 'place' | 'application'>): NonNullable<Commit['requires']> => [
  { aggregate: 'round', id: place.round.id, version: place.round.version },
  { aggregate: 'application', id: application.id, version: application.version },
];
