import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Characters; more than this is no reason but a paper. */
export const maxReason = 2000;

type Typed = { roundId: RoundId; reason: string };
type Chance = Pick<CommandDeps, 'chance'>;

/**
 * What a person typed beside a decision, as a document of the round; nothing where nothing was typed. `invalid` at `reason`
 * where it is too long.
 */
export const typedReason = (
  { chance }: Chance,
  { roundId, reason: text }: Typed,
): Result<DocumentWrite | undefined, Refusal> => {
  const reason = text.trim();
  if (reason === '') return ok(undefined);
  if (reason.length > maxReason) {
    const fault = { place: 'reason', message: 'problems.reason-long', facts: { maximum: maxReason } };
    return refuse({ kind: 'invalid', faults: [fault] });
  }
  // Each reason is a document of its own: its owner ends with chance, so that two at once never collide.
  const place = { owner: `round#${roundId}#${chance.id()}`, kind: 'reason', version: 1 } as const;
  return ok(writeDocument(place, { reason }, chance.token(16)));
};

/** The same where a decision is nothing without its reason; `reason-needed` where nothing was typed. */
export const neededReason = (chance: Chance, typed: Typed): Result<DocumentWrite, Refusal> => {
  const reason = typedReason(chance, typed);
  if (!reason.ok) return reason;
  return reason.value ? ok(reason.value) : refuse({ kind: 'reason-needed' });
};

const Reason = z.object({ reason: z.string() });

/** The text of a reason; undefined where none was given, and once it is erased. */
export const reasonText = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef | undefined,
): Promise<string | undefined> => {
  const document = ref && (await records.document(ref));
  return document === undefined ? undefined : Reason.parse(document).reason;
};
