import { scoredIn, scoredNow } from '#functions/commands/rater-place.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Commit, Records } from '#shared/ports/records.ts';

/** A claim that moves with every commit that asks somebody to rate, where the round file bounds loads; undefined where it does not. */
export type RatersTurn = { key: string; standing: string | undefined } | undefined;

/** Read it before what somebody is chosen from. */
export const ratersTurn = async (
  { claimed }: Pick<Records, 'claimed'>,
  roundId: RoundId,
  { raters }: Pick<RoundFile, 'raters'>,
): Promise<RatersTurn> => {
  if (!raters.load) return undefined;
  const key = `raters-turn#${roundId}`;
  return { key, standing: await claimed(key) };
};

/** What a commit adds that asks somebody to rate: of two that were decided on the same turn, the second loses its race. */
export const takeTurn = (turn: RatersTurn): Pick<Commit, 'claims' | 'releases'> => {
  if (!turn) return {};
  const { key, standing } = turn;
  return {
    claims: [{ key, value: numberAfter(standing) }],
    ...(standing !== undefined && { releases: [{ key, value: standing }] }),
  };
};

/** The turn after one that was taken, for the next commit of the same decision. */
export const turnAfter = (turn: RatersTurn): RatersTurn =>
  turn && { ...turn, standing: numberAfter(turn.standing) };

/** Each costs seconds in a round of ten thousand, and others may hand over all the while. */
const turnsToLose = 2;

/**
 * Whether what somebody does themselves is stored with nobody chosen yet, since others took the turn meanwhile. It never fails for the choice of who
 * comes after them: a row has that made (`open-places.ts`).
 */
export const choosesLater = ({ raters }: Pick<RoundFile, 'raters'>, lost: number): boolean =>
  raters.load !== undefined && lost >= turnsToLose;

const numberAfter = (standing: string | undefined): string => `${Number(standing ?? '0') + 1}`;

/** What is scored and who has it, in the order of application numbers, with the turn that it was read in. */
export type Given = { scored: Versioned<Candidacy>[]; turn: RatersTurn };

/**
 * What somebody is chosen from who takes an application over. Where the round file bounds loads each application is read by its id, because a list
 * may lag behind what was handed over a moment ago.
 */
export const givenIn = async (
  records: Pick<Records, 'list' | 'blob' | 'find' | 'claimed'>,
  { round, file }: { round: RoundIn<'scoring'>; file: Pick<RoundFile, 'raters'> },
): Promise<Given> => {
  const turn = await ratersTurn(records, round.id, file);
  return { scored: await (turn ? scoredNow : scoredIn)(records, round), turn };
};
