import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import type { PlacedSlot } from '#functions/commands/interview-stations.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { Provision, Unkept } from '#shared/domain/access-need.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { Panel } from '#shared/domain/panel.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

/** What applicants do about their interview. */
export const bookingOperations = (deps: CommandDeps): Operation[] => [
  readOwnInterview(deps),
  wish(deps),
  book(deps),
  cancel(deps),
];

const path = '/api/applications/:application/interview';

const held = {
  where: z.string(),
  /** Who holds it; absent where the whole committee does. */
  panel: Panel.pick({ number: true, languages: true, stepFree: true }).optional(),
};

export const LackName = z.enum(['language', ...Unkept.options]);

const OwnSlot = z.object({
  id: SlotId,
  startsAt: Instant,
  endsAt: Instant,
  ...held,
  /** What is there, at every station, for who needs it. */
  provides: z.array(Provision),
  /** Whether it is reached without steps; absent where nobody said: it counts as if it were. */
  stepFree: z.boolean().optional(),
  /** One after the other, where interviews have several; `where` and `panel` are then those of the first. */
  stations: z.array(z.object({ title: Texts, startsAt: Instant, endsAt: Instant, ...held })).optional(),
});

const slotAnswer = ({
  slot: { id, startsAt, endsAt },
  parts,
  provides,
  stepFree,
}: PlacedSlot): z.input<typeof OwnSlot> => {
  const [first] = parts;
  const stations = parts.flatMap(({ title, code: _code, ...part }) =>
    title ? [Object.assign(part, { title })] : [],
  );
  return {
    id,
    startsAt,
    endsAt,
    where: first?.where ?? '',
    panel: first?.panel,
    provides: [...provides],
    stepFree,
    ...(stations.length > 0 && { stations }),
  };
};

const readOwnInterview = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnInterview',
      method: 'GET',
      path,
      who: 'signed-in',
      summary: 'The own booking, what was asked of it, and the times that are free now and suit it.',
      answer: {
        status: 200,
        schema: z.object({
          invited: z.boolean(),
          missed: z.boolean(),
          /** One that is owed and held after its stage: how far it is, and why its last time was cancelled. */
          owed: z
            .object({
              status: z.enum(['granted', 'planned', 'counted']),
              missed: z.boolean(),
              cancelled: z.object({ at: Instant, reason: z.string() }).optional(),
            })
            .optional(),
          /** Whether what is asked can be said anew now. */
          mayWish: z.boolean(),
          /** The committee could not keep the last booking, which was to begin at `startsAt`. */
          calledOff: z.object({ at: Instant, reason: z.string(), startsAt: Instant.optional() }).optional(),
          asked: InterviewWishes,
          booked: OwnSlot.optional(),
          free: z.array(OwnSlot),
          /** Free times that are left out, since what is asked is not there: how many, and how many lack each thing. */
          left: z.object({ times: z.int(), lacks: z.partialRecord(LackName, z.int()) }),
          /** What the booked time lacks of what is asked by now. */
          lacking: z.array(LackName),
        }),
      },
      refusals: ['not-found'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await viewInterview(deps, { by, applicationId });
        if (!found.ok) return found;
        const { invited, missed, owed, mayWish, calledOff, asked, booked, free, left, lacking } = found.value;
        const own = booked && slotAnswer(booked);
        const lacks = Object.fromEntries(left.lacks);
        return ok({
          invited,
          missed,
          owed,
          mayWish,
          calledOff,
          asked,
          booked: own,
          free: free.map(slotAnswer),
          left: { times: left.times, lacks },
          lacking: [...lacking],
        });
      });
    },
  );

const wish = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'wishForInterview',
      method: 'PUT',
      path: `${path}/wishes`,
      who: rolesFor('interview.wish'),
      does: 'interview.wish',
      audit: 'interview-wished',
      summary:
        'Says in which language the interview should be, what is needed at it, and which times suit best. Without `needs` and `other`, what the form says of these stands. A booking stays as it is, and what was confirmed to be arranged as long as the same is needed. Of an interview that is owed it can be said until that begins.',
      body: InterviewWishes,
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'not-in-stage',
        'too-late',
        'gate-not-open',
        'proposal-on-table',
        'already-decided',
        'changed-meanwhile',
      ],
    },
    (c, wishes) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        wishForInterview(deps, { by, applicationId, wishes }),
      );
    },
  );

const book = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'bookInterview',
      method: 'PUT',
      path,
      who: rolesFor('interview.book'),
      does: 'interview.book',
      audit: 'interview-booked',
      summary: 'Books an interview, or moves the booking to another time. The same again changes nothing.',
      body: z.strictObject({ slot: SlotId }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'not-in-stage',
        'slot-taken',
        'slot-unfit',
        'too-late',
        'gate-not-open',
        'proposal-on-table',
        'already-decided',
        'changed-meanwhile',
      ],
    },
    (c, { slot: slotId }) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        bookInterview(deps, { by, applicationId, slotId }),
      );
    },
  );

const cancel = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'cancelInterview',
      method: 'DELETE',
      path,
      who: rolesFor('interview.book'),
      does: 'interview.book',
      audit: 'interview-cancelled',
      summary: 'Gives the booked time back, until it begins. Without a booking nothing changes.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'not-in-stage', 'too-late', 'proposal-on-table'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        cancelInterview(deps, { by, applicationId }),
      );
    },
  );
