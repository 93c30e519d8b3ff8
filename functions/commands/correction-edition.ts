import { standingListOf } from '#functions/commands/pinned.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { latestEdition } from '#shared/domain/edition.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import { standingText } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import type { Counted } from '#shared/replay/affected.ts';
import type { Correction } from '#shared/replay/correction.ts';

type Texts = NonNullable<Commit['blobs']>;

/** Of a correction, what an edition says of it. */
export type Corrected = Pick<Correction, 'number'> & { corrects: Pick<Correction['corrects'], 'kind'> };

/**
 * What a correction makes of final results that were decided already: another edition of them, with its list. Nothing before they were decided,
 * when the next list has the correction, and where they stay as they are. While offers are made they go by it from the turn on that it takes.
 * @param after what is counted with the correction
 */
export const editionAfter = async (
  records: Pick<Records, 'blob'>,
  { round: { state: round } }: Pick<OpenWorkplace, 'round'>,
  { correction, after, turn }: { correction: Corrected; after: Counted | undefined; turn: number },
  at: Instant,
): Promise<{ events: RoundEvent[]; blobs: Texts }> => {
  const none = { events: [], blobs: [] };
  const { claims } = round.decisions;
  const { kind: cause } = correction.corrects;
  if (!isFinal(round) || !claims || !after?.results || cause === 'as-recorded') return none;
  const decided = await standingListOf(records, claims);
  const before = latestEdition(round);
  const current = before ? await standingListOf(records, before.decision) : decided;
  const { schemaVersion: _version, departures: _before, ...kept } = decided;
  const { results, departures } = after;
  const list = standingText({
    ...kept,
    standings: [...results],
    ...(departures && { departures: [...departures] }),
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
