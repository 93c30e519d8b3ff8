import * as z from 'zod';
import type { DryRun } from '#functions/commands/marks-outcomes.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Standing } from '#shared/domain/standing.ts';

const Place = Standing.pick({ outcome: true, total: true, rank: true });
const Change = z.object({
  number: ApplicationNumber,
  before: Place.optional(),
  after: Place.optional(),
});
const Reach = z.enum(['reached', 'missed', 'open']);
const Count = z.object({ reached: z.int(), missed: z.int(), open: z.int() });

/** What other marks would change, as far as it can be known now. */
export const dryRunShape = {
  changed: z.array(Change).describe('Of whole totals: applications whose outcome would be another one'),
  totalsChanged: z.array(Change),
  settled: z
    .object({
      before: Count,
      after: Count,
      changed: z.array(z.object({ number: ApplicationNumber, before: Reach, after: Reach })),
    })
    .describe(
      'Of totals that are not whole: whether they reach the pass mark or miss it whatever is still to come',
    ),
  soFar: z
    .object({ among: z.int(), changed: z.array(Change), totalsChanged: z.array(Change) })
    .describe(
      'Of totals that are not whole: the order among applications with a score, by the scores and marks there are; not part of what is confirmed',
    ),
  whole: z.int().describe('Applications whose total would be whole'),
  unscored: z.int().describe('Applications whose raters have not all scored'),
  untouched: z.int().describe('Applications without a score'),
  missing: z.array(z.string()).describe('Criteria for which no marks would count'),
  adjusted: z.boolean().describe('Scores are adjusted for severity: marks alone settle nothing'),
  undrawn: z
    .boolean()
    .describe(
      'The value that draws wait for is missing: where lots decide, the outcome may turn out otherwise',
    ),
};

export const dryRunAnswer = ({ outcomes, totals, settled, soFar, digest: _shown, ...run }: DryRun) => ({
  ...run,
  missing: [...run.missing],
  changed: [...outcomes],
  totalsChanged: [...totals],
  settled: { ...settled, changed: [...settled.changed] },
  soFar: { among: soFar.among, changed: [...soFar.outcomes], totalsChanged: [...soFar.totals] },
});
