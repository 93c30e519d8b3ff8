import type { Committee } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import { hasFreeSubstitute } from '#shared/domain/substitutes.ts';
import { unblindedIn } from '#shared/domain/unblinded.ts';
import type { Commit, Records } from '#shared/ports/records.ts';

/** Who has seen too much to vote or rate in a round, nobody before its screening; and what a commit requires so that it still holds. */
export const unblindedOf = async (
  { records }: { records: Pick<Records, 'find'> },
  { round, file, committee }: { round: Round; file: RoundFile; committee: Committee | undefined },
): Promise<{ people: ReadonlySet<PersonId>; requires: NonNullable<Commit['requires']> }> => {
  if (!isGatedRound(round)) return { people: new Set(), requires: [] };
  const { id, closesAt: callEndedAt } = round;
  if (importedCriteria(file.rubric.criteria).length === 0) {
    return { people: unblindedIn({ committee, marks: undefined, callEndedAt }), requires: [] };
  }
  const marks = await records.find(marksAggregate, id);
  return {
    people: unblindedIn({ committee, marks: marks?.state, callEndedAt }),
    requires: [{ aggregate: 'marks', id, version: marks?.version ?? 0 }],
  };
};

/** The same for who could be called in as a substitute; nobody is looked for where nobody could. */
export const unblindedSubstitutes = async (
  deps: { records: Pick<Records, 'find'> },
  place: { round: Versioned<Round>; file: RoundFile; committee: Versioned<Committee> | undefined },
): Promise<ReadonlySet<PersonId>> => {
  const committee = place.committee?.state;
  if (!committee || !hasFreeSubstitute(committee)) return new Set();
  return (await unblindedOf(deps, { round: place.round.state, file: place.file, committee })).people;
};
