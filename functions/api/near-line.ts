import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { atWork, described, onRound } from '#functions/api/selection.ts';
import { askFurther, type NearLineState, nearLineView } from '#functions/commands/near-line.ts';
import { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const path = '/api/rounds/:round/near-line';

const NearLineAnswer = z.object({
  /** The line lies behind so many. */
  places: z.int(),
  /** Further ratings that were asked for, and how many the round may have. */
  spent: z.int(),
  budget: z.int(),
  turns: z.array(z.object({ at: Instant, basis: Sha256, applications: z.int() })),
  state: z.enum(['awaited', 'unmarked', 'begun', 'due', 'over']),
  /** Scores, or marks from outside, that are still to come. */
  remaining: z.int().optional(),
  /** Why nobody is asked for more. */
  stop: z.enum(['shown', 'settled', 'unknown', 'spent', 'budget', 'nobody']).optional(),
  /** What asking now would cost, and the digest by which it is confirmed. */
  cost: z.int().optional(),
  basis: Sha256.optional(),
  /** Near the line without a member who is free. */
  unfree: z.int().optional(),
  /** Near the line and out of the reader’s reach by a conflict of interest. */
  hidden: z.int(),
  /** Best first; percent of the scale. */
  applications: z
    .array(
      z.object({
        number: ApplicationNumber,
        /** Among whom no minimum stops, as `ranks` are. */
        rank: z.int(),
        total: z.number(),
        error: z.number(),
        ranks: z.tuple([z.int(), z.int()]),
        ratings: z.int(),
        further: z.int(),
        near: z.boolean(),
      }),
    )
    .optional(),
});

/** One more rating for whom chance may have put on either side of the line. */
export const nearLineOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readNearLine', 'raters.further'),
      method: 'GET',
      path,
      summary: 'Who stands near the line of the shortlist, and what one more rating of each would cost.',
      answer: { status: 200, schema: NearLineAnswer },
      refusals: ['not-found', 'wrong-stage', 'gate-not-open'],
    },
    (c) =>
      onRound(c, 'raters.further', async (command) => {
        const found = await nearLineView(deps, command);
        if (!found.ok) return found;
        const { places, spent, rule, turns, hidden, state } = found.value;
        const budget = rule?.budget ?? 0;
        return ok({ places, spent, budget, turns, hidden, state: state.kind, ...factsOf(state) });
      }),
  ),
  send(
    {
      ...described('askFurtherRatings', 'raters.further', 'further-rating-asked'),
      method: 'POST',
      path,
      summary:
        'Asks one more rater for each application of the group that `basis` names: all of it, or nobody where anything has changed. Repeating it asks nobody twice.',
      body: z.strictObject({ basis: Sha256 }),
      answer: { status: 200, schema: z.object({ asked: z.int() }) },
      refusals: [...atWork],
    },
    (c, { basis }) => onRound(c, 'raters.further', (command) => askFurther(deps, { ...command, basis })),
  ),
];

const factsOf = (state: NearLineState) => {
  switch (state.kind) {
    case 'awaited':
      return { remaining: state.owed };
    case 'unmarked':
      return { remaining: state.remaining };
    case 'begun':
      return { cost: state.asking.raters.size, basis: state.asking.basis };
    case 'due': {
      const { asking, unfree, placed: applications } = state;
      return { cost: asking.raters.size, basis: asking.basis, unfree, applications };
    }
    case 'over':
      return { stop: state.stop, cost: state.cost, applications: state.placed };
    default:
      return state satisfies never;
  }
};
