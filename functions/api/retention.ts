import * as z from 'zod';
import { keptAway } from '#functions/api/kept-away.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { holdApplication, liftHoldOf } from '#functions/commands/holds-by-hand.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { type KeptGroup, retentionPlan } from '#functions/commands/retention.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { RetentionGroup, RetentionHold, RetentionRule } from '#shared/domain/retention.ts';
import { HoldCause } from '#shared/domain/retention-hold.ts';
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

const ByHand = z.object({
  number: ApplicationNumber,
  because: HoldCause,
  heldAt: Instant,
  /** Absent where it counts until somebody lifts it. */
  until: Instant.optional(),
  reason: z.string().optional(),
});

const holds = '/api/rounds/:round/retention/holds';

/** What of a round will be erased, and when, and what people keep beyond that. */
export const retentionOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readRetention', 'retention.read'),
      method: 'GET',
      path: '/api/rounds/:round/retention',
      summary:
        'What of a round is kept until when, what was erased, and what something open holds; `closed` are those that a conflict of interest closes to the reader, with who may decide about them instead. Changes nothing.',
      answer: {
        status: 200,
        schema: z.object({ groups: z.array(Group), byHand: z.array(ByHand), closed: z.array(ClosedItem) }),
      },
      refusals: ['not-found'],
    },
    (c) =>
      onRound(c, 'retention.read', async (command) => {
        const found = await retentionPlan(deps, command);
        if (!found.ok) return found;
        const { groups, byHand, closed } = found.value;
        return ok({ groups: groups.map(answer), byHand, closed });
      }),
  ),
  send(
    {
      ...described('holdApplication', 'retention.hold', 'retention-held'),
      method: 'POST',
      path: holds,
      summary:
        'Keeps an application beyond its time, for a dispute, a court or an audit: until the end of a day, or until that is lifted.',
      body: z.strictObject({
        number: ApplicationNumber,
        because: HoldCause,
        reason: z.string().min(1).max(maxReason),
        /** The last day on which it counts. */
        until: z.iso.date().optional(),
      }),
      answer: { status: 204 },
      refusals: ['not-found', ...keptAway, 'reason-needed', 'changed-meanwhile'],
    },
    (c, { until = '', ...hold }) =>
      onRound(c, 'retention.hold', async (command) =>
        done(await holdApplication(deps, { ...command, ...hold, until })),
      ),
  ),
  send(
    {
      ...described('liftHold', 'retention.hold', 'retention-hold-lifted'),
      method: 'POST',
      path: `${holds}/lifted`,
      summary: 'Lifts what was put for one cause; what is not held stays so.',
      body: z.strictObject({ number: ApplicationNumber, because: HoldCause }),
      answer: { status: 204 },
      refusals: ['not-found', ...keptAway, 'changed-meanwhile'],
    },
    (c, hold) =>
      onRound(c, 'retention.hold', async (command) => done(await liftHoldOf(deps, { ...command, ...hold }))),
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
