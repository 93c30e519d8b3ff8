import { toldBeside } from '#functions/commands/copy-properties.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { type TypedOriginal, typedOriginal } from '#functions/commands/redaction-originals.ts';
import {
  type CopyCommand,
  copiesOf,
  originalIn,
  type RedactionPlace,
  redactionPlace,
  standsWith,
} from '#functions/commands/redaction-place.ts';
import { copyText, redactedDocument } from '#functions/commands/redaction-texts.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { receivedIn } from '#shared/domain/application.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Copy, RedactionEvent } from '#shared/domain/redaction.ts';
import { redactionAggregate } from '#shared/domain/redaction.ts';
import {
  type CopyDecision,
  copyStanding,
  isSettled,
  type Original,
  settleCopy,
  takeCopyBack,
} from '#shared/domain/redaction-decisions.ts';
import { findIdentities } from '#shared/domain/redaction-proposal.ts';
import type { Refusal } from '#shared/errors.ts';
import { fileKey, redactedFiles } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge' | 'files'>;
type Answer = Promise<Result<void, Refusal>>;

/** Characters of a copy: as much as the longest text that a form takes. */
export const maxCopy = 20_000;

/**
 * Releases a redacted text. `invalid` at `copy` where it is empty or too long, and where it still seems to tell who wrote it,
 * until the secretary is `sure`.
 */
export const releaseText = (deps: Deps, command: CopyCommand & { text: string; sure: boolean }): Answer =>
  settling(deps, command, async (found, original) => {
    if (original.kind === 'file') return refuse({ kind: 'not-found', what: 'document' });
    const typed = await typedOriginal(deps, found, original);
    const text = command.text.trim();
    const faulty = faultOf(text, typed, command);
    return faulty ? refuse(faulty) : ok({ wanted: { kind: 'text', text, whole: false } });
  });

/**
 * Releases a text as it was typed, since there is nothing to redact. What seems to tell who wrote it is asked about first, and so is
 * whether the original is meant where something else stands in the form that was sent.
 */
export const releaseWhole = (deps: Deps, command: CopyCommand & { sure: boolean; inForm?: string }): Answer =>
  settling(deps, command, async (found, original) => {
    const typed = await typedOriginal(deps, found, original);
    // What was erased has nothing to show; a form that is older may not have been answered.
    if (!typed) return refuse({ kind: 'not-found', what: 'document' });
    const { text } = typed;
    const faulty = text === '' ? undefined : (faultOf(text, typed, command) ?? droppedOf(text, command));
    return faulty ? refuse(faulty) : ok({ wanted: { kind: 'text', text, whole: true } });
  });

/**
 * Releases a redacted file that was sent for an original, the very one that somebody opened. `invalid` at `sent` where it is a file
 * of the applicant after all, and where its properties may tell whose it is until the secretary is `sure` that they do not.
 */
export const releaseFile = (
  deps: Deps,
  command: CopyCommand & { sent: DocumentId; sure?: boolean },
): Answer =>
  settling(deps, command, async (found, original) => {
    const upload = sentFor(found, original).find(({ id }) => id === command.sent);
    if (!upload) return refuse({ kind: 'not-found', what: 'document' });
    if (digestsOf(found).has(upload.sha256)) return refuse(fault('sent', 'redaction.fault.original'));
    const key = fileKey('clean', redactedFiles(command.applicationId), upload.id);
    if ((await deps.files.versionOf(key)) === undefined) return refuse({ kind: 'document-unchecked' });
    const faults = command.sure ? [] : await toldBeside(deps, found, key);
    if (faults.length > 0) return refuse({ kind: 'invalid', faults });
    const { id, requirement, sha256, bytes } = upload;
    return ok({ wanted: { kind: 'file', file: { id, requirement, sha256, bytes } } });
  });

/** Withholds a text or a file from raters, with a typed reason. */
export const withholdCopy = (deps: Deps, command: CopyCommand & { reason: string }): Answer =>
  settling(deps, command, async () => ok({ wanted: { kind: 'withheld', reason: command.reason } }));

/** Takes back what was released or withheld: raters see nothing in its place until another copy is released. */
export const takeBack = (deps: Deps, command: CopyCommand): Answer =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await redactionPlace(deps, command, 'redaction.keep');
    if (!found.ok) return found;
    const { state } = copiesOf(found.value, deps.clock.now());
    return await keep(deps, found.value, takeCopyBack(state, command.item, deps.clock.now()));
  });

type Wanted =
  | { kind: 'text'; text: string; whole: boolean }
  | { kind: 'file'; file: Extract<CopyDecision, { status: 'file-released' }>['file'] }
  | { kind: 'withheld'; reason: string };

