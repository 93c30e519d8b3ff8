import { cardReader } from '#functions/commands/counted-cards.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type CardMarks, markedCards } from '#functions/commands/discussed.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { ratersOf } from '#functions/commands/rater-coding.ts';
import { readableScores } from '#functions/commands/readable-scores.ts';
import { eachOf } from '#functions/commands/selection.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Points } from '#shared/domain/rubric.ts';
import type { CardStage } from '#shared/domain/stage.ts';
import { type Station, stationsOf } from '#shared/domain/station.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** What one rater gave; raters by code (`raterCodes`). `station`: of an interview that has several. */
export type CodedScore = CardMarks & { rater: string; station?: string; points: Points; total: number };

export type ScoreTable = {
  part: CardStage;
  /** Of interviews, in their order: one rater may have a card at each. */
  stations: readonly Station[];
  /** Whether any interview of the round has a scorecard, which is the other part. */
  isInterviewed: boolean;
  /** R1, R2, …: the same person for every reader and in both parts, as long as the round lasts. */
  raters: readonly string[];
  /** Of those that everybody was to score. */
  anchors: ReadonlySet<ApplicationNumber>;
  applications: readonly {
    number: ApplicationNumber;
    scores: readonly CodedScore[];
    marks: Points | undefined;
  }[];
};

const readsAtOnce = 32;

/**
 * Everybody's cards of one part of the round that count, for who runs the committee, and for an auditor once that part is over. Whoever still
 * owes one is not told what others gave, nor a chair of what they may still be asked to judge (`readableScores`).
 */
export const scoreTable = async (
  { records, chance, clock }: Pick<CommandDeps, 'records' | 'chance' | 'clock'>,
  place: Workplace,
  part: CardStage,
): Promise<Result<ScoreTable, Refusal>> => {
  const readable = await readableScores({ records, clock }, place, part);
  if (!readable.ok) return readable;
  const { everyone, all } = readable.value;
  const { round, file, committee } = place;
  const { state } = round;
  const { marksOf } = await marksBasis(records, { roundId: state.id, file });
  const reader = await cardReader(records, state, part);
  const judged = (
    await eachOf(all, readsAtOnce, async (one) => ({ one, kept: await reader.cardsOf(one) }))
  ).filter(({ one, kept }) => kept.length > 0 || reader.takesPart(one));
  const { codes } = await ratersOf({ records, chance }, { round, committee }, [
    ...everyone,
    ...reader.beside,
  ]);
  const seen = new Set(judged.flatMap(({ kept }) => kept.flatMap(({ cards }) => cards.map(byWhom))));
  const drawn = new Set(part === 'scoring' && 'raters' in state ? state.raters?.anchors : undefined);
  const stations = part === 'scoring' ? [] : stationsOf(file.interviews);
  const order = inOrder(stations);
  return ok({
    part,
    stations,
    isInterviewed: everyone.some(({ scorecards }) => scorecards.length > 0) || reader.beside.length > 0,
    anchors: new Set(judged.flatMap(({ one }) => (drawn.has(one.applicationId) ? [one.number] : []))),
    raters: [...codes].flatMap(([rater, code]) => (seen.has(rater) ? [code] : [])),
    applications: await eachOf(judged, readsAtOnce, async ({ one, kept }) => {
      const scores = await Promise.all(
        kept.map(async ({ since, ...given }) => {
          const marks = await markedCards(records, since, { applicationId: one.applicationId, ...given });
          return given.cards.map((card): CodedScore => {
            const { raterId, station, points, total } = card;
            const where = station !== undefined && { station };
            return Object.assign(
              { rater: codes.get(raterId) ?? '', ...where, points, total },
              marks.get(card),
            );
          });
        }),
      );
      return {
        number: one.number,
        marks: part === 'scoring' ? marksOf(one) : undefined,
        scores: scores.flat().toSorted(order),
      };
    }),
  });
};

const byWhom = ({ raterId }: { raterId: string }): string => raterId;

/** By rater, and each by station in the order in which these are held. */
const inOrder = (stations: readonly Pick<Station, 'code'>[]) => {
  const places = new Map(stations.map(({ code }, place) => [code, place]));
  return (a: CodedScore, b: CodedScore): number =>
    Number(a.rater.slice(1)) - Number(b.rater.slice(1)) ||
    (places.get(a.station) ?? 0) - (places.get(b.station) ?? 0);
};
