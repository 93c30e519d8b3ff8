import type { Context } from 'hono';
import * as z from 'zod';
import { LackName } from '#functions/api/bookings.ts';
import { GivenCard, givenCard, OtherCard, StandingCard, standingCard } from '#functions/api/cards.ts';
import { Line, lineAnswer, PlacedAnswer, placedAnswer } from '#functions/api/interviews.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { arrangeNeeds, type NeedsView } from '#functions/commands/interview-needs.ts';
import { maxNote, writeNote } from '#functions/commands/interview-notes.ts';
import { recordAttendance } from '#functions/commands/interview-scorecards.ts';
import { viewOneInterview } from '#functions/commands/interview-view.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { AccessNeed } from '#shared/domain/access-need.ts';
import { InterviewCriterion } from '#shared/domain/criterion.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** What those who hold an interview do. */
export const heldInterviewOperations = (deps: CommandDeps): Operation[] => [
  readInterview(deps),
  note(deps),
  attend(deps),
  arrange(deps),
];

const path = '/api/rounds/:round';

/** What is needed at an interview; told to the secretary alone. */
const NeedsAnswer = z.object({
  needs: z.array(AccessNeed),
  other: z.string().optional(),
  /** What the time that they have lacks of it. */
  lacking: z.array(LackName),
  /** What a person arranges; `basis` is sent to confirm it. */
  arranging: z.object({
    needs: z.array(AccessNeed),
    basis: Sha256.optional(),
    arrangedAt: Instant.optional(),
  }),
});

const needsAnswer = ({ needs, lacking, arranging, ...rest }: NeedsView): z.input<typeof NeedsAnswer> => ({
  ...rest,
  needs: [...needs],
  lacking: [...lacking],
  arranging: { ...arranging, needs: [...arranging.needs] },
});

const readInterview = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readInterview',
      method: 'GET',
      path: `${path}/interviews/:application`,
      who: rolesFor('interview.read'),
      does: 'interview.read',
      summary:
        'One interview with the name of the applicant, which is noted in the log of reads. Others’ scorecards are hidden until all own ones are in.',
      answer: {
        status: 200,
        schema: z.object({
          application: Line,
          name: z.string(),
          needs: NeedsAnswer.optional(),
          /** Of it what the reader must know to hold the interview. */
          told: z.array(AccessNeed),
          slot: PlacedAnswer.optional(),
          /** The own cards, one for each station where the visitor sits; a single one where interviews have none. */
          cards: z.array(
            z.object({
              station: z.string().optional(),
              title: Texts.optional(),
              own: GivenCard.optional(),
              card: StandingCard,
            }),
          ),
          others: z.array(OtherCard.extend({ station: z.string().optional(), at: Instant })).optional(),
          ownNote: z.string().optional(),
          otherNotes: z.array(z.string()),
          /** Questions that everybody is asked alike, and what answers are worth. */
          kit: z.array(InterviewCriterion.pick({ code: true, title: true, questions: true })),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      interviewOf(c, 'interview.read', async (command) => {
        const found = await viewOneInterview(deps, command);
        if (!found.ok) return found;
        const { place, line, name, needs, told, booked, cards, others } = found.value;
        return ok({
          application: lineAnswer(line),
          name,
          needs: needs && needsAnswer(needs),
          told: [...told],
          slot: booked && placedAnswer(booked),
          cards: cards.map(({ station: { code: station, title }, own, card }) => {
            return { station, title, own: givenCard(own), card: standingCard(card) };
          }),
          others: others && [...others],
          ownNote: found.value.ownNote,
          otherNotes: [...found.value.otherNotes],
          kit: place.file.interviews.criteria.flatMap(({ code, title, questions }) =>
            questions ? [{ code, title, questions }] : [],
          ),
        });
      }),
  );

const note = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'writeInterviewNote',
      method: 'PUT',
      path: `${path}/interviews/:application/note`,
      who: rolesFor('interview.score'),
      does: 'interview.score',
      audit: 'interview-noted',
      summary:
        'Keeps what a member of the panel writes down during the interview or the sample lesson. Others read it once they gave their scorecard.',
      body: z.strictObject({ note: z.string().max(maxNote) }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'not-in-stage',
        'too-early',
        'not-assigned',
        'conflict-of-interest',
        'proposal-on-table',
        'changed-meanwhile',
      ],
    },
    (c, input) => interviewOf(c, 'interview.score', (command) => writeNote(deps, { ...command, ...input })),
  );

const attend = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'recordAttendance',
      method: 'PUT',
      path: `${path}/interviews/:application/attendance`,
      who: rolesFor('interview.attend'),
      does: 'interview.attend',
      audit: 'interview-missed',
      summary: 'Notes that somebody did not come to the interview, or takes that back.',
      body: z.strictObject({ came: z.boolean() }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'too-early', 'proposal-on-table'],
    },
    (c, { came }) =>
      interviewOf(c, 'interview.attend', (command) => recordAttendance(deps, { ...command, came })),
  );

const arrange = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'arrangeNeeds',
      method: 'PUT',
      path: `${path}/interviews/:application/needs`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'interview-needs-arranged',
      summary:
        'Says that what a person arranges of an applicant’s needs is arranged, or takes that back. `basis` names what was read; where something else is needed by now, it is refused.',
      body: z.strictObject({ basis: Sha256, arranged: z.boolean() }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'not-in-stage',
        'conflict-of-interest',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'changed-meanwhile',
      ],
    },
    (c, input) => interviewOf(c, 'interview.plan', (command) => arrangeNeeds(deps, { ...command, ...input })),
  );

const interviewOf = <T>(
  c: Context,
  action: Action,
  work: (command: CandidacyCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const by = requireActor(c, rolesFor(action));
  return withRound(c.req.param('round'), (roundId) =>
    withApplication(c.req.param('application'), (applicationId) => work({ by, roundId, applicationId })),
  );
};
