import type { Person } from '#functions/commands/workplace.ts';
import { type Committee, seatOf } from '#shared/domain/committee.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whatever shows or changes single applications; the rest of a seat's work waits for nobody's disclosure. */
export const aboutApplications: ReadonlySet<Action> = new Set<Action>([
  'candidacy.read',
  'answers.read',
  'screening.judge',
  'inquiry.make',
  'redaction.keep',
  'scoring.read',
  'scoring.score',
  'feedback.read',
  'own-scores.read',
  'own-scores.report',
  'lists.export',
  'charts.read',
  'formulas.read',
  'formulas.keep',
  'evaluation-sheets.read',
  'raters.further',
  'raters.drawn',
  'exchange.read',
  'round.replay',
  'replay.read',
  'correction.try',
  'correction.apply',
  'correction.read',
  'interview.read',
  'interview.sittings',
  'interview.score',
  'interview.attend',
  'owed-interview.read',
  'owed-interview.grant',
  'owed-interview.plan',
  'owed-interview.attend',
  'owed-interview.score',
  'claim.read',
  'claim.decide',
  'claim.reopen',
  'gate.vote',
  'gate.depart',
  'discussion.read',
  'discussion.lead',
  'poll.read',
  'poll.lead',
  'poll.cast',
  'conflict.rule',
]);

/**
 * Where a round looks for conflicts of interest, whoever has a seat, or is a guest, comes to applications once their disclosure was compared
 * with all of them, and not before: until then nobody knows which ones are closed to them.
 */
export const disclosureGate = (
  {
    by,
    round,
    committee,
    file,
  }: { by: Pick<Person, 'id' | 'role'>; round: Round; committee: Committee | undefined; file: RoundFile },
  action: Action,
): Result<void, Refusal> => {
  const isOpen = !file.conflicts || !aboutApplications.has(action);
  const isBefore = round.stage === 'draft' || round.stage === 'call';
  const isIn = by.role === 'guest' || seatOf(committee, by.id) !== undefined;
  if (isOpen || isBefore || !isIn) return ok(undefined);
  return committee?.compared?.includes(by.id) ? ok(undefined) : refuse({ kind: 'disclosure-needed' });
};
