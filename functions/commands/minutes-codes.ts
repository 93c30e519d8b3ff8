import type { CommandDeps } from '#functions/commands/deps.ts';
import { codedNow, ratersOf } from '#functions/commands/rater-coding.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Gathered } from '#shared/papers/gathered.ts';

type Told = Pick<Gathered, 'claims' | 'candidacies'> & { corrections: NonNullable<Gathered['corrections']> };

/** What was changed on the card of a rater, by a claim or a correction, with the code that lists and charts have; nothing where no card was. */
export const codedIn = async (
  deps: Pick<CommandDeps, 'records' | 'chance'>,
  round: { id: RoundId; committee: Committee | undefined },
  { claims, candidacies, corrections }: Told,
): Promise<Pick<Gathered, 'codes' | 'corrections'>> => {
  const isClaimed = claims.some(
    (claim) => claim.status === 'upheld' && claim.corrected.items?.some(({ raterId }) => raterId),
  );
  const isCorrected = corrections.some(({ corrects }) => 'rater' in corrects && corrects.rater !== undefined);
  if (!isClaimed && !isCorrected) return { corrections };
  const { id, committee } = round;
  const coded = await ratersOf(
    deps,
    { round: { state: { id } }, committee: committee && { state: committee } },
    candidacies,
  );
  return { codes: coded.codes, ...codedNow({ corrections: [...corrections] }, coded) };
};
