import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Committee, seatOf } from '#shared/domain/committee.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type Passport, passportAggregate, passportId } from '#shared/domain/passport.ts';
import type { Action } from '#shared/domain/permission.ts';
import { certificateAt } from '#shared/domain/practice.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Entering = {
  by: Extract<Actor, { kind: 'person' }>;
  round: Round;
  committee: Committee | undefined;
  file: RoundFile;
};

/** Whatever shows or changes applications while they are scored. */
export const aboutApplications: ReadonlySet<Action> = new Set<Action>([
  'candidacy.read',
  'scoring.read',
  'answers.read',
  'scoring.score',
  'feedback.read',
  'own-scores.read',
  'lists.export',
  'charts.read',
  'formulas.read',
  'formulas.keep',
  'evaluation-sheets.read',
  'round.replay',
  'replay.read',
]);

/**
 * Whether somebody who rates may come to the applications that are scored: where the round file asks for practice, only with a
 * certificate that holds at this moment; a seat stays one where its holder looks on in another role. Answers the record that it stands in, so that a commit can require it unchanged.
 */
export const practiceGate = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  { by, round, committee, file }: Entering,
  action: Action,
): Promise<Result<Versioned<Passport> | undefined, Refusal>> => {
  const seat = seatOf(committee, by.id)?.seat;
  const rates = by.role === 'guest' || (seat !== undefined && seat !== 'secretary');
  if (!file.practice || round.stage !== 'scoring' || !rates || !aboutApplications.has(action)) {
    return ok(undefined);
  }
  const passport = await records.find(passportAggregate, passportId(round.id, by.id));
  return certificateAt(passport?.state, clock.now()) ? ok(passport) : refuse({ kind: 'practice-needed' });
};
