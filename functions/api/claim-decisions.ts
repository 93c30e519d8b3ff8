import type { Context } from 'hono';
import * as z from 'zod';
import { CorrectedAnswer } from '#functions/api/claim-answers.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { itemsInText } from '#functions/http/claim-items.ts';
import { totalsIn } from '#functions/http/supposition.ts';
import { Granted } from '#shared/domain/claim.ts';
import { ApplicationNumber, ClaimId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Affected, type Counted, Cutoffs } from '#shared/replay/affected.ts';
import { Part } from '#shared/replay/supposition.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How open claims are decided: what they can be about, what upholding one would change, and the decision. */
export const claimDecisionOperations = (deps: CommandDeps): Operation[] => [
  listItems(deps),
  showEffects(deps),
  decide(deps),
];

/** By the name that the code of a rater has; without it, of another organisation. */
const ItemAnswer = z.strictObject({
  part: Part,
  criterion: z.string().max(100),
  rater: z.string().max(100).optional(),
  points: z.number(),
});

const OpenSince = Instant.describe(
  'of the claim as it was read; needed of one that was open before',
).optional();

const Verdict = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('rejected'),
    reason: z.string().max(10_000),
    openSince: OpenSince,
  }),
  z.strictObject({
    verdict: z.literal('upheld'),
    reason: z.string().max(10_000),
    /** Totals where no points can be named; a part whose points are changed has none. */
    corrected: z.strictObject(Granted.omit({ items: true }).shape).optional(),
    /** Points that are changed: the totals of their parts are counted from them. */
    items: z.array(ItemAnswer).max(500).optional(),
    /** Of the effects, as they were read. */
    shown: Sha256,
    openSince: OpenSince,
  }),
]);

const OwnStanding = Standing.pick({ scoring: true, interview: true, total: true, rank: true, outcome: true });

const ownIn = ({ scoring, results }: Counted, number: string) =>
  (results ?? scoring).find((one) => one.number === number);

const showEffects = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'showClaimEffects',
      method: 'GET',
      path: '/api/rounds/:round/claims/:claim/effects',
      who: rolesFor('claim.decide'),
      does: 'claim.decide',
      summary:
        'What upholding an open claim with these points or totals would change: what the own points and totals were and would be, cut-offs, and everyone whom it affects with what is owed to them, without whom a conflict of interest closes to the reader. `shown` goes into the decision. Nothing is stored, and nobody is told.',
      query: {
        scoring: z.number().describe('percent'),
        interview: z.number().describe('percent'),
        owed: z.literal('yes').describe('the claim finds that an interview is owed'),
        items: z
          .string()
          .describe(
            'points that are changed, as part.criterion.rater:points with commas between; of another organisation the rater is marks',
          ),
      },
      answer: {
        status: 200,
        schema: z.object({
          number: ApplicationNumber,
          shown: Sha256,
          granted: CorrectedAnswer,
          own: z.object({ before: OwnStanding.optional(), after: OwnStanding.optional() }),
          cutoffs: Cutoffs,
          affected: z.array(Affected),
        }),
      },
      refusals: [
        'not-found',
        'wrong-stage',
        'already-decided',
        'claim-withdrawn',
        'conflict-of-interest',
        'disclosure-needed',
        'proposal-on-table',
        'gate-not-open',
        'no-proposal',
        'invalid',
      ],
    },
    (c) =>
      onClaim(c, 'claim.decide', async (command) => {
        const totals = totalsIn(c.req.query());
        if (!totals.ok) return totals;
        const owed = c.req.query('owed') === 'yes' && ({ interviewOwed: true } as const);
        const corrected = { ...totals.value, ...owed };
        const text = c.req.query('items');
        const items = text === undefined ? undefined : itemsInText(text);
        const found = await claimEffects(deps, { ...command, corrected, items });
        if (!found.ok) return found;
        const { number, granted, digest: shown } = found.value;
        const { cutoffs, affected, before, after } = found.value.found;
        const own = { before: ownIn(before, number), after: ownIn(after, number) };
        return ok({ number, shown, granted, own, cutoffs, affected: [...affected] });
      }),
  );

const listItems = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listClaimItems',
      method: 'GET',
      path: '/api/rounds/:round/claims/:claim/items',
      who: rolesFor('claim.decide'),
      does: 'claim.decide',
      summary:
        'The points that the application of an open claim was given and that count, with the corrections that stand, for whoever decides the claim; each may be changed by the decision. `rater` is the code that charts and lists have, and absent where another organisation gave them.',
      answer: { status: 200, schema: z.object({ items: z.array(ItemAnswer) }) },
      refusals: [
        'not-found',
        'wrong-stage',
        'conflict-of-interest',
        'disclosure-needed',
        'proposal-on-table',
        'gate-not-open',
        'no-proposal',
      ],
    },
    (c) =>
      onClaim(c, 'claim.decide', async (command) => {
        const found = await claimItems(deps, command);
        return found.ok ? ok({ items: found.value }) : found;
      }),
  );

const decide = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'decideClaim',
      method: 'PUT',
      path: '/api/rounds/:round/claims/:claim/decision',
      who: rolesFor('claim.decide'),
      does: 'claim.decide',
      audit: 'claim-upheld',
      summary:
        'Decides a claim once, with a reason; upheld, it corrects points, from which totals are counted, or a total, in percent, or finds that an interview is owed, and names the effects as they were read; other effects by then are `changed-meanwhile`. The chair does, or a member where the chair has a conflict of interest.',
      body: Verdict,
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'already-decided',
        'claim-withdrawn',
        'no-proposal',
        'invalid',
        'reason-needed',
        'conflict-of-interest',
        'disclosure-needed',
        'proposal-on-table',
        'gate-not-open',
        'changed-meanwhile',
      ],
    },
    (c, input) =>
      onClaim(c, 'claim.decide', async (command) => {
        const { reason, openSince } = input;
        const verdict =
          input.verdict === 'rejected'
            ? ({ verdict: 'rejected' } as const)
            : ({
                verdict: 'upheld',
                corrected: grantedOf(input.corrected ?? {}),
                items: input.items,
                shown: input.shown,
              } as const);
        return await settleClaim(deps, { ...command, reason, openSince, ...verdict });
      }),
  );

/** Of a claim that the address names, for who may do this. */
export const onClaim = <T>(
  c: Context,
  action: 'claim.decide' | 'claim.reopen',
  work: (command: CommitteeCommand & { claimId: ClaimId }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withRound(c.req.param('round') ?? '', async (roundId) => {
    const by = requireActor(c, rolesFor(action));
    const claimId = ClaimId.safeParse(c.req.param('claim'));
    return claimId.success
      ? await work({ by, roundId, claimId: claimId.data })
      : refuse({ kind: 'not-found', what: 'claim' });
  });

const grantedOf = ({ scoring, interview, interviewOwed }: Omit<Granted, 'items'>): Granted => ({
  ...(scoring !== undefined && { scoring }),
  ...(interview !== undefined && { interview }),
  ...(interviewOwed && { interviewOwed }),
});
