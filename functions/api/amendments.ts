import { applicationResult } from '#functions/api/applications.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { ApplicationAnswer, withApplication } from '#functions/api/schemas.ts';
import { beginAmendment, giveUpAmendment } from '#functions/commands/application-amendment.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';

const amendment = '/api/applications/:application/amendment';

/** An applicant opens a submission again, or gives the changes up; changing and submitting are as for a draft. */
export const amendmentOperations = (deps: CommandDeps): Operation[] => [
  beginAmending(deps),
  giveUpAmending(deps),
];

const beginAmending = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'beginAmendment',
      method: 'PUT',
      path: amendment,
      who: 'signed-in',
      audit: 'amendment-begun',
      summary:
        'Opens a submitted application again while the call is open. What was submitted stays in force until it is submitted anew. A second time changes nothing.',
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'wrong-stage', 'too-late', 'already-withdrawn'],
    },
    async (c) => {
      const by = applicantOf(c);
      return applicationResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          beginAmendment(deps, { by, applicationId }),
        ),
      );
    },
  );

const giveUpAmending = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'giveUpAmendment',
      method: 'DELETE',
      path: amendment,
      who: 'signed-in',
      audit: 'amendment-given-up',
      summary:
        'Drops the changes that were not submitted; the submission in force stays as it is. A second time changes nothing.',
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found'],
    },
    async (c) => {
      const by = applicantOf(c);
      return applicationResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          giveUpAmendment(deps, { by, applicationId }),
        ),
      );
    },
  );
