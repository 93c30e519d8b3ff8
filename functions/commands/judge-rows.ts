import type { CandidacyChange } from '#functions/commands/selection.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import type { ApplicationId, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { type Instant, instantOf } from '#shared/domain/time.ts';

/** The gate at which somebody judges. */
export type AtGate = { roundId: RoundId; gate: GateId };

/** The row that has everybody told once a stage begins in which applications are judged one by one. */
export const beginningRows = (stage: GatedStage, at: AtGate, now: Instant): OutboxMessage[] =>
  stage === 'screening' || stage === 'scoring'
    ? [{ id: `judges#${at.gate}`, at: now, body: { kind: 'tell-judges', ...at } }]
    : [];

const hour = 3_600_000;

/**
 * The row that has raters told of what a commit gives them; none where it gives nobody anything. It waits for the hour to end: whoever is given twenty
 * applications one after another, because a colleague hands them back, has one letter about them.
 */
export const givenRows = (
  at: AtGate,
  changes: readonly Pick<CandidacyChange, 'before' | 'events'>[],
  now: Instant,
): OutboxMessage[] => {
  const given = new Map<PersonId, ApplicationId[]>();
  for (const { before, events } of changes) {
    const after = evolveAll(candidacyAggregate, before?.state, events);
    for (const rater of after?.raters.filter((one) => !before?.state.raters.includes(one)) ?? []) {
      given.set(rater, [...(given.get(rater) ?? []), ...(after ? [after.applicationId] : [])]);
    }
  }
  const first = changes.find(({ before }) => before !== undefined)?.before;
  if (given.size === 0 || !first) return [];
  const until = instantOf(new Date((Math.floor(Date.parse(now) / hour) + 1) * hour));
  const to = Array.from(given, ([rater, applications]) => ({ rater, applications }));
  // Only one commit can change an application from this version on.
  const id = `judges#${at.gate}#${first.id}#${first.version}`;
  return [{ id, at: until, body: { kind: 'tell-judges', ...at, given: { until, to } } }];
};
