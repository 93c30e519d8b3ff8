import * as z from 'zod';
import { interviewCardOperations } from '#functions/api/interview-cards.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { atWork } from '#functions/api/selection.ts';
import { sittingsOperation } from '#functions/api/sittings.ts';
import { tellStepsOperation } from '#functions/api/slot-steps.ts';
import { moveStation } from '#functions/api/station-moves.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import type { InterviewLine } from '#functions/commands/interview-lines.ts';
import { maxPlace, planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import type { PlacedSlot } from '#functions/commands/interview-stations.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Longer, Provision } from '#shared/domain/access-need.ts';
import { ApplicationId, ApplicationNumber, PanelId, SlotId } from '#shared/domain/ids.ts';
import { permit, rolesFor } from '#shared/domain/permission.ts';
import { Instant, readInstant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

/** How committees plan interviews. */
export const interviewOperations = (deps: CommandDeps): Operation[] => [
  listInterviews(deps),
  plan(deps),
  remove(deps),
  callOff(deps),
  moveStation(deps),
  tellStepsOperation(deps),
  sittingsOperation(deps),
  ...interviewCardOperations(deps),
];

export const Line = z.object({
  applicationId: ApplicationId,
  number: ApplicationNumber,
  missed: z.boolean(),
  given: z.int(),
  needed: z.int(),
  own: z.boolean(),
  sits: z.boolean(),
  short: z.boolean(),
  /** The same at each station, where interviews have several. */
  stations: z
    .array(
      z.object({
        station: z.string(),
        given: z.int(),
        needed: z.int(),
        own: z.boolean(),
        sits: z.boolean(),
        short: z.boolean(),
      }),
    )
    .optional(),
});

export const lineAnswer = ({ stations, ...line }: InterviewLine): z.input<typeof Line> => {
  const told = stations.flatMap(({ station: { code }, ...one }) =>
    code === undefined ? [] : [Object.assign(one, { station: code })],
  );
  return { ...line, ...(told.length > 0 && { stations: told }) };
};

const SlotAnswer = z.object({ id: SlotId, startsAt: Instant, endsAt: Instant });

const PlacedStation = z.object({
  station: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  where: z.string(),
  panel: PanelId.optional(),
});

/** A slot with where it is held; `where` and `panel` are those of the first station, where there are some. */
export const PlacedAnswer = SlotAnswer.extend({
  where: z.string(),
  panel: PanelId.optional(),
  stations: z.array(PlacedStation).optional(),
});

export const placedAnswer = ({ slot, parts }: PlacedSlot): z.input<typeof PlacedAnswer> => {
  const { id, startsAt, endsAt } = slot;
  const stations = parts.flatMap(({ code, title: _title, panel, ...part }) =>
    code === undefined ? [] : [Object.assign(part, { station: code, panel: panel?.id })],
  );
  const [first] = parts;
  const where = first?.where ?? '';
  return {
    id,
    startsAt,
    endsAt,
    where,
    panel: first?.panel?.id,
    ...(stations.length > 0 && { stations }),
  };
};

/** What is said of times that are planned. */
export const ProvidedBody = {
  /** What is there besides what the panels provide. */
  provides: z.array(Provision).max(Provision.options.length).optional(),
  /** Whether `place` is reached without steps; a panel says it of its own. Absent: nobody says, and it counts as if it were. */
  stepFree: z.boolean().optional(),
  /** By how many percent each is longer than the round file says. */
  longer: Longer.optional(),
};

/** What a time has for who needs it; beside a number it would tell of health, so only who plans is told. */
const provided = z.object({
  provides: z.array(Provision),
  /** Whether it is reached without steps; absent where nobody said, and counted as if it were. */
  stepFree: z.boolean().optional(),
  /** By how many percent it is longer than the round file asks. */
  longer: z.number(),
});

const providedAnswer = ({ provides, stepFree, longer }: PlacedSlot): z.input<typeof provided> => ({
  provides: [...provides],
  stepFree,
  longer,
});

const PlanAnswer = PlacedAnswer.extend({
  provided: provided.optional(),
  application: Line.optional(),
  /** Taken by an application that a conflict of interest closes to the reader. */
  walled: z.literal('conflict').optional(),
  /** Another round of the region takes somebody or the room then, so nobody can book it; told to who plans. */
  engaged: z.literal(true).optional(),
});

const path = '/api/rounds/:round';

const listInterviews = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listInterviews',
      method: 'GET',
      path: `${path}/interviews`,
      who: rolesFor('candidacy.read'),
      does: 'candidacy.read',
      summary:
        'The plan of the interviews in the order of time, by application number; to who plans also what each time has for who needs something.',
      answer: {
        status: 200,
        schema: z.object({
          slots: z.array(PlanAnswer),
          unbooked: z.array(Line),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('candidacy.read'));
        const found = await viewInterviews(deps, { by, roundId });
        if (!found.ok) return found;
        const { engaged } = found.value;
        const plans = permit('interview.plan', by.role, found.value.place.round.state.stage).ok;
        const slots = found.value.slots.map(({ slot, line, walled }) =>
          Object.assign(placedAnswer(slot), {
            provided: plans ? providedAnswer(slot) : undefined,
            application: line && lineAnswer(line),
            walled,
            engaged: engaged.has(slot.slot.id) ? (true as const) : undefined,
          }),
        );
        return ok({ slots, unbooked: found.value.unbooked.map(lineAnswer) });
      }),
  );

const plan = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'planSlots',
      method: 'POST',
      path: `${path}/slots`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'slot-planned',
      summary:
        'Plans interview times one after another, each as long as the round file says or longer for who needs more time, at the place of a panel or at one of their own; where interviews have stations, each with its panel. All or none. Refused where somebody, or the room, is taken then, in this round or another one of the region.',
      body: z.strictObject({
        from: z.iso.datetime({ offset: true }),
        count: z.int(),
        place: z.string().max(maxPlace).optional(),
        panel: PanelId.optional(),
        stations: z
          .array(z.strictObject({ station: z.string().max(40), panel: PanelId }))
          .max(20)
          .optional(),
        ...ProvidedBody,
      }),
      answer: { status: 201, schema: z.object({ slots: z.array(SlotAnswer) }) },
      refusals: ['not-found', 'wrong-stage', 'proposal-on-table', 'gate-not-open', 'already-decided'],
    },
    (c, { from, ...input }) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const start = readInstant(from);
        if (!start)
          return refuse({ kind: 'invalid', faults: [{ place: '/from', message: 'round-file.moment' }] });
        const planned = await planSlots(deps, { by, roundId, from: start, ...input });
        return planned.ok ? ok({ slots: [...planned.value] }) : planned;
      }),
  );

