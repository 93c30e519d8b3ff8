import type { GivenType } from '#shared/domain/after-cards.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import type { Discussions } from '#shared/domain/discussion.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/*
 * A card that was given, or changed, after its application began to be discussed does not stand apart from what was said. That is seen from its
 * moment, so that older records say it as well.
 */

/** From when each application was discussed in a stage. */
export type DiscussedSince = ReadonlyMap<ApplicationId, Instant>;

/** @param least what was talked about before this moment does not count */
export const discussedSince = (
  all: readonly Pick<Discussions, 'meetings'>[],
  least?: Instant,
): DiscussedSince => {
  const since = new Map<ApplicationId, Instant>();
  for (const { applicationId, from } of all.flatMap(({ meetings }) =>
    meetings.flatMap(({ spans }) => spans),
  )) {
    const before = since.get(applicationId);
    if (least !== undefined && from < least) continue;
    if (before === undefined || from < before) since.set(applicationId, from);
  }
  return since;
};

/** Whether a card of an application came after it began to be discussed. */
export const isAfter = (
  since: DiscussedSince,
  applicationId: ApplicationId,
  { at }: Pick<Score, 'at'>,
): boolean => {
  const from = since.get(applicationId);
  return from !== undefined && at > from;
};

/** The last card that the same person had given before: what stands apart from the discussion. */
export const givenBefore = (
  events: readonly { type: string; score?: Score }[],
  { type, raterId, station }: { type: GivenType } & Pick<Score, 'raterId' | 'station'>,
  from: Instant,
): Score | undefined => {
  const given = events.flatMap((event) => (event.type === type && event.score ? [event.score] : []));
  return given.findLast((one) => one.raterId === raterId && one.station === station && one.at <= from);
};
