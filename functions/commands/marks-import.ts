import type { CommandDeps } from '#functions/commands/deps.ts';
import { type KeptMarks, keepMarks } from '#functions/commands/marks-keeping.ts';
import { importingPlace, marksContext } from '#functions/commands/marks-place.ts';
import { previewOf } from '#functions/commands/marks-views.ts';
import { neededReason, typedReason } from '#functions/commands/reasons.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { sha256OfBytes } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { type Marks, marksAggregate } from '#shared/domain/marks.ts';
import { confirmMarks, proposeMarks, refuseMarks, sameImport } from '#shared/domain/marks-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Marks>, Refusal>>;

/**
 * Brings a file of marks with the totals that the other organisation states apart from it, as they were typed. Every fault is answered and
 * nothing is kept of a file that has one; one without waits for another person.
 * @returns the number of the import; `isKnown` where it waited or counted already, so that nothing was written
 */
export const bringMarks = (
  deps: Deps,
  command: CommitteeCommand & {
    file: Uint8Array;
    totals: { count: string; sum: string };
    /** The file is meant to put right marks that came to other people: it differs from what counts by rows. */
    corrects?: boolean;
  },
): Promise<Result<{ number: number; isKnown: boolean }, Refusal>> =>
  decideAgain(async () => {
    const place = await importingPlace(deps, command, 'marks.bring');
    if (!place.ok) return place;
    const context = await marksContext(deps, place.value);
    // Loaded when somebody imports: the parsers weigh more than most pages.
    const { examineMarks } = await import('#shared/marks/examination.ts');
    const examined = examineMarks(command.file, {
      ...context,
      totals: command.totals,
      roundId: command.roundId,
      corrects: command.corrects === true,
    });
    if (!examined.ok) return refuse({ kind: 'invalid', faults: examined.error });
    const { list, order, brought } = examined.value;
    const blobs = [list, ...(order ? [order] : [])];
    const by = command.by.id;
    const file = sha256OfBytes(command.file);
    const proposal = { by, roundId: command.roundId, brought: { ...brought, sha256: list.sha256, file } };
    const events = proposeMarks(context.record?.state, proposal, deps.clock.now());
    const kept = await keepMarks(deps, place.value, { before: context.record, events, blobs });
    if (!kept.ok) return kept;
    const { imports } = kept.value.state;
    const { number } = sameImport(kept.value.state, list.sha256) ?? { number: imports.length };
    return ok({ number, isKnown: events.length === 0 });
  });

/** What a person confirms: the marks and the changed outcomes that they were shown, and marks typed from their own copy. */
export type Confirmation = CommitteeCommand & {
  import: number;
  sha256: Sha256;
  outcomes: Sha256;
  sample: readonly string[];
  reason: string;
};

/**
 * Makes an import count. The person who confirms is another one than who brought the file, and types some of its marks, drawn by chance when they first look,
 * from the other organisation's own list: marks that were moved before anybody saw them have the right totals.
 */
export const confirmImport = async (deps: Deps, command: Confirmation): Answer => {
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  return await decideAgain(async (): KeptMarks => {
    const place = await importingPlace(deps, command);
    if (!place.ok) return place;
    const context = await marksContext(deps, place.value);
    const before = context.record;
    if (!before) return refuse({ kind: 'not-found', what: 'marks' });
    const { by, sha256 } = command;
    const reason = typed.value;
    const decision = { by: by.id, import: command.import, sha256, ...(reason && { reason: reason.ref }) };
    const now = deps.clock.now();
    const may = confirmMarks(before.state, decision, now);
    if (!may.ok) return may;
    if (may.value.length === 0) return ok(before);
    const shown = await previewOf(deps, place.value, { context, number: command.import });
    if (!shown.ok) return shown;
    if (shown.value.run.digest !== command.outcomes || shown.value.unmarked > 0)
      return refuse({ kind: 'changed-meanwhile' });
    if (shown.value.oddities.length > 0 && !reason) return refuse({ kind: 'reason-needed' });
    const wrong = shown.value.sampleFaults(command.sample);
    if (wrong.length > 0) return refuse({ kind: 'invalid', faults: wrong });
    const confirmed = confirmMarks(before.state, { ...decision, sample: shown.value.sample }, now);
    if (!confirmed.ok) return confirmed;
    return await keepMarks(deps, place.value, {
      before,
      events: confirmed.value,
      documents: reason,
      effect: true,
    });
  });
};

/** Sends a file back that waits for its confirmation. */
export const refuseImport = async (
  deps: Deps,
  command: CommitteeCommand & { import: number; reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): KeptMarks => {
    const place = await importingPlace(deps, command, 'marks.bring');
    if (!place.ok) return place;
    const before = await deps.records.find(marksAggregate, command.roundId);
    if (!before) return refuse({ kind: 'not-found', what: 'marks' });
    const decision = { by: command.by.id, import: command.import, reason: reason.value.ref };
    const events = refuseMarks(before.state, decision, deps.clock.now());
    if (!events.ok) return events;
    return await keepMarks(deps, place.value, { before, events: events.value, documents: reason.value });
  });
};
