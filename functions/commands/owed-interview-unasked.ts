import { claimsIn } from '#functions/commands/claim-reading.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { affectedListOf } from '#functions/commands/pinned.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { grantedTotals } from '#shared/domain/corrected.ts';
import type { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import type { FoundBy } from '#shared/domain/owed-interview.ts';
import { whyNotOwed } from '#shared/domain/owed-interview-decisions.ts';
import type { Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';

type Reads = Pick<Records, 'list' | 'find' | 'blob'>;

/** Somebody who was found to be owed an interview, which nobody has asked for yet. */
export type Unasked = { applicationId: ApplicationId; number: ApplicationNumber; found: FoundBy };

/** All of a round, by application number. One that was asked for and refused is decided. */
export const unaskedOwed = async (records: Reads, roundId: RoundId): Promise<Unasked[]> => {
  const found = await foundIn(records, roundId);
  if (found.size === 0) return [];
  const asked = new Set((await owedInterviewsIn(records, roundId)).map(({ id }) => id));
  const open = [...found.values()].filter(({ applicationId }) => !asked.has(applicationId));
  const known = await candidaciesOn(records, open);
  const now = await correctedNow(records, roundId);
  return open
    .filter((one) => {
      const candidacy = known.get(one.applicationId);
      if (!candidacy) return false;
      return whyNotOwed({ ...candidacy, corrected: grantedTotals(candidacy, now) }, one.found) === undefined;
    })
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
};

/** By corrections that stand, the newest first, and before these by claims: as whoever asks is told. */
const foundIn = async (records: Reads, roundId: RoundId): Promise<ReadonlyMap<ApplicationId, Unasked>> => {
  const found = new Map<ApplicationId, Unasked>();
  const corrections = (await records.find(correctionsAggregate, roundId))?.state.corrections ?? [];
  for (const { number: correction, status, applied } of corrections) {
    if (status !== 'applied' || !applied) continue;
    for (const { applicationId, number, remedy } of (await affectedListOf(records, applied.affected))
      .affected) {
      if (remedy === 'interview-owed')
        found.set(applicationId, { applicationId, number, found: { correction } });
    }
  }
  for (const { state: claim } of await claimsIn(records, roundId)) {
    if (claim.status !== 'upheld' || !claim.corrected.interviewOwed) continue;
    const { applicationId, number, id } = claim;
    found.set(applicationId, { applicationId, number, found: { claim: id } });
  }
  return found;
};
