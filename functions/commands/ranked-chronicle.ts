import { type Named, readOf, textsOf } from '#functions/commands/chronicle.ts';
import { everyOf } from '#functions/commands/every.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate, claimsOf } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';

type Reads = Pick<Records, 'history' | 'list' | 'versions' | 'blob'>;

/**
 * Of the chronicle of a round what its results are ranked from: the round, its committee, gates and marks, every candidacy, and the claims that were upheld.
 * Whatever selection was made of before is not read, and chains of events are not checked: the chronicle of an audit has both.
 * @param only an application that is asked about; nothing is read of the candidacies of others
 */
export const rankedChronicle = async (
  records: Reads,
  roundId: RoundId,
  only?: ApplicationId,
): Promise<Chronicle> => {
  const own = [roundAggregate, committeeAggregate, marksAggregate].map(
    ({ name }): Named => ({ aggregate: name, id: roundId }),
  );
  const [gates, candidacies, upheld] = await Promise.all([
    records.versions(gateAggregate, 'list', gatesOf({ id: roundId })),
    only === undefined
      ? records.versions(candidacyAggregate, 'list', candidaciesOf(roundId))
      : [{ id: only }],
    upheldIn(records, roundId),
  ]);
  const events = await readOf(records, [
    ...own,
    ...gates.map(({ id }): Named => ({ aggregate: gateAggregate.name, id })),
    ...candidacies.map(({ id }): Named => ({ aggregate: candidacyAggregate.name, id })),
    ...upheld,
  ]);
  const texts = [...(await textsOf(records, events))].map(([sha256, text]) => ({ sha256, text }));
  return { kind: 'chronicle', format: 1, roundId, events, texts };
};

/** The list may lag behind by a moment: what a claim was granted that was upheld within it stands in the record of corrections. */
const upheldIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Named[]> =>
  (await everyOf(records, claimAggregate, claimsOf(roundId))).flatMap(({ id, state }) =>
    state.status === 'upheld' ? [{ aggregate: claimAggregate.name, id }] : [],
  );
