import { standingListOf } from '#functions/commands/pinned.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { Departure } from '#shared/domain/departure.ts';
import { latestEdition } from '#shared/domain/edition.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import { type Standing, type StandingList, standingText } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import type { Correction } from '#shared/replay/correction.ts';

type Texts = NonNullable<Commit['blobs']>;

/** Of a correction, what an edition says of it. */
export type Corrected = Pick<Correction, 'number'> & { corrects: Pick<Correction['corrects'], 'kind'> };

/**
 * What a correction makes of final results that were decided already: another edition of them, with its list. Nothing before they were decided,
 * when the next list has the correction, and where they stay as they are. While offers are made they go by it from the turn on that it takes.
 * @param results as they are counted with the correction
 */
export const editionAfter = async (
  records: Pick<Records, 'blob'>,
  { round: { state: round }, file }: Pick<OpenWorkplace, 'round' | 'file'>,
  {
    correction,
    results,
    turn,
  }: { correction: Corrected; results: readonly Standing[] | undefined; turn: number },
  at: Instant,
): Promise<{ events: RoundEvent[]; blobs: Texts }> => {
  const none = { events: [], blobs: [] };
  const { claims } = round.decisions;
  const { kind: cause } = correction.corrects;
  if (!isFinal(round) || !claims || !results || cause === 'as-recorded') return none;
  const decided = await standingListOf(records, claims);
  const before = latestEdition(round);
  const current = before ? await standingListOf(records, before.decision) : decided;
  const { schemaVersion: _version, departures: _before, ...kept } = decided;
  const departures = departuresIn(results, decided, file.results.minimumPoints);
  const list = standingText({
    ...kept,
    standings: [...results],
    ...(departures.length > 0 && { departures }),
  });
  if (list.sha256 === standingText(current).sha256) return none;
  const number = (before?.number ?? 1) + 1;
  const edition = {
    number,
    decision: list.sha256,
    correction: correction.number,
    cause,
    ...(round.stage === 'offers' && { turn }),
  };
  return { events: [{ type: 'results-corrected', at, edition }], blobs: [list] };
};

/** Where the committee's decision stands although points propose otherwise, also with the correction. */
const departuresIn = (
  results: readonly Standing[],
  { departures = [] }: StandingList,
  minimum: number,
): Departure[] => {
  const reasons = new Map(departures.map(({ applicationId, reason }) => [applicationId, reason]));
  return results.flatMap(({ applicationId, rank, total, outcome }): Departure[] => {
    const reason = reasons.get(applicationId);
    const reaches = rank !== undefined && total !== undefined && total >= minimum;
    if (!reason || rank === undefined || reaches === (outcome === 'goes-on')) return [];
    return [{ applicationId, instead: reaches ? [] : ['below-minimum'], reason }];
  });
};
