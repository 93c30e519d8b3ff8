import * as z from 'zod';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { RoundAnswer, roundAnswer, versionedOf, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { importRoundFile, importVacancies } from '#functions/commands/round-import.ts';
import { roundRecipients } from '#functions/commands/round-letters.ts';
import { cancelRound, extendDeadline, openCall } from '#functions/commands/round-stages.ts';
import { everyRound, previewRound } from '#functions/commands/rounds.ts';
import { requireActor } from '#functions/http/authorize.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { type Round } from '#shared/domain/round.ts';
import { Previewed } from '#shared/domain/round-call.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { Advice, adviceOn } from '#shared/domain/round-file-advice.ts';
import { Shown } from '#shared/domain/shown-recipients.ts';
import { Texts } from '#shared/domain/texts.ts';
import { readInstant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Translator, translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const administrators = ['administrator'] as const;

/** Advice with its words and its source in every language. */
const SaidAdvice = Advice.extend({ said: Texts, source: Texts });

const adviceIn = (file: RoundFile): z.infer<typeof SaidAdvice>[] =>
  adviceOn(file).map((one) =>
    Object.assign(one, {
      said: inAll((t) => t(`round-file.advice.${one.code}`, one.facts)),
      source: inAll((t) => t(`round-file.advice.${one.code}.source`)),
    }),
  );

const inAll = (say: (t: Translator) => string): Texts => ({
  kk: say(translator('kk')),
  ru: say(translator('ru')),
  en: say(translator('en')),
});

/** What administrators do with rounds. */
export const roundOperations = (deps: CommandDeps): Operation[] => [
  listRoundsOperation(deps),
  draftRoundOperation(deps),
  readRoundOperation(deps),
  replaceRoundFileOperation(deps),
  importVacanciesOperation(deps),
  openCallOperation(deps),
  recipientsOperation(deps),
  extendDeadlineOperation(deps),
  cancelRoundOperation(deps),
];

const listRoundsOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listRounds',
      method: 'GET',
      path: '/api/rounds',
      who: administrators,
      summary: 'All rounds of the region, newest first, drafts included.',
      answer: { status: 200, schema: z.object({ rounds: z.array(RoundAnswer) }) },
    },
    async () => ok({ rounds: (await everyRound(deps)).map(roundAnswer) }),
  );

const draftRoundOperation = (deps: CommandDeps): Operation =>
  sendFile(
    {
      id: 'draftRound',
      method: 'POST',
      path: '/api/rounds',
      who: administrators,
      audit: 'round-drafted',
      summary: 'Drafts a round from a round file; every fault of the file is listed with its place.',
      type: 'application/json',
      answer: { status: 201, schema: RoundAnswer },
      refusals: ['intake-taken'],
    },
    async (c, file) =>
      roundResult(await importRoundFile(deps, { by: requireActor(c, administrators), file })),
  );

const readRoundOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readRound',
      method: 'GET',
      path: '/api/rounds/:round',
      who: administrators,
      summary:
        'A round in any stage with its file: what to look at before opening the call, and what in its design measures badly as a rule. Advice refuses nothing.',
      answer: {
        status: 200,
        schema: RoundAnswer.extend({ roundFile: RoundFile, vacancies: z.int(), advice: z.array(SaidAdvice) }),
      },
      refusals: ['not-found'],
    },
    async (c) => {
      const found = await withRound(c.req.param('round'), (id) => previewRound(deps, id));
      if (!found.ok) return found;
      const { file, vacancies } = found.value;
      return ok({
        ...roundAnswer(versionedOf(found.value)),
        roundFile: file,
        vacancies: vacancies.length,
        advice: adviceIn(file),
      });
    },
  );

const replaceRoundFileOperation = (deps: CommandDeps): Operation =>
  sendFile(
    {
      id: 'replaceRoundFile',
      method: 'PUT',
      path: '/api/rounds/:round/round-file',
      who: administrators,
      audit: 'round-file-replaced',
      summary: 'Replaces the file of a draft.',
      type: 'application/json',
      answer: { status: 200, schema: RoundAnswer },
      refusals: ['not-found', 'wrong-stage', 'intake-taken', 'changed-meanwhile'],
    },
    async (c, file) => {
      const by = requireActor(c, administrators);
      return roundResult(
        await withRound(c.req.param('round'), (roundId) => importRoundFile(deps, { by, file, roundId })),
      );
    },
  );

