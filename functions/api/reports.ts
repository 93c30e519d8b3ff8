import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { halfYearReport } from '#functions/commands/half-year-report.ts';
import { HalfYear } from '#shared/domain/half-year.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import type { Round } from '#shared/domain/round.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import { ReportCounts } from '#shared/papers/report-line.ts';
import { ok, refuse } from '#shared/result.ts';

const Named = z.object({ id: RoundId, intake: z.string(), stage: Stage });

/** What the region reports each half-year. */
export const reportOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readReport', 'report.read'),
      method: 'GET',
      path: '/api/reports/:half',
      summary:
        'The figures of a half-year such as 2022-H2 over all rounds that closed in it, from the data of their minutes, and the rounds that are not counted.',
      answer: {
        status: 200,
        schema: z.object({
          region: RegionCode,
          half: HalfYear,
          rounds: z.array(Named.extend({ endedAt: Instant, counts: ReportCounts })),
          sum: ReportCounts,
          /** Closed, and counted once their minutes are drawn. */
          drawing: z.array(Named),
          cancelled: z.array(Named),
          /** Reported in the half-year in which they end. */
          running: z.array(Named),
        }),
      },
      refusals: ['not-found'],
    },
    async (c) => {
      const half = HalfYear.safeParse(c.req.param('half'));
      if (!half.success) return refuse({ kind: 'not-found', what: 'page' });
      const { lines, sum, drawing, cancelled, running } = await halfYearReport(deps, half.data);
      return ok({
        region: deps.region,
        half: half.data,
        rounds: lines.map(({ round, endedAt, counts }) => Object.assign(named(round), { endedAt, counts })),
        sum,
        drawing: drawing.map(({ round }) => named(round)),
        cancelled: cancelled.map(({ round }) => named(round)),
        running: running.map(named),
      });
    },
  ),
];

const named = ({ id, plan, stage }: Round) => ({ id, intake: plan.intake, stage });
