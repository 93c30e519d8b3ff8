import * as z from 'zod';
import { CardBody } from '#functions/api/cards.ts';
import { NoteBody } from '#functions/api/held-interviews.ts';
import { Line, lineAnswer, PlacedAnswer, ProvidedBody, placedAnswer } from '#functions/api/interviews.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onApplication, onRound } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { maxPlace } from '#functions/commands/interview-slots.ts';
import { cancelOwedInterview, planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { owedSteps, type ShownOwed, viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import {
  askOwedInterview,
  grantOwedInterview,
  refuseOwedInterview,
} from '#functions/commands/owed-interviews.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { ApplicationNumber, PanelId, PersonId } from '#shared/domain/ids.ts';
import { FoundBy, OwedInterview } from '#shared/domain/owed-interview.ts';
import { Instant, readInstant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

const all = '/api/rounds/:round/owed-interviews';
const one = `${all}/:application`;
const Reason = z.string().trim().min(1).max(maxReason);

const refusals = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'proposal-on-table',
  'conflict-of-interest',
  'disclosure-needed',
  'changed-meanwhile',
] as const;

const Answer = z.object({
  number: ApplicationNumber,
  step: z.enum(owedSteps),
  found: FoundBy,
  by: PersonId,
  at: Instant,
  reason: z.string().optional(),
  ended: z.object({ by: PersonId, at: Instant, reason: z.string().optional() }).optional(),
  slot: PlacedAnswer.optional(),
  cards: Line,
  /** What is open of what the applicant needs; told to the secretary while the interview is to come. */
  open: z.object({ toArrange: z.boolean(), lacking: z.boolean(), stepsUntold: z.boolean() }).optional(),
  total: z.number().optional(),
  counted: OwedInterview.shape.counted,
  cancelled: z.array(z.object({ startsAt: Instant.optional(), reason: z.string().optional() })),
});

/** Found to be owed, and nobody has asked for it yet. */
const UnaskedAnswer = z.object({ number: ApplicationNumber, found: FoundBy });

const answerOf = ({ applicationId: _id, said, ended, booked, line, cancelled, ...owed }: ShownOwed) => ({
  ...owed,
  reason: said,
  ended: ended && { by: ended.by, at: ended.at, reason: ended.said },
  slot: booked && placedAnswer(booked),
  cards: lineAnswer(line),
  cancelled: cancelled.map(({ startsAt, said: reason }) => ({ startsAt, reason })),
});

/** Interviews that somebody was owed and never got: granted by two people, then planned and held. */
export const owedInterviewOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('listOwedInterviews', 'owed-interview.read'),
      method: 'GET',
      path: all,
      summary:
        'Every interview that was owed in the round, by application number, with how far it is, and those that were found to be owed and nobody has asked for. One that is `scored` counts by a correction of the kind `totals` with `owed` and its `total`; while offers are made, the applicant then comes into their order, and none that was made is taken back. `closed` are those that are closed to the reader, with who may decide about them instead.',
      answer: {
        status: 200,
        schema: z.object({
          owed: z.array(Answer),
          unasked: z.array(UnaskedAnswer),
          closed: z.array(ClosedItem),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'disclosure-needed'],
    },
    (c) =>
      onRound(c, 'owed-interview.read', async (command) => {
        const found = await viewOwedInterviews(deps, command);
        if (!found.ok) return found;
        const { owed, unasked, closed } = found.value;
        return ok({
          owed: owed.map(answerOf),
          unasked: unasked.map(({ number, found: by }) => ({ number, found: by })),
          closed: [...closed],
        });
      }),
  ),
  send(
    {
      ...described('askOwedInterview', 'owed-interview.grant', 'owed-interview-asked'),
      method: 'POST',
      path: all,
      summary:
        'Asks, with a reason, that an application be given the interview that it was owed: an upheld claim or an applied correction must have found so. It counts once another person grants it.',
      body: z.strictObject({ application: ApplicationNumber, reason: Reason }),
      answer: { status: 204 },
      refusals: [...refusals, 'invalid', 'reason-needed'],
    },
    (c, asked) =>
      onRound(c, 'owed-interview.grant', async (command) =>
        done(await askOwedInterview(deps, { ...command, ...asked })),
      ),
  ),
  ...answering(deps),
  ...planning(deps),
  ...holding(deps),
];

const answering = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('grantOwedInterview', 'owed-interview.grant', 'owed-interview-granted'),
      method: 'POST',
      path: `${one}/grant`,
      summary: 'Grants what another person asked for; the applicant is told. A second time changes nothing.',
      answer: { status: 204 },
      refusals: [...refusals, 'second-person-needed', 'not-in-stage'],
    },
    (c) =>
      onApplication(c, 'owed-interview.grant', async (command) =>
        done(await grantOwedInterview(deps, command)),
      ),
  ),
  send(
    {
      ...described('refuseOwedInterview', 'owed-interview.grant', 'owed-interview-refused'),
      method: 'POST',
      path: `${one}/refusal`,
      summary: 'Ends what was asked for before it is granted, with a reason; also by who asked.',
      body: z.strictObject({ reason: Reason }),
      answer: { status: 204 },
      refusals: [...refusals, 'reason-needed'],
    },
    (c, { reason }) =>
      onApplication(c, 'owed-interview.grant', async (command) =>
        done(await refuseOwedInterview(deps, { ...command, reason })),
      ),
  ),
];

