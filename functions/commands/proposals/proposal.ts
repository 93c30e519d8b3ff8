import type { CommandDeps } from '#functions/commands/deps.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { decidedIn, type Wanted } from '#shared/domain/departure-decisions.ts';
import type { ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import type { SettledDraw } from '#shared/domain/round-beacon.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import type { RecordReads, Records } from '#shared/ports/records.ts';
import type { Result } from '#shared/result.ts';

/** `asNoted`: as lists of screening were drawn up before 28 November 2026, when a file that waited for the scanner counted as the document. */
type AsNoted = { asNoted?: true };

/**
 * What the system proposes at the gate of a stage, computed from the record: the same record gives the same list. Refused
 * as `unfinished-work` while somebody must still judge, score or interview.
 */
export type Compose = (
  deps: { records: RecordReads } & Pick<CommandDeps, 'clock'> & AsNoted,
  place: OpenWorkplace,
) => Promise<Result<Omit<StandingList, 'schemaVersion'>, Refusal>>;

/** A round in any stage; some have decided nothing yet. */
type Decided = { stage?: string; decisions?: Partial<Record<GatedStage, Sha256 | undefined>> };

/** The list that was decided at an earlier gate; undefined for a stage that has not been decided. */
export const decidedList = async (
  records: Pick<Records, 'blob'>,
  round: Decided,
  stage: GatedStage,
): Promise<StandingList | undefined> => {
  const sha256 = round.decisions?.[stage];
  return sha256 === undefined ? undefined : await standingListOf(records, sha256);
};

/**
 * What the committee decided on the ranking after the interviews otherwise than by points. It is asked of that list and of none that was carried on from it: there
 * a correction may have let the points come to the same for a while.
 */
export const wantedAfterInterviews = async (
  ...[records, round]: [Pick<Records, 'blob'>, Decided]
): Promise<Wanted[]> => {
  const list = await decidedList(records, round, 'interviews');
  return list ? decidedIn(list) : [];
};

/** Where one application stands in such a list. */
export const standingIn = (
  list: StandingList | undefined,
  applicationId: ApplicationId,
): Standing | undefined => list?.standings.find((one) => one.applicationId === applicationId);

/** The standings of a stage that every round in a later stage has decided, and the draw that later rankings repeat. */
export const rankedList = async (
  ...asked: Parameters<typeof decidedList>
): Promise<{ standings: readonly Standing[]; draw: SettledDraw }> => {
  const list = await decidedList(...asked);
  const draw = list && drawOf(list);
  if (!draw) throw new Error(`There is no ranking of ${asked[2]}.`);
  return { standings: list.standings, draw };
};

/** The draw of a list that ranks. */
export const drawOf = ({ drawSeed, drawnFrom }: StandingList): SettledDraw | undefined =>
  drawSeed && { drawSeed, ...(drawnFrom && { drawnFrom }) };
