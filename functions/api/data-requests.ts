import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import {
  askCorrection,
  askErasure,
  maxRequestText,
  withdrawConsent,
} from '#functions/commands/data-requests.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { chooseLetterLanguage } from '#functions/commands/letter-language.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { type DataRequest, DataRequestKind, Outcome } from '#shared/domain/data-request.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { DataRequestId } from '#shared/domain/ids.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = CommandDeps & SignInDeps;

export const RequestAnswer = z.object({
  id: DataRequestId,
  kind: DataRequestKind,
  filedAt: Instant,
  /** The end of the last working day on which staff may answer. */
  dueAt: Instant,
  answeredAt: Instant.optional(),
  outcome: Outcome.optional(),
});

/** What people see of their data, and ask about them. */
export const dataRequestOperations = (deps: Deps): Operation[] => [
  readOwnData(deps),
  chooseLanguage(deps),
  correction(deps),
  consent(deps),
  erasure(deps),
];

const filed = { who: 'signed-in', audit: 'data-request-filed', method: 'POST' } as const;

const readOwnData = (deps: Deps): Operation =>
  ask(
    {
      id: 'readOwnData',
      method: 'GET',
      path: '/api/account/data',
      who: 'signed-in',
      summary: 'What the region holds about whoever asks, as `/schemas/personal-data-1.json` describes it.',
      answer: { status: 200, schema: PersonalData },
    },
    async (c) => ok(await personalDataOf(deps, applicantOf(c))),
  );

const chooseLanguage = (deps: Deps): Operation =>
  send(
    {
      id: 'chooseLetterLanguage',
      method: 'POST',
      path: '/api/account/language',
      who: 'signed-in',
      summary: 'Letters come in this language from now on, whichever the pages are in.',
      body: z.strictObject({ locale: Locale }),
      answer: { status: 204 },
    },
    async (c, { locale }) => {
      await chooseLetterLanguage(deps, { personId: applicantOf(c).personId, locale });
      return ok(undefined);
    },
  );

const correction = (deps: Deps): Operation =>
  send(
    {
      ...filed,
      id: 'askCorrection',
      path: '/api/applications/:application/correction',
      summary: 'Asks that what was submitted be corrected; while the call is open, amend it instead.',
      body: z.strictObject({ text: z.string().trim().min(1).max(maxRequestText) }),
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c, { text }) =>
      requestResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          askCorrection(deps, { by: applicantOf(c), applicationId, text }),
        ),
      ),
  );

const consent = (deps: Deps): Operation =>
  ask(
    {
      ...filed,
      id: 'withdrawConsent',
      path: '/api/applications/:application/consent-withdrawal',
      summary:
        'Withdraws the consent to processing. An application in a running selection is withdrawn at once; staff confirm within 15 working days.',
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c) =>
      requestResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          withdrawConsent(deps, { by: applicantOf(c), applicationId }),
        ),
      ),
  );

const erasure = (deps: Deps): Operation =>
  ask(
    {
      ...filed,
      id: 'askErasure',
      path: '/api/account/erasure',
      summary: 'Asks that the account and everything in it be erased.',
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-erasable', 'changed-meanwhile'],
    },
    async (c) => requestResult(await askErasure(deps, { by: applicantOf(c) })),
  );

export const requestAnswer = ({
  id,
  kind,
  filedAt,
  dueAt,
  answered,
}: DataRequest): z.input<typeof RequestAnswer> => ({
  id,
  kind,
  filedAt,
  dueAt,
  answeredAt: answered?.at,
  outcome: answered?.outcome,
});

export const requestResult = (
  outcome: Result<Versioned<DataRequest>, Refusal>,
): Result<z.input<typeof RequestAnswer>, Refusal> =>
  outcome.ok ? ok(requestAnswer(outcome.value.state)) : outcome;
