import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type KeptGroup, retentionPlan } from '#functions/commands/retention.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { RetentionGroup, RetentionHold, RetentionRule } from '#shared/domain/retention.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const Group = z.object({
  group: RetentionGroup,
  /** Absent where the round file has none: then they are kept. */
  rule: RetentionRule.optional(),
  /** Absent while the round has not ended. */
  until: Instant.optional(),
  kept: z.int(),
  erased: z.int(),
  /** What stays while something is open, also beyond its time. Empty while the round has not ended, or without a rule. */
  held: z.array(z.object({ number: ApplicationNumber, because: RetentionHold })),
});

/** What of a round will be erased, and when. */
export const retentionOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readRetention', 'retention.read'),
      method: 'GET',
      path: '/api/rounds/:round/retention',
      summary:
        'What of a round is kept until when, what was erased, and what something open holds. Changes nothing.',
      answer: { status: 200, schema: z.object({ groups: z.array(Group) }) },
      refusals: ['not-found'],
    },
    (c) =>
      onRound(c, 'retention.read', async (command) => {
        const found = await retentionPlan(deps, command);
        return found.ok ? ok({ groups: found.value.groups.map(answer) }) : found;
      }),
  ),
];

const answer = ({ group, rule, until, kept, erased }: KeptGroup): z.input<typeof Group> => ({
  group,
  rule,
  until,
  kept: kept.length,
  erased,
  held: kept.flatMap(({ application: { number }, held }) => (held ? [{ number, because: held }] : [])),
});
