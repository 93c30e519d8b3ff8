import * as z from 'zod';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, RoundId, type Sha256 } from '#shared/domain/ids.ts';
import { Affected } from '#shared/replay/affected.ts';

/** Whom a correction concerned when it was applied, and what is owed to each: an immutable text by its SHA-256. */
export const AffectedList = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  affected: z.array(Affected.extend({ applicationId: ApplicationId })),
});
export type AffectedList = z.infer<typeof AffectedList>;

export const affectedText = (
  roundId: RoundId,
  affected: AffectedList['affected'],
): { text: string; sha256: Sha256 } => {
  const text = canonicalJson({ schemaVersion: 1, roundId, affected } satisfies AffectedList);
  return { text, sha256: sha256Of(text) };
};
