import type { CommandDeps } from '#functions/commands/deps.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { PersonEvent } from '#shared/domain/person.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Somebody who told of themselves anew while applications lay before them. */
export type Retold = { memberId: PersonId; times: number };

/**
 * Who told of themselves again after a moment, and how often; the first time is not counted. Each name that is added tells by its effect
 * whether it is an applicant's: such trying leaves a trace here, without what was told.
 */
export const retoldSince = async (
  { records }: Pick<CommandDeps, 'records'>,
  people: readonly PersonId[],
  since: Instant,
): Promise<Retold[]> => {
  const counted = await Promise.all(
    people.map(async (memberId): Promise<Retold> => {
      const history = await records.history('person', memberId);
      const [, ...again] = history
        .map(({ fact }) => PersonEvent.parse(fact))
        .filter(({ type }) => type === 'disclosure-told');
      return { memberId, times: again.filter(({ at }) => at > since).length };
    }),
  );
  return counted.filter(({ times }) => times > 0);
};