const importVacanciesOperation = (deps: CommandDeps): Operation =>
  sendFile(
    {
      id: 'importVacancies',
      method: 'PUT',
      path: '/api/rounds/:round/vacancies',
      who: administrators,
      audit: 'vacancies-imported',
      summary:
        'Makes the vacancies of a CSV file the register of a draft; every fault is listed with line and column.',
      type: 'text/csv',
      answer: { status: 200, schema: RoundAnswer },
      refusals: ['not-found', 'wrong-stage', 'changed-meanwhile'],
    },
    async (c, file) => {
      const by = requireActor(c, administrators);
      return roundResult(
        await withRound(c.req.param('round'), (roundId) => importVacancies(deps, { by, file, roundId })),
      );
    },
  );

const openCallOperation = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'openCall',
      method: 'POST',
      path: '/api/rounds/:round/opening',
      who: administrators,
      audit: 'call-opened',
      summary:
        'Opens the call with the file and the register that were looked at: exactly these are pinned, or nothing is. Opening an open call changes nothing.',
      body: Previewed,
      answer: { status: 200, schema: RoundAnswer },
      refusals: [
        'not-found',
        'no-vacancies',
        'call-too-short',
        'too-late',
        'wrong-stage',
        'changed-meanwhile',
      ],
    },
    async (c, previewed) => {
      const by = requireActor(c, administrators);
      return roundResult(
        await withRound(c.req.param('round'), (roundId) => openCall(deps, { by, roundId, previewed })),
      );
    },
  );

const recipientsOperation = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'countRecipients',
      method: 'GET',
      path: '/api/rounds/:round/recipients',
      who: administrators,
      summary:
        'To how many people a letter to everyone in the round goes now: what extending its deadline and cancelling it ask for, within an hour.',
      answer: { status: 200, schema: Shown },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await previewRound(deps, roundId);
        return found.ok ? ok(await roundRecipients(deps, roundId)) : found;
      }),
  );

const extendDeadlineOperation = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'extendDeadline',
      method: 'POST',
      path: '/api/rounds/:round/deadline',
      who: administrators,
      audit: 'deadline-extended',
      summary:
        'Moves the deadline of an open call to a later moment and writes to everyone who has begun: to as many as were shown. It must be before the end of every later stage, and less than 365 days ahead.',
      body: z.strictObject({ closesAt: z.iso.datetime({ offset: true }), shown: Shown }),
      answer: { status: 200, schema: RoundAnswer },
      refusals: [
        'not-found',
        'wrong-stage',
        'too-late',
        'deadline-not-later',
        'deadline-too-late',
        'recipients-differ',
        'changed-meanwhile',
      ],
    },
    async (c, input) => {
      const by = requireActor(c, administrators);
      const closesAt = readInstant(input.closesAt);
      if (!closesAt) {
        return refuse({ kind: 'invalid', faults: [{ place: '/closesAt', message: 'round-file.moment' }] });
      }
      return roundResult(
        await withRound(c.req.param('round'), (roundId) =>
          extendDeadline(deps, { by, roundId, closesAt, shown: input.shown }),
        ),
      );
    },
  );

const cancelRoundOperation = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'cancelRound',
      method: 'POST',
      path: '/api/rounds/:round/cancellation',
      who: rolesFor('round.cancel'),
      does: 'round.cancel',
      audit: 'round-cancelled',
      summary:
        'Cancels a round, with a reason, and writes to everyone who has begun: to as many as were shown. The reason of an opened call is public.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason), shown: Shown }),
      answer: { status: 200, schema: RoundAnswer },
      refusals: ['not-found', 'wrong-stage', 'recipients-differ', 'changed-meanwhile'],
    },
    async (c, { reason, shown }) => {
      const by = requireActor(c, administrators);
      return roundResult(
        await withRound(c.req.param('round'), (roundId) => cancelRound(deps, { by, roundId, reason, shown })),
      );
    },
  );

const roundResult = (
  outcome: Result<Versioned<Round>, Refusal>,
): Result<z.input<typeof RoundAnswer>, Refusal> => (outcome.ok ? ok(roundAnswer(outcome.value)) : outcome);
