import type { CommandDeps } from '#functions/commands/deps.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { outdating } from '#shared/domain/lacking.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;
type Look = { documentId: DocumentId; says: ScanSays; at: Instant };

/** An event for a judgement, for the same transaction. */
export type JudgedBefore = { events: CandidacyEvent[]; requires: NonNullable<Commit['requires']> };

export const nothingJudged: JudgedBefore = { events: [], requires: [] };

/** What a look of the scanner does to a judgement that was made before it, while screening goes on: what was decided with it stays as it was. */
export const judgedBefore = async (
  { records }: Reads,
  candidacy: Candidacy,
  { documentId, says, at }: Look,
): Promise<JudgedBefore> => {
  const events = outdating(candidacy, documentId, says, at);
  const round = events.length > 0 ? await records.find(roundAggregate, candidacy.roundId) : undefined;
  if (round?.state.stage !== 'screening') return nothingJudged;
  return { events, requires: [{ aggregate: 'round', id: round.id, version: round.version }] };
};

/** Refused as `unfinished-work` where a list of screening lies on the table with whom somebody must judge again: it is taken back first. */
export const nobodyAgain = async (
  { records }: Reads,
  { round: { state } }: Pick<OpenWorkplace, 'round'>,
): Promise<Result<void, Refusal>> => {
  if (state.stage !== 'screening') return ok(undefined);
  const all = await candidaciesIn(records, state.id);
  const remaining = all.filter(({ state: one }) => one.judgement?.outdated && !one.withdrawnAt).length;
  return remaining > 0 ? refuse({ kind: 'unfinished-work', remaining }) : ok(undefined);
};
