import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { Debt } from '#functions/api/edition-debts.ts';
import { mostTyped } from '#functions/api/marks.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { scoreReportOperations } from '#functions/api/score-reports.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import { applyCorrection, showCorrection } from '#functions/commands/correction-applying.ts';
import type { CorrectedOffers } from '#functions/commands/correction-offers.ts';
import { askCorrection, refuseCorrection, withdrawCorrection } from '#functions/commands/corrections.ts';
import { correctionsOf, type SaidCorrection } from '#functions/commands/corrections-list.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ApplicationNumber, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Affected, Cutoffs } from '#shared/replay/affected.ts';
import { Correction, Corrects } from '#shared/replay/correction.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const all = '/api/rounds/:round/corrections';
const one = `${all}/:correction`;
const Reason = z.string().trim().min(1).max(maxReason);

const refusals = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'proposal-on-table',
  'already-decided',
  'changed-meanwhile',
  'no-proposal',
] as const;

const Answer = Correction.omit({ reason: true, ended: true }).extend({
  said: z.string().optional(),
  ended: z.object({ by: PersonId, at: Instant }).optional(),
  answer: z.string().optional(),
});

const answerOf = ({ reason: _reason, ended, said, answer, ...rest }: SaidCorrection) => ({
  ...rest,
  ...(said !== undefined && { said }),
  ...(ended && { ended: { by: ended.by, at: ended.at } }),
  ...(answer !== undefined && { answer }),
});

/** Corrections of results: one person asks, another one has seen whom it concerns and applies it. */
export const correctionOperations = (deps: ApiDeps): Operation[] => [
  ...scoreReportOperations(deps),
  ask(
    {
      ...described('listCorrections', 'correction.read'),
      method: 'GET',
      path: all,
      summary:
        'Every correction of the results of a round that was asked for, newest first; `closed` are those of an application that is closed to the reader, with who may decide about them instead.',
      answer: {
        status: 200,
        schema: z.object({ corrections: z.array(Answer), closed: z.array(ClosedItem) }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'correction.read', async (command) => {
        const found = await correctionsOf(deps, command);
        if (!found.ok) return found;
        const { corrections, closed } = found.value;
        return ok({ corrections: corrections.map(answerOf), closed: [...closed] });
      }),
  ),
  send(
    {
      ...described('askResultCorrection', 'correction.apply', 'correction-asked'),
      method: 'POST',
      path: all,
      summary:
        'Asks for a correction that was tried, with a reason. Nothing changes before another person applies it. `marks-file` names a file of marks that waits, `undo` a correction that was applied.',
      body: z.strictObject({ corrects: Corrects, reason: Reason }),
      answer: { status: 200, schema: z.object({ number: z.int() }) },
      refusals: [...refusals, 'invalid', 'reason-needed', 'conflict-of-interest'],
    },
    (c, asked) =>
      onRound(c, 'correction.apply', async (command) => {
        const found = await askCorrection(deps, { ...command, ...asked });
        return found.ok ? ok({ number: found.value.state.corrections.length }) : found;
      }),
  ),
  showing(deps),
  ...answering(deps),
];

/** What follows for the offers, where these would go by the corrected results. */
export const OffersAfter = z.object({
  /** The edition of the final results that offers go by from then on. */
  edition: z.int(),
  comeIn: z.array(ApplicationNumber),
  stop: z.array(ApplicationNumber),
  /** Offers that go out at once. */
  next: z.int(),
  waiting: z.array(
    z.object({
      number: ApplicationNumber,
      vacancy: z.string(),
      before: z.int().optional(),
      after: z.int().optional(),
    }),
  ),
  debts: z.array(Debt),
  walled: z.int(),
});

export const offersAnswer = ({
  comeIn,
  stop,
  waiting,
  debts,
  ...counts
}: CorrectedOffers): z.input<typeof OffersAfter> => ({
  ...counts,
  comeIn: [...comeIn],
  stop: [...stop],
  waiting: [...waiting],
  debts: [...debts],
});

const showing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('showResultCorrection', 'correction.read'),
      method: 'GET',
      path: one,
      summary:
        'What a correction that waits changes, for whom, what is owed to each, and how many get a letter. `shown`, `recipients` and, of a file of marks, the marks of `sample`, typed from another copy, go into its application. `offers`, while offers are made: who would come onto the board and who is offered nothing more, whose place on a waiting list becomes another, and what is owed to whom.',
      answer: {
        status: 200,
        schema: z.object({
          number: z.int(),
          status: Correction.shape.status,
          corrects: Corrects,
          recipients: z.int(),
          shown: Sha256,
          cutoffs: Cutoffs.optional(),
          affected: z.array(Affected).optional(),
          offers: OffersAfter.optional(),
          sample: z.array(z.object({ number: ApplicationNumber, criterion: z.string() })),
        }),
      },
      refusals: [
        'not-found',
        'wrong-stage',
        'conflict-of-interest',
        'no-proposal',
        'invalid',
        'changed-meanwhile',
      ],
    },
    (c) =>
      onOne(c, 'correction.read', async (command) => {
        const found = await showCorrection(deps, command);
        if (!found.ok) return found;
        const { correction, effects, recipients, digest, marks, offers } = found.value;
        const { number, status, corrects } = correction;
        return ok({
          number,
          status,
          corrects,
          recipients,
          shown: digest,
          ...(effects && { cutoffs: effects.cutoffs, affected: [...effects.affected] }),
          ...(offers && { offers: offersAnswer(offers) }),
          sample: [...(marks?.sample ?? [])],
        });
      }),
  );

