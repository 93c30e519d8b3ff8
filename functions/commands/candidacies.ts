import type { CommandDeps } from '#functions/commands/deps.ts';
import type { LostRace } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  mayJudge,
  type OpenWorkplace,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** What a committee command on one application is about. */
export type CandidacyCommand = CommitteeCommand & { applicationId: ApplicationId };

/**
 * One application under selection, for somebody who may do this with it. A conflict of interest closes it, whatever is to
 * be done: this is the only way to a candidacy, so that no page and no operation forgets it.
 */
export const candidacyPlace = async (
  deps: Deps,
  command: CandidacyCommand,
  action: Action,
): Promise<Result<{ place: Workplace; candidacy: Versioned<Candidacy> }, Refusal>> => {
  const place = await workplace(deps, command, action);
  if (!place.ok) return place;
  const { by, applicationId } = command;
  const candidacy = await candidacyIn(deps.records, command);
  if (!candidacy.ok) return candidacy;
  const conflicted = inConflict(place.value.committee?.state, by.id, applicationId);
  if (!conflicted && isBeyondGuest(place.value, candidacy.value.state)) {
    return refuse({ kind: 'not-found', what: 'application' });
  }
  if (conflicted) return refuse({ kind: 'conflict-of-interest' });
  return ok({ place: place.value, candidacy: candidacy.value });
};

/** To a guest there is nothing but what they were asked to score. */
export const isBeyondGuest = ({ by }: Pick<Workplace, 'by'>, { raters }: Candidacy): boolean =>
  by.role === 'guest' && !raters.includes(by.id);

/** The same for a voting member, or a guest, where work goes on: nothing lies on the table and nothing is decided. */
export const judgingPlace = async (
  deps: Deps,
  command: CandidacyCommand,
  action: Action,
): Promise<Result<{ place: OpenWorkplace; candidacy: Versioned<Candidacy> }, Refusal | LostRace>> => {
  const found = await candidacyPlace(deps, command, action);
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  if (!mayJudge(place.value)) return refuse({ kind: 'not-allowed' });
  return ok({ place: place.value, candidacy: found.value.candidacy });
};

/** A candidacy of this very round. */
export const candidacyIn = async (
  records: Pick<Records, 'find'>,
  { roundId, applicationId }: Pick<CandidacyCommand, 'roundId' | 'applicationId'>,
): Promise<Result<Versioned<Candidacy>, Refusal>> => {
  const found = await records.find(candidacyAggregate, applicationId);
  return found?.state.roundId === roundId ? ok(found) : refuse({ kind: 'not-found', what: 'application' });
};
