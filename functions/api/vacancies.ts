import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { publicCall, publicVacancies, type RoundView } from '#functions/commands/rounds.ts';
import { deadlineOf } from '#shared/domain/call-deadlines.ts';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { type Support, supportOf } from '#shared/domain/incentive-amount.ts';
import { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import { incentiveRulesOf } from '#shared/domain/programme-support.ts';
import { Confidence, Provenance } from '#shared/domain/provenance.ts';
import { Incentive, Vacancy } from '#shared/domain/vacancy.ts';
import { loads, orders, readFilter, select } from '#shared/domain/vacancy-search.ts';
import { dayAt } from '#shared/domain/zone.ts';
import { ok } from '#shared/result.ts';

/** Vacancies for anyone, with what their incentives are in tenge and where each figure is from. */
export const vacancyOperations = (deps: CommandDeps): Operation[] => [everyVacancy(deps), ofCall(deps)];

const Amount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tenge'), from: z.int(), to: z.int().optional() }),
  /** Tenge for each 1.0 of the person's pay coefficient, at a full load. */
  z.object({ kind: z.literal('per-coefficient'), tenge: z.int() }),
  z.object({ kind: z.literal('in-kind') }),
  z.object({ kind: z.literal('unknown'), because: z.enum(['no-rule', 'no-figure']) }),
]);

const Valued = z.object({
  rule: IncentiveRule,
  amount: Amount,
  /** Figures of the state that it was computed with. */
  figures: z.array(Provenance.extend({ from: z.string(), until: z.string().optional(), value: z.number() })),
  /** `unverified` is a sample and never official. */
  confidence: Confidence,
});

/** What each incentive of a call's vacancies is worth by the figures of the day on which it closes. */
const SupportAnswer = z.object({
  incentive: Incentive,
  amount: Amount,
  granted: Valued.optional(),
  /** Figures that somebody named, which promise nothing. */
  examples: z.array(Valued),
});

const everyVacancy = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'searchVacancies',
      method: 'GET',
      path: '/api/vacancies',
      who: 'public',
      summary: 'Vacancies of all calls that are open or coming, filtered and sorted, 30 a page.',
      query: {
        call: RoundId,
        subject: Subject,
        district: z.string(),
        locality: z.string().describe('a part of its name'),
        school: z.string().describe('a part of its name'),
        language: InstructionLanguage,
        load: z.enum(loads).describe('hours a week beside a full load'),
        order: z.enum(orders),
        page: z.int().min(1),
      },
      answer: {
        status: 200,
        schema: z.object({
          found: z.int(),
          posts: z.int(),
          page: z.int(),
          pages: z.int(),
          vacancies: z.array(Vacancy.extend({ roundId: RoundId })),
          calls: z.array(z.object({ roundId: RoundId, support: z.array(SupportAnswer) })),
        }),
      },
    },
    async (c) => {
      const calls = await publicVacancies(deps);
      const vacancies = calls.flatMap((call) =>
        call.vacancies.map((vacancy) => Object.assign({ roundId: call.round.id }, vacancy)),
      );
      const selection = select(vacancies, readFilter(c.req.query()), new Intl.Collator('kk').compare);
      const { vacancies: found, posts, page, pages, shown } = selection;
      return ok({
        found,
        posts,
        page,
        pages,
        vacancies: [...shown],
        calls: calls
          .filter(({ round }) => shown.some(({ roundId }) => roundId === round.id))
          .map((call) => ({ roundId: call.round.id, support: supportIn(call) })),
      });
    },
  );

const ofCall = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listVacancies',
      method: 'GET',
      path: '/api/calls/:round/vacancies',
      who: 'public',
      summary: 'All vacancies of a call, by code, and what their incentives are worth.',
      answer: {
        status: 200,
        schema: z.object({ vacancies: z.array(Vacancy), support: z.array(SupportAnswer) }),
      },
      refusals: ['not-found'],
    },
    async (c) => {
      const call = await withRound(c.req.param('round'), (id) => publicCall(deps, id));
      if (!call.ok) return call;
      return ok({ vacancies: [...call.value.vacancies], support: supportIn(call.value) });
    },
  );

const supportIn = ({ round, file }: RoundView): Support[] =>
  supportOf(Incentive.options, incentiveRulesOf(file), dayAt(file.timeZone, deadlineOf(round)));