const planning = (deps: CommandDeps): Operation[] => [planIt(deps), ...unplanning(deps)];

const planIt = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('planOwedInterview', 'owed-interview.plan', 'owed-interview-planned'),
      method: 'PUT',
      path: `${one}/time`,
      summary:
        'Sets the time of an interview that was granted, outside the timetable, and tells the applicant. A time that stands is cancelled first.',
      body: z.strictObject({
        from: z.iso.datetime({ offset: true }),
        place: z.string().max(maxPlace).optional(),
        panel: PanelId.optional(),
        stations: z
          .array(z.strictObject({ station: z.string().max(40), panel: PanelId }))
          .max(20)
          .optional(),
        ...ProvidedBody,
      }),
      answer: { status: 204 },
      refusals: [...refusals, 'invalid', 'slot-unfit', 'not-in-stage'],
    },
    (c, { from, ...input }) =>
      onApplication(c, 'owed-interview.plan', async (command) => {
        const start = readInstant(from);
        if (!start)
          return refuse({ kind: 'invalid', faults: [{ place: '/from', message: 'round-file.moment' }] });
        return done(await planOwedInterview(deps, { ...command, from: start, ...input }));
      }),
  );

const unplanning = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('cancelOwedInterview', 'owed-interview.plan', 'owed-interview-cancelled'),
      method: 'POST',
      path: `${one}/cancellation`,
      summary:
        'Takes its time back, with a reason that the applicant reads; another one is owed as before. Once it has begun, `notHeld` says that it was not held to its end. A second time changes nothing.',
      body: z.strictObject({ reason: Reason, notHeld: z.boolean().optional() }),
      answer: { status: 204 },
      refusals: [...refusals, 'too-late', 'reason-needed'],
    },
    (c, input) =>
      onApplication(c, 'owed-interview.plan', async (command) =>
        done(await cancelOwedInterview(deps, { ...command, ...input })),
      ),
  ),
  send(
    {
      ...described('recordOwedAttendance', 'owed-interview.plan', 'interview-missed'),
      method: 'PUT',
      path: `${one}/interview/attendance`,
      summary:
        'Notes that somebody did not come to the interview that they were owed, or takes that back; from its beginning on, which `too-early` names as `until`.',
      body: z.strictObject({ came: z.boolean() }),
      answer: { status: 204 },
      refusals: [...refusals, 'not-in-stage', 'too-early'],
    },
    (c, { came }) =>
      onApplication(c, 'owed-interview.plan', async (command) =>
        done(await recordAttendance(deps, { ...command, owed: true, came })),
      ),
  ),
];

const holding = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('scoreOwedInterview', 'owed-interview.score', 'scorecard-given'),
      method: 'PUT',
      path: `${one}/interview/scorecard`,
      summary:
        'Gives the own scorecard of an interview that was owed and has begun, or a better one in its place, until it is in the results.',
      body: CardBody.extend({ station: z.string().max(40).optional() }),
      answer: { status: 204 },
      refusals: [...refusals, 'invalid', 'not-in-stage', 'too-early', 'not-assigned', 'not-allowed'],
    },
    (c, card) =>
      onApplication(c, 'owed-interview.score', async (command) =>
        done(await scoreInterview(deps, { ...command, ...card, owed: true })),
      ),
  ),
  send(
    {
      ...described('writeOwedInterviewNote', 'owed-interview.score', 'interview-noted'),
      method: 'PUT',
      path: `${one}/interview/note`,
      summary:
        'Keeps what a member of the panel writes down during an interview that was owed. Others read it once they gave their scorecard.',
      body: NoteBody,
      answer: { status: 204 },
      refusals: [...refusals, 'invalid', 'not-in-stage', 'too-early', 'not-assigned'],
    },
    (c, input) =>
      onApplication(c, 'owed-interview.score', async (command) =>
        done(await writeNote(deps, { ...command, ...input, owed: true })),
      ),
  ),
];
