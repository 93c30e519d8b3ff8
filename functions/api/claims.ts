import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { committeeClaims, settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { makeClaim, viewClaim } from '#functions/commands/claims.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { totalsIn } from '#functions/http/supposition.ts';
import { ClaimGrounds, Correction, Granted, type ResultClaim } from '#shared/domain/claim.ts';
import { decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import { ApplicationNumber, ClaimId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Affected } from '#shared/replay/affected.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Claims about preliminary results: made by applicants, decided by the committee. */
export const claimOperations = (deps: CommandDeps): Operation[] => [
  readOwnClaim(deps),
  fileClaim(deps),
  listClaims(deps),
  showEffects(deps),
  decide(deps),
];

const own = '/api/applications/:application/claim';

const ClaimAnswer = z.object({
  id: ClaimId,
  number: ApplicationNumber,
  grounds: ClaimGrounds,
  text: z.string(),
  evidence: z.array(z.string()).optional(),
  filedAt: Instant,
  /** By when the committee decides it, where the round file says a time; and whether that was or is over. */
  decideBy: Instant.optional(),
  overdue: z.boolean().optional(),
  status: z.enum(['open', 'rejected', 'upheld']),
  decidedAt: Instant.optional(),
  reason: z.string().optional(),
  corrected: Correction.optional(),
});

const clockOf = (
  { clock }: Pick<CommandDeps, 'clock'>,
  claim: ResultClaim,
  file: RoundFile,
): { decideBy?: Instant; overdue?: boolean } => {
  const decideBy = decideClaimBy(file, claim);
  return decideBy ? { decideBy, overdue: isClaimOverdue(file, claim, clock.now()) } : {};
};

const readOwnClaim = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnClaim',
      method: 'GET',
      path: own,
      who: 'signed-in',
      summary: 'The own claim and what was decided about it.',
      answer: { status: 200, schema: ClaimAnswer },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await viewClaim(deps, { by, applicationId });
        if (!found.ok) return found;
        const { claim, file } = found.value;
        if (!claim) return refuse({ kind: 'not-found', what: 'claim' });
        const clock = clockOf(deps, claim.claim, file);
        return ok({ ...claim.claim, ...clock, text: claim.text, reason: claim.reason });
      });
    },
  );

const fileClaim = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'fileClaim',
      method: 'POST',
      path: own,
      who: rolesFor('claim.file'),
      does: 'claim.file',
      audit: 'claim-filed',
      summary:
        'Makes the one claim of an application about the preliminary results, before its window closes.',
      body: z.strictObject({
        grounds: ClaimGrounds,
        text: z.string().max(10_000),
        /** Codes of documents of the application that show it. */
        evidence: z.array(z.string()).max(50).optional(),
      }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'too-late', 'claim-exists', 'changed-meanwhile'],
    },
    (c, input) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        makeClaim(deps, { by, applicationId, ...input }),
      );
    },
  );

const listClaims = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listClaims',
      method: 'GET',
      path: '/api/rounds/:round/claims',
      who: rolesFor('claim.read'),
      does: 'claim.read',
      summary: 'The claims of a round without those that the reader has a conflict of interest with.',
      answer: { status: 200, schema: z.object({ claims: z.array(ClaimAnswer) }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('claim.read'));
        const found = await committeeClaims(deps, { by, roundId });
        if (!found.ok) return found;
        const { file } = found.value.place;
        const claims = found.value.claims.map(({ claim, texts }) =>
          Object.assign({}, claim, clockOf(deps, claim, file), texts),
        );
        return ok({ claims });
      }),
  );

const Verdict = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('rejected'), reason: z.string().max(10_000) }),
  z.strictObject({
    verdict: z.literal('upheld'),
    reason: z.string().max(10_000),
    corrected: z.strictObject(Granted.shape),
    /** Of the effects, as they were read. */
    shown: Sha256,
  }),
]);

const Cutoff = z.object({ before: z.number().optional(), after: z.number().optional() });

const showEffects = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'showClaimEffects',
      method: 'GET',
      path: '/api/rounds/:round/claims/:claim/effects',
      who: rolesFor('claim.decide'),
      does: 'claim.decide',
      summary:
        'What upholding an open claim with these totals would change: cut-offs, and everyone whom it affects with what is owed to them, without whom a conflict of interest closes to the reader. `shown` goes into the decision. Nothing is stored, and nobody is told.',
      query: {
        scoring: z.number().describe('percent'),
        interview: z.number().describe('percent'),
        owed: z.literal('yes').describe('the claim finds that an interview is owed'),
      },
      answer: {
        status: 200,
        schema: z.object({
          number: ApplicationNumber,
          shown: Sha256,
          cutoffs: z.object({ scoring: Cutoff, results: Cutoff.optional() }),
          affected: z.array(Affected),
        }),
      },
      refusals: [
        'not-found',
        'wrong-stage',
        'already-decided',
        'conflict-of-interest',
        'disclosure-needed',
        'proposal-on-table',
        'gate-not-open',
        'no-proposal',
        'invalid',
      ],
    },
    (c) =>
      onClaim(c, async (command) => {
        const totals = totalsIn(c.req.query());
        if (!totals.ok) return totals;
        const owed = c.req.query('owed') === 'yes' && ({ interviewOwed: true } as const);
        const corrected = { ...totals.value, ...owed };
        const found = await claimEffects(deps, { ...command, corrected });
        if (!found.ok) return found;
        const { number, digest: shown } = found.value;
        const { cutoffs, affected } = found.value.found;
        return ok({ number, shown, cutoffs, affected: [...affected] });
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
        'Decides a claim once, with a reason; upheld, it corrects at least one total, in percent, or finds that an interview is owed, and names the effects as they were read; other effects by then are `changed-meanwhile`. The chair does, or a member where the chair has a conflict of interest.',
      body: Verdict,
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'already-decided',
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
      onClaim(c, async (command) => {
        const { reason } = input;
        const verdict =
          input.verdict === 'rejected'
            ? ({ verdict: 'rejected' } as const)
            : ({
                verdict: 'upheld',
                corrected: grantedOf(input.corrected),
                shown: input.shown,
              } as const);
        return await settleClaim(deps, { ...command, reason, ...verdict });
      }),
  );

const onClaim = <T>(
  c: Context,
  work: (command: CommitteeCommand & { claimId: ClaimId }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withRound(c.req.param('round') ?? '', async (roundId) => {
    const by = requireActor(c, rolesFor('claim.decide'));
    const claimId = ClaimId.safeParse(c.req.param('claim'));
    return claimId.success
      ? await work({ by, roundId, claimId: claimId.data })
      : refuse({ kind: 'not-found', what: 'claim' });
  });

const grantedOf = ({ scoring, interview, interviewOwed }: Granted): Granted => ({
  ...(scoring !== undefined && { scoring }),
  ...(interview !== undefined && { interview }),
  ...(interviewOwed && { interviewOwed }),
});