type Want = (found: RedactionPlace, original: Original) => Promise<Result<{ wanted: Wanted }, Refusal>>;

/** A second press of the same button finds its copy standing, and is told that all is well. */
const settling = (deps: Deps, command: CopyCommand, want: Want): Answer =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await redactionPlace(deps, command, 'redaction.keep');
    if (!found.ok) return found;
    const original = originalIn(found.value, command.item);
    if (!original.ok) return original;
    const wanted = await want(found.value, original.value);
    if (!wanted.ok) return wanted;
    const standing = found.value.redaction?.state.copies[command.item];
    if (
      standing &&
      isSettled(copyStanding(standing, original.value)) &&
      (await isSame(deps, standing, wanted.value.wanted))
    ) {
      return ok(undefined);
    }
    const decided = decisionOf(deps, found.value, wanted.value.wanted);
    if (!decided.ok) return decided;
    const now = deps.clock.now();
    const { state } = copiesOf(found.value, now);
    const events = settleCopy(state, original.value, decided.value.decision, now);
    return events.ok ? await keep(deps, found.value, events.value, decided.value.document) : events;
  });

const decisionOf = (
  deps: Deps,
  found: RedactionPlace,
  wanted: Wanted,
): Result<{ decision: CopyDecision; document?: DocumentWrite }, Refusal> => {
  if (wanted.kind === 'file') return ok({ decision: { status: 'file-released', file: wanted.file } });
  if (wanted.kind === 'withheld') {
    const { roundId } = found.candidacy;
    const reason = neededReason(deps, { roundId, reason: wanted.reason });
    if (!reason.ok) return reason;
    return ok({ decision: { status: 'withheld', reason: reason.value.ref }, document: reason.value });
  }
  const { text, whole } = wanted;
  const document = redactedDocument(deps, found, text);
  return ok({ decision: { status: 'text-released', copy: document.ref, whole }, document });
};

const isSame = async ({ records }: Deps, copy: Copy, wanted: Wanted): Promise<boolean> => {
  if (copy.status === 'text-released' && wanted.kind === 'text') {
    return (copy.whole ?? false) === wanted.whole && (await copyText(records, copy.copy)) === wanted.text;
  }
  if (copy.status === 'withheld' && wanted.kind === 'withheld') {
    return (await reasonText(records, copy.reason)) === wanted.reason.trim();
  }
  return copy.status === 'file-released' && wanted.kind === 'file' && copy.file.id === wanted.file.id;
};

const sentFor = ({ redaction }: RedactionPlace, { kind, item }: Original) =>
  receivedIn({
    documents:
      kind === 'file'
        ? (redaction?.state.uploads ?? []).filter(({ requirement }) => requirement === item)
        : [],
  });

/** Of every file that the applicant sent; none of them is a copy, whatever it was sent for. */
const digestsOf = ({ application, originals }: RedactionPlace): ReadonlySet<string> =>
  new Set([
    ...receivedIn(application.state).map(({ sha256 }) => sha256),
    ...originals.flatMap((one) => (one.kind === 'file' ? [one.of] : [])),
  ]);

const faultOf = (
  text: string,
  typed: TypedOriginal | undefined,
  { sure }: { sure: boolean },
): Refusal | undefined => {
  if (text === '') return fault('copy', 'redaction.fault.empty');
  if (text.length > maxCopy) return fault('copy', 'redaction.fault.long', { maximum: maxCopy });
  const count = findIdentities(text, ...(typed?.identities ?? [])).length;
  return count > 0 && !sure ? fault('copy', 'redaction.fault.found', { count }) : undefined;
};

/** Whoever redacted by hand and presses the other button would release what they took out. */
const droppedOf = (
  text: string,
  { inForm = text, sure }: { inForm?: string; sure: boolean },
): Refusal | undefined =>
  sure || inForm.replaceAll('\r\n', '\n').trim() === text
    ? undefined
    : fault('copy', 'redaction.fault.dropped');

const fault = (place: 'copy' | 'sent', message: string, facts: Record<string, number> = {}): Refusal => ({
  kind: 'invalid',
  faults: [{ place, message, facts }],
});

const keep = async (
  deps: Deps,
  found: RedactionPlace,
  decided: readonly RedactionEvent[],
  document?: DocumentWrite,
): Promise<Result<void, LostRace>> => {
  if (decided.length === 0) return ok(undefined);
  const { begun } = copiesOf(found, deps.clock.now());
  const { applicationId } = found.candidacy;
  const { change } = changed(redactionAggregate, applicationId, found.redaction, [...begun, ...decided]);
  return await store(deps, {
    by: found.by,
    changes: [change],
    requires: standsWith(found),
    documents: document ? [document] : [],
  });
};
