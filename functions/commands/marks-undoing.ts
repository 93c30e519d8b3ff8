import type { CommandDeps } from '#functions/commands/deps.ts';
import { marksAt, pointsIn } from '#functions/commands/marks-basis.ts';
import { type KeptMarks, keepMarks } from '#functions/commands/marks-keeping.ts';
import { type DryRun, dryRun } from '#functions/commands/marks-outcomes.ts';
import { importingPlace, type MarksContext, marksContext } from '#functions/commands/marks-place.ts';
import { type AskedUndoing, askedOf } from '#functions/commands/marks-views.ts';
import { markListOf } from '#functions/commands/pinned.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import type { CommitteeCommand, OpenWorkplace } from '#functions/commands/workplace.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import {
  type Marks,
  type MarksEvent,
  type MarksImport,
  marksAggregate,
  standingImports,
  standingWithout,
} from '#shared/domain/marks.ts';
import {
  askUndoing as decideAsk,
  confirmUndoing as decideConfirm,
  refuseUndoing as decideRefuse,
  withdrawUndoing as decideWithdraw,
  undoingDigest,
} from '#shared/domain/marks-undoing.ts';
import type { Refusal } from '#shared/errors.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Answer = Promise<Result<Versioned<Marks>, Refusal>>;
type UndoingCommand = CommitteeCommand & { import: number };

/** What undoing an import would do. */
export type UndoingPreview = {
  place: OpenWorkplace;
  marks: MarksImport;
  /** Each criterion at which it counts, with the import that would count again there. */
  again: readonly { criterion: string; import: MarksImport | undefined }[];
  run: DryRun;
  /** Goes into the confirmation. */
  digest: Sha256;
  /** Applications that are scored and would have no mark: until a new file counts, no proposal can be drawn up. */
  unmarked: number;
  /** Requests so far, oldest first; the last one may wait. */
  asked: readonly AskedUndoing[];
};

/** Reads as much as a preview of an import; `not-found` for one that does not count and never was asked about. */
export const undoingPreview = async (
  deps: Reads,
  command: UndoingCommand,
): Promise<Result<UndoingPreview, Refusal>> => {
  const place = await importingPlace(deps, command);
  if (!place.ok) return place;
  const context = await marksContext(deps, place.value);
  return await previewIn(deps, place.value, { context, number: command.import });
};

const previewIn = async (
  { records }: Pick<Reads, 'records'>,
  place: OpenWorkplace,
  { context, number }: { context: MarksContext; number: number },
): Promise<Result<UndoingPreview, Refusal>> => {
  const record = context.record?.state;
  const marks = record?.imports.find((one) => one.number === number);
  if (!record || !marks?.confirmed) return refuse({ kind: 'not-found', what: 'marks' });
  const [standing, without] = [standingImports(record), standingWithout(record, number)];
  const again = marks.criteria
    .filter((code) => standing.get(code)?.number === number)
    .map((criterion) => ({ criterion, import: without.get(criterion) }));
  const after = new Map<string, MarksByNumber>(context.byCriterion);
  for (const { criterion, import: next } of again) {
    if (next) after.set(criterion, marksAt(await markListOf(records, next.sha256), criterion));
    else after.delete(criterion);
  }
  const run = await dryRun({ records }, place, { context, after });
  const pointsOf = pointsIn(after, context.expected.criteria);
  return ok({
    place,
    marks,
    again,
    run,
    digest: undoingDigest(record, marks, run.digest),
    unmarked: [...context.expected.scored].filter((one) => !pointsOf({ number: one })).length,
    asked: await askedOf(records, marks),
  });
};

/** Asks that an import be undone that counts, with a reason. */
export const askUndoing = async (deps: Deps, command: UndoingCommand & { reason: string }): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const said = { by: command.by.id, import: command.import, reason: reason.value.ref };
  return await answerUndoing(deps, command, {
    decide: (marks) => decideAsk(marks, said, deps.clock.now()),
    documents: reason.value,
  });
};

/** Answers no to a request, with a reason. */
export const refuseUndoing = async (deps: Deps, command: UndoingCommand & { reason: string }): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const said = { by: command.by.id, import: command.import, reason: reason.value.ref };
  return await answerUndoing(deps, command, {
    decide: (marks) => decideRefuse(marks, said, deps.clock.now()),
    documents: reason.value,
  });
};

/** Takes the own request back. */
export const withdrawUndoing = (deps: Deps, command: UndoingCommand): Answer =>
  answerUndoing(deps, command, {
    decide: (marks) => decideWithdraw(marks, { by: command.by.id, import: command.import }, deps.clock.now()),
  });

const answerUndoing = (
  deps: Deps,
  command: UndoingCommand,
  {
    decide,
    documents,
  }: { decide: (marks: Marks) => Result<MarksEvent[], Refusal>; documents?: DocumentWrite },
): Answer =>
  decideAgain(async (): KeptMarks => {
    const place = await importingPlace(deps, command);
    if (!place.ok) return place;
    const before = await deps.records.find(marksAggregate, command.roundId);
    if (!before) return refuse({ kind: 'not-found', what: 'marks' });
    const events = decide(before.state);
    if (!events.ok) return events;
    return await keepMarks(deps, place.value, { before, events: events.value, documents });
  });

/** Undoes an import that another person asked to be undone. What was shown must still be so: the request, the outcomes, what counts again. */
export const confirmUndoing = (deps: Deps, command: UndoingCommand & { shown: Sha256 }): Answer =>
  decideAgain(async (): KeptMarks => {
    const place = await importingPlace(deps, command);
    if (!place.ok) return place;
    const context = await marksContext(deps, place.value);
    const before = context.record;
    if (!before) return refuse({ kind: 'not-found', what: 'marks' });
    const who = { by: command.by.id, import: command.import };
    const events = decideConfirm(before.state, who, deps.clock.now());
    if (!events.ok) return events;
    if (events.value.length === 0) return ok(before);
    const shown = await previewIn(deps, place.value, { context, number: command.import });
    if (!shown.ok) return shown;
    if (shown.value.digest !== command.shown) return refuse({ kind: 'changed-meanwhile' });
    return await keepMarks(deps, place.value, { before, events: events.value });
  });
