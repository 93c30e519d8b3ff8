import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described } from '#functions/api/selection.ts';
import { newestAnchors, numberOfAnchor, openAnchor } from '#functions/commands/anchors.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { CheckFinding } from '#shared/checks/finding.ts';
import { CheckReason, newestRuns } from '#shared/checks/run.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const Begun = z.object({ because: CheckReason, begunAt: Instant });

const RunAnswer = Begun.extend({
  endedAt: Instant,
  /** Records that were looked at. */
  records: z.int(),
  /** The first of them, by identifiers and application numbers. */
  findings: z.array(CheckFinding),
  /** How many more there were. */
  more: z.int(),
});

const AnchorAnswer = z.object({ number: z.int(), madeAt: Instant, sha256: Sha256 });

/** What the nightly checks came to, and what they signed. */
export const checkOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readChecks', 'checks.read'),
      method: 'GET',
      path: '/api/checks',
      summary:
        'The newest check of the records of each kind, newest first, with what it found; and since when one is under way.',
      answer: { status: 200, schema: z.object({ running: Begun.optional(), runs: z.array(RunAnswer) }) },
    },
    async () => {
      const state = await deps.checks.read();
      return ok({ running: state.running, runs: newestRuns(state) });
    },
  ),
  ask(
    {
      id: 'listAnchors',
      method: 'GET',
      path: '/api/anchors',
      who: 'public',
      summary:
        'The newest anchors of the records, newest first: each is one hash over the last event of every record, signed by the region.',
      answer: { status: 200, schema: z.object({ anchors: z.array(AnchorAnswer) }) },
    },
    async () => ok({ anchors: await newestAnchors(deps) }),
  ),
  ask(
    {
      id: 'openAnchor',
      method: 'GET',
      path: '/api/anchors/:number',
      who: 'public',
      summary:
        'An address that opens the file of one anchor for so many seconds. Whoever keeps it can have it compared later.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found'],
    },
    (c: Context) => openAnchor(deps, numberOfAnchor(c.req.param('number'))),
  ),
];
