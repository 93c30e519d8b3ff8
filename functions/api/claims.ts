import * as z from 'zod';
import { CorrectedAnswer } from '#functions/api/claim-answers.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { AskedPage, askedPage } from '#functions/api/paging.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { makeClaim, viewClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ClaimGrounds, type ResultClaim } from '#shared/domain/claim.ts';
import { decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import { ApplicationNumber, ClaimId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

/** Claims about preliminary results: made by applicants, decided by the committee. */
export const claimOperations = (deps: CommandDeps): Operation[] => [
  readOwnClaim(deps),
  fileClaim(deps),
  listClaims(deps),
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
  corrected: CorrectedAnswer.optional(),
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
      summary:
        'The claims of a round in the order of filing, without those that the reader has a conflict of interest with, 100 a page; a page beyond the last is the last. `all` and `overdue` count every page.',
      query: { page: AskedPage },
      answer: {
        status: 200,
        schema: z.object({
          claims: z.array(ClaimAnswer),
          page: z.int(),
          pages: z.int(),
          all: z.int(),
          overdue: z.int(),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'invalid'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('claim.read'));
        const page = askedPage(c.req.query('page'));
        if (!page.ok) return page;
        const found = await committeeClaims(deps, { by, roundId, page: page.value });
        if (!found.ok) return found;
        const {
          place: { file },
          claims,
          ...paging
        } = found.value;
        return ok({
          ...paging,
          claims: claims.map(({ claim, texts }) =>
            Object.assign({}, claim, clockOf(deps, claim, file), texts),
          ),
        });
      }),
  );
