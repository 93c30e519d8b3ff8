import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { formerRaterCodes, type RaterEntries, raterCodes, raterSecret } from '#shared/domain/rater-code.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Corrections } from '#shared/replay/correction.ts';

type Deps = Pick<CommandDeps, 'records' | 'chance'>;

/** All who rate or interview in a round, by the codes under which charts, lists, sheets and corrections have them. */
export type CodedRaters = {
  codes: ReadonlyMap<PersonId, string>;
  /** Whose code a correction means that does not say it. */
  former: ReadonlyMap<string, PersonId>;
};

/** A round and whom its committee has had. */
type Coded = {
  round: { state: Pick<Workplace['round']['state'], 'id'> };
  committee: { state: RaterEntries['committee'] } | undefined;
};

/** @param everyone all who were admitted to scoring */
export const ratersOf = async (
  { records, chance }: Deps,
  { round, committee }: Coded,
  everyone: readonly Pick<Candidacy, 'raters' | 'scores' | 'scorecards'>[],
): Promise<CodedRaters> => {
  const { id } = round.state;
  const [secret, begun] = await Promise.all([
    records.secret(raterSecret(id), chance.token(32)),
    scoringBegan(records, id),
  ]);
  const raters = everyone.flatMap((one) => [
    ...one.raters,
    ...[...one.scores, ...one.scorecards].map(({ raterId }) => raterId),
  ]);
  const codes = raterCodes(secret, { committee: committee?.state, begun }, raters);
  return { codes, former: formerRaterCodes(secret, raters) };
};

/** For the first time: an advance that was taken back and made once more changes nobody's code. */
const scoringBegan = async (
  { history }: Pick<Records, 'history'>,
  roundId: string,
): Promise<Instant | undefined> =>
  (await history('round', roundId))
    .map(({ fact }) => RoundEvent.parse(fact))
    .find((event) => event.type === 'stage-advanced' && event.from === 'screening')?.at;

/** Corrections with every rater by the code that charts and lists have now. */
export const codedNow = <State extends Pick<Corrections, 'corrections'>>(
  state: State,
  { codes, former }: CodedRaters,
): State => ({
  ...state,
  corrections: state.corrections.map((one) => {
    const { corrects } = one;
    if (!('rater' in corrects) || corrects.rater === undefined) return one;
    const raterId = one.raterId ?? former.get(corrects.rater);
    const rater = (raterId && codes.get(raterId)) ?? corrects.rater;
    return Object.assign({ ...one }, { corrects: { ...corrects, rater } });
  }),
});
