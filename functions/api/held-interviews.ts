import * as z from 'zod';
import { LackName } from '#functions/api/bookings.ts';
import { GivenCard, givenCard, OtherCard, StandingCard, standingCard } from '#functions/api/cards.ts';
import { Line, lineAnswer, PlacedAnswer, placedAnswer } from '#functions/api/interviews.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { atWork, described, done, onApplication } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { arrangeNeeds, type NeedsView } from '#functions/commands/interview-needs.ts';
import { maxNote, writeNote } from '#functions/commands/interview-notes.ts';
import { recordAttendance } from '#functions/commands/interview-scorecards.ts';
import { type OneInterview, viewOneInterview } from '#functions/commands/one-interview.ts';
import { AccessNeed } from '#shared/domain/access-need.ts';
import { InterviewCriterion } from '#shared/domain/criterion.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

/** What those who hold an interview do. */
export const heldInterviewOperations = (deps: CommandDeps): Operation[] => [
  readInterview(deps),
  note(deps),
  attend(deps),
  arrange(deps),
  readOwed(deps),
  arrangeOwed(deps),
];

const one = '/api/rounds/:round/interviews/:application';
const oneOwed = '/api/rounds/:round/owed-interviews/:application/interview';

/** What is needed at an interview; told to the secretary alone. */
const NeedsAnswer = z.object({
  needs: z.array(AccessNeed),
  other: z.string().optional(),
  /** What the time that they have lacks of it. */
  lacking: z.array(LackName),
  /** They need a way without steps, and nobody said whether that time has one. */
  stepsUntold: z.boolean(),
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

const InterviewAnswer = z.object({
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
      /** The own note of the station. */
      note: z.string().optional(),
      /** When the station begins, as long as it has not: nothing is written of it before. */
      beginsAt: Instant.optional(),
    }),
  ),
  others: z.array(OtherCard.extend({ station: z.string().optional(), at: Instant })).optional(),
  /** The own note of an interview without stations, or one of before notes belonged to a station. */
  ownNote: z.string().optional(),
  otherNotes: z.array(z.object({ station: z.string().optional(), text: z.string() })),
  /** Questions that everybody is asked alike, and what answers are worth. */
  kit: z.array(InterviewCriterion.pick({ code: true, title: true, questions: true })),
});

const interviewAnswer = (found: OneInterview): z.input<typeof InterviewAnswer> => {
  const { place, line, name, needs, told, booked, cards, others } = found;
  return {
    application: lineAnswer(line),
    name,
    needs: needs && needsAnswer(needs),
    told: [...told],
    slot: booked && placedAnswer(booked),
    cards: cards.map(({ station: { code: station, title }, own, card, note, beginsAt }) => {
      return { station, title, own: givenCard(own), card: standingCard(card), note, beginsAt };
    }),
    others: others && [...others],
    ownNote: found.ownNote,
    otherNotes: [...found.otherNotes],
    kit: place.file.interviews.criteria.flatMap(({ code, title, questions }) =>
      questions ? [{ code, title, questions }] : [],
    ),
  };
};

const readInterview = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readInterview', 'interview.read'),
      method: 'GET',
      path: one,
      summary:
        'One interview with the name of the applicant, which is noted in the log of reads. Others’ scorecards are hidden until all own ones are in.',
      answer: { status: 200, schema: InterviewAnswer },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      onApplication(c, 'interview.read', async (command) => {
        const found = await viewOneInterview(deps, command);
        return found.ok ? ok(interviewAnswer(found.value)) : found;
      }),
  );

const readOwed = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('readOwedInterview', 'owed-interview.attend'),
      method: 'GET',
      path: oneOwed,
      summary:
        'As `readInterview`, of an interview that was owed: once it has its time, and for the secretary who plans it from when it is granted.',
      answer: { status: 200, schema: InterviewAnswer },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      onApplication(c, 'owed-interview.attend', async (command) => {
        const found = await viewOneInterview(deps, { ...command, owed: true });
        return found.ok ? ok(interviewAnswer(found.value)) : found;
      }),
  );

/** The station is named where who writes sits at several. */
export const NoteBody = z.strictObject({
  note: z.string().max(maxNote),
  station: z.string().max(40).optional(),
});

const note = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('writeInterviewNote', 'interview.score', 'interview-noted'),
      method: 'PUT',
      path: `${one}/note`,
      summary:
        'Keeps what a member of the panel writes down during the interview or the sample lesson, of one station where it has several. Others read it once they gave their scorecard.',
      body: NoteBody,
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
    (c, input) =>
      onApplication(c, 'interview.score', async (command) =>
        done(await writeNote(deps, { ...command, ...input })),
      ),
  );

const attend = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('recordAttendance', 'interview.attend', 'interview-missed'),
      method: 'PUT',
      path: `${one}/attendance`,
      summary:
        'Notes that somebody did not come to the interview, or takes that back; from its beginning on, which `too-early` names as `until`.',
      body: z.strictObject({ came: z.boolean() }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'too-early', 'proposal-on-table'],
    },
    (c, { came }) =>
      onApplication(c, 'interview.attend', async (command) =>
        done(await recordAttendance(deps, { ...command, came })),
      ),
  );

const arrangeBody = z.strictObject({ basis: Sha256, arranged: z.boolean() });
const arrangeRefusals = [...atWork, 'not-in-stage'] as const;

const arrange = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('arrangeNeeds', 'interview.plan', 'interview-needs-arranged'),
      method: 'PUT',
      path: `${one}/needs`,
      summary:
        'Says that what a person arranges of an applicant’s needs is arranged, or takes that back. `basis` names what was read; where something else is needed by now, it is refused.',
      body: arrangeBody,
      answer: { status: 204 },
      refusals: arrangeRefusals,
    },
    (c, input) =>
      onApplication(c, 'interview.plan', async (command) =>
        done(await arrangeNeeds(deps, { ...command, ...input })),
      ),
  );

const arrangeOwed = (deps: CommandDeps): Operation =>
  send(
    {
      ...described('arrangeOwedNeeds', 'owed-interview.plan', 'interview-needs-arranged'),
      method: 'PUT',
      path: `${oneOwed}/needs`,
      summary: 'As `arrangeNeeds`, of an interview that was owed, until it is counted.',
      body: arrangeBody,
      answer: { status: 204 },
      refusals: arrangeRefusals,
    },
    (c, input) =>
      onApplication(c, 'owed-interview.plan', async (command) =>
        done(await arrangeNeeds(deps, { ...command, ...input, owed: true })),
      ),
  );
