import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import { described, onApplication, onCandidacy } from '#functions/api/selection.ts';
import { candidateTimeline, ownTimeline } from '#functions/commands/application-timeline.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Role } from '#shared/domain/role.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';
import { TimelineStep } from '#shared/domain/timeline-step.ts';
import { ok } from '#shared/result.ts';

/** The timeline of an application: for its owner what was told, for the committee and auditors what happened. */
export const timelineOperations = (deps: CommandDeps): Operation[] => [readOwn(deps), readCandidate(deps)];

const readOwn = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnTimeline',
      method: 'GET',
      path: '/api/applications/:application/timeline',
      who: 'signed-in',
      summary:
        'What has happened to an own application, in the order of time, then what is next and by when. Decisions are in it once they were told.',
      answer: { status: 200, schema: z.object({ steps: z.array(TimelineStep) }) },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        ownTimeline(deps, { by, applicationId }),
      );
    },
  );

const TimelineEvent = z.object({
  at: Instant,
  type: z.string(),
  by: z.union([Role, z.enum(['operator', 'system'])]),
  stage: GatedStage.optional(),
  outcome: Standing.shape.outcome.optional(),
});

const readCandidate = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readTimeline', 'candidacy.read'),
      method: 'GET',
      path: `${onCandidacy}/timeline`,
      summary:
        'What happened to an application, in the order of time, by number: without names, texts and points. Who rates it reads of the others’ scores once the own one is in.',
      answer: {
        status: 200,
        schema: z.object({ number: ApplicationNumber, events: z.array(TimelineEvent) }),
      },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'practice-needed'],
    },
    (c) =>
      onApplication(c, 'candidacy.read', async (command) => {
        const found = await candidateTimeline(deps, command);
        return found.ok ? ok({ number: found.value.number, events: found.value.events }) : found;
      }),
  );