const remove = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'removeSlot',
      method: 'DELETE',
      path: `${path}/slots/:slot`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'slot-removed',
      summary: 'Takes a time that nobody has booked out of the plan.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'slot-taken', 'proposal-on-table', 'changed-meanwhile'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const slotId = SlotId.safeParse(c.req.param('slot'));
        if (!slotId.success) return refuse({ kind: 'not-found', what: 'slot' });
        return await removeFreeSlot(deps, { by, roundId, slotId: slotId.data });
      }),
  );

const callOff = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'callInterviewOff',
      method: 'POST',
      path: `${path}/slots/:slot/cancellation`,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'interview-cancelled',
      summary:
        'Calls a booked interview off, with a reason that the applicant reads: they get a letter and may book another time. Once it has begun, `notHeld` says that it was not held to its end, and not because of the applicant. A second time changes nothing.',
      body: z.strictObject({ reason: z.string(), notHeld: z.boolean().optional() }),
      answer: { status: 204 },
      refusals: [...atWork, 'not-in-stage', 'too-late', 'reason-needed'],
    },
    (c, said) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const slotId = SlotId.safeParse(c.req.param('slot'));
        if (!slotId.success) return refuse({ kind: 'not-found', what: 'slot' });
        return await callInterviewOff(deps, { by, roundId, slotId: slotId.data, ...said });
      }),
  );