const answering = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('applyResultCorrection', 'correction.apply', 'correction-applied'),
      method: 'POST',
      path: `${one}/application`,
      summary:
        'Applies what another person asked for, as it was shown. It counts in every later proposal; offers stay, and those whom it concerns are told where they were told of results before.',
      body: z.strictObject({
        shown: Sha256,
        recipients: z.int().min(0),
        sample: z.array(z.string()).max(mostTyped).default([]),
      }),
      answer: { status: 204 },
      refusals: [
        ...refusals,
        'invalid',
        'second-person-needed',
        'recipients-differ',
        'conflict-of-interest',
        'reason-needed',
      ],
    },
    (c, { recipients: confirmed, ...shown }) =>
      onOne(c, 'correction.apply', async (command) =>
        done(await applyCorrection(deps, { ...command, ...shown, confirmed })),
      ),
  ),
  send(
    {
      ...described('refuseResultCorrection', 'correction.apply', 'correction-refused'),
      method: 'POST',
      path: `${one}/refusal`,
      summary: 'Answers no to a correction that another person asked for, with a reason.',
      body: z.strictObject({ reason: Reason }),
      answer: { status: 204 },
      refusals: [...refusals, 'second-person-needed', 'conflict-of-interest', 'reason-needed'],
    },
    (c, { reason }) =>
      onOne(c, 'correction.apply', async (command) =>
        done(await refuseCorrection(deps, { ...command, reason })),
      ),
  ),
  ask(
    {
      ...described('withdrawResultCorrection', 'correction.apply', 'correction-withdrawn'),
      method: 'POST',
      path: `${one}/withdrawal`,
      summary: 'Takes the own request for a correction back.',
      answer: { status: 204 },
      refusals: [...refusals, 'conflict-of-interest'],
    },
    (c) => onOne(c, 'correction.apply', async (command) => done(await withdrawCorrection(deps, command))),
  ),
];

const onOne = <T>(
  c: Context,
  action: Action,
  work: (command: CommitteeCommand & { correction: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, action, async (command) => {
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('correction'));
    return number.success
      ? await work({ ...command, correction: number.data })
      : refuse({ kind: 'not-found', what: 'correction' });
  });
