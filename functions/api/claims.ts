import * as z from 'zod';
import { ClaimAnswer, CommitteeClaimAnswer, claimAnswer } from '#functions/api/claim-answers.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { AskedPage, askedPage } from '#functions/api/paging.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { takeBackClaim, viewClaim } from '#functions/commands/own-claim.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ClaimGrounds } from '#shared/domain/claim.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

/** Claims about preliminary results: made by applicants, decided by the committee. */
export const claimOperations = (deps: CommandDeps): Operation[] => [
  readOwnClaim(deps),
  fileClaim(deps),
  withdrawClaim(deps),
  listClaims(deps),
];

const own = '/api/applications/:application/claim';

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
        return ok(claimAnswer(claim.claim, claim, { file, now: deps.clock.now() }));
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
        'Makes the one claim of an application about the preliminary results, before its window closes; also anew once it was withdrawn.',
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

const withdrawClaim = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'withdrawClaim',
      method: 'POST',
      path: `${own}/withdrawal`,
      who: rolesFor('claim.withdraw'),
      does: 'claim.withdraw',
      audit: 'claim-withdrawn',
      summary:
        'Takes the own claim back before it is decided: the committee decides it no more, and what it said is kept. Another one may be made while claims are accepted. A second time changes nothing.',
      body: z.strictObject({ filedAt: Instant.describe('of the claim as it was read') }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'already-decided', 'changed-meanwhile'],
    },
    (c, { filedAt }) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        takeBackClaim(deps, { by, applicationId, filedAt }),
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
        'The claims of a round in the order of filing, without those that the reader has a conflict of interest with, 100 a page; a page beyond the last is the last. `all`, `overdue` and `reopening`, of those that wait for a second person to be reopened, count every page.',
      query: { page: AskedPage },
      answer: {
        status: 200,
        schema: z.object({
          claims: z.array(CommitteeClaimAnswer),
          page: z.int(),
          pages: z.int(),
          all: z.int(),
          overdue: z.int(),
          reopening: z.int(),
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
        const now = deps.clock.now();
        const {
          place: { file },
          claims,
          ...paging
        } = found.value;
        return ok({
          ...paging,
          claims: claims.map(({ claim, texts }) => claimAnswer(claim, texts, { file, now })),
        });
      }),
  );
