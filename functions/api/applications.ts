import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import {
  ApplicationAnswer,
  applicationAnswer,
  WholeApplicationAnswer,
  withApplication,
  withRound,
} from '#functions/api/schemas.ts';
import {
  myApplications,
  rankVacancies,
  readReceipt,
  saveSection,
  startApplication,
  submitApplication,
  viewApplication,
  withdrawApplication,
} from '#functions/commands/applications.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { withTexts } from '#functions/http/problem.ts';
import { translatorFor } from '#functions/http/refusal-text.ts';
import { type Application, Receipt, WithdrawalReason } from '#shared/domain/application.ts';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { DocumentId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What applicants do. Each works on the own applications only; another's is answered as not found. */
export const applicationOperations = (deps: CommandDeps): Operation[] => [
  start(deps),
  listMine(deps),
  read(deps),
  save(deps),
  rank(deps),
  submit(deps),
  receipt(deps),
  withdraw(deps),
];

export const applicationResult = (
  outcome: Result<Versioned<Application>, Refusal>,
): Result<z.input<typeof ApplicationAnswer>, Refusal> =>
  outcome.ok ? ok(applicationAnswer(outcome.value)) : outcome;

const start = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'startApplication',
      method: 'POST',
      path: '/api/calls/:round/applications',
      who: 'signed-in',
      audit: 'application-started',
      summary: 'Begins the own application in an open call; a second time answers the one that was begun.',
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'wrong-stage', 'too-early', 'too-late'],
    },
    async (c) => {
      const by = applicantOf(c);
      return applicationResult(
        await withRound(c.req.param('round'), (roundId) => startApplication(deps, { by, roundId })),
      );
    },
  );

const listMine = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listApplications',
      method: 'GET',
      path: '/api/applications',
      who: 'signed-in',
      summary: 'The own applications, newest first.',
      answer: { status: 200, schema: z.object({ applications: z.array(ApplicationAnswer) }) },
    },
    async (c) => ok({ applications: (await myApplications(deps, applicantOf(c))).map(applicationAnswer) }),
  );

const read = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readApplication',
      method: 'GET',
      path: '/api/applications/:application',
      who: 'signed-in',
      summary:
        'An own application with everything typed so far and what submission would still be refused for.',
      answer: { status: 200, schema: WholeApplicationAnswer },
      refusals: ['not-found'],
    },
    async (c) => {
      const by = applicantOf(c);
      const found = await withApplication(c.req.param('application'), (applicationId) =>
        viewApplication(deps, { by, applicationId }),
      );
      if (!found.ok) return found;
      const t = translatorFor(c);
      const { application, version, sections, missing, file } = found.value;
      const known = applicationAnswer({ id: application.id, version, state: application });
      return ok({
        ...known,
        sections,
        missing: withTexts(missing, t, file),
      });
    },
  );

const save = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'saveSection',
      method: 'PUT',
      path: '/api/applications/:application/sections/:section',
      who: 'signed-in',
      audit: 'section-saved',
      summary:
        'Saves one section, complete or not; answers that are not named stay. `basedOn` is the version that was read; when another was saved in between, the answer holds it.',
      body: z.strictObject({ basedOn: z.int().min(0), typed: Typed }),
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'changed-meanwhile', 'too-late', 'already-submitted', 'already-withdrawn'],
    },
    async (c, { basedOn, typed }) => {
      const by = applicantOf(c);
      const section = SectionId.safeParse(c.req.param('section'));
      if (!section.success) return refuse({ kind: 'not-found', what: 'page' });
      return applicationResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          saveSection(deps, { by, applicationId, section: section.data, basedOn, typed }),
        ),
      );
    },
  );

const Choices = z.array(VacancyCode).max(100);

const rank = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'rankVacancies',
      method: 'PUT',
      path: '/api/applications/:application/choices',
      who: 'signed-in',
      audit: 'choices-ranked',
      summary:
        'The wanted vacancies, best first. `basedOn` are the ones that were read; when others were chosen in between, nothing changes.',
      body: z.strictObject({ basedOn: Choices, codes: Choices }),
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: [
        'not-found',
        'changed-meanwhile',
        'unknown-vacancy',
        'too-many-choices',
        'too-late',
        'already-submitted',
        'already-withdrawn',
      ],
    },
    async (c, { basedOn, codes }) => {
      const by = applicantOf(c);
      return applicationResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          rankVacancies(deps, { by, applicationId, basedOn, codes }),
        ),
      );
    },
  );

const ReceiptAnswer = z.object({ receipt: Receipt, sha256: Sha256 });

const submit = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'submitApplication',
      method: 'POST',
      path: '/api/applications/:application/submission',
      who: 'signed-in',
      audit: 'application-submitted',
      summary:
        'Submits, or submits anew what was opened again, and answers the receipt; a second time answers the same receipt. `without` names documents on their way that are given up and left out. `after` is how often the application was submitted when it was read: once it was submitted more often, nothing is submitted and the receipt in force is answered.',
      body: z.strictObject({
        without: z.array(DocumentId).max(60).default([]),
        after: z.int().min(0).optional(),
      }),
      emptyBody: '{}',
      answer: { status: 200, schema: ReceiptAnswer },
      refusals: [
        'not-found',
        'incomplete',
        'document-not-arrived',
        'changed-meanwhile',
        'too-late',
        'already-withdrawn',
      ],
    },
    async (c, { without, after }) => {
      const by = applicantOf(c);
      const submitted = await withApplication(c.req.param('application'), (applicationId) =>
        submitApplication(deps, { by, applicationId, without, ...(after !== undefined && { after }) }),
      );
      if (!submitted.ok) return submitted;
      const { application, receipt: written } = submitted.value;
      return ok({ receipt: written, sha256: application.receipt });
    },
  );

const receipt = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readReceipt',
      method: 'GET',
      path: '/api/applications/:application/receipt',
      who: 'signed-in',
      summary: 'The receipt of a submission; its canonical JSON has the SHA-256 beside it.',
      answer: { status: 200, schema: ReceiptAnswer },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await readReceipt(deps, { by, applicationId });
        return found.ok ? ok({ ...found.value, sha256: Sha256.parse(found.value.sha256) }) : found;
      });
    },
  );

const withdraw = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'withdrawApplication',
      method: 'POST',
      path: '/api/applications/:application/withdrawal',
      who: 'signed-in',
      audit: 'application-withdrawn',
      summary: 'Withdraws, with a reason if one is given. A second time changes nothing.',
      body: z.strictObject({ reasonCode: WithdrawalReason.default('not-said') }),
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'wrong-stage', 'held-by-check'],
    },
    async (c, { reasonCode }) => {
      const by = applicantOf(c);
      return applicationResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          withdrawApplication(deps, { by, applicationId, reasonCode }),
        ),
      );
    },
  );
