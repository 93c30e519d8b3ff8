import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { stationHolders } from '#functions/commands/interview-circuit.ts';
import { draftTimetable, type TimetableDraft } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ApplicationNumber, PanelId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { ok } from '#shared/result.ts';
import { type Rule, rules } from '#shared/timetable/instance.ts';

/** Times for everyone who is invited and has none. */
export const timetableOperations = (deps: CommandDeps): Operation[] => [draft(deps), set(deps)];

const path = '/api/rounds/:round/timetable';

const RuleName = z.enum(rules) satisfies z.ZodType<Rule>;

const DraftAnswer = z.object({
  possible: z.boolean(),
  /** What is sent to set it. */
  digest: Sha256,
  appointments: z.array(z.object({ number: ApplicationNumber, slot: z.string() })),
  /** Times to come of which nobody said whether steps are in the way: they count as if none were. */
  stepsUntold: z.int(),
  /** Wishes that were uttered, and those that it leaves open. */
  wishes: z.object({ asked: z.int(), open: z.int() }).optional(),
  /** Applications that cannot all have a time; `panels` may hear them, with so many free times; rules without which they all would have one. */
  obstacles: z.array(
    z.object({
      numbers: z.array(ApplicationNumber),
      panels: z.array(z.string()),
      times: z.int(),
      kept: z.array(RuleName),
      without: z.array(z.array(RuleName)),
    }),
  ),
  /** Where none is possible and interviews have stations: the panels that further times of each may be planned for. */
  stations: z.array(z.object({ station: z.string(), panels: z.array(PanelId) })).optional(),
});

const draftAnswer = ({
  outcome,
  digest,
  candidacies,
  place,
  book,
  untold: stepsUntold,
}: TimetableDraft): z.input<typeof DraftAnswer> => {
  const numberOf = (id: string) => {
    const number = candidacies.get(id)?.number;
    return number ? [number] : [];
  };
  const holders = stationHolders(place, book.panels?.state.panels ?? []);
  return outcome.ok
    ? {
        possible: true,
        digest,
        stepsUntold,
        appointments: outcome.value.appointments.flatMap(({ candidate, time }) =>
          numberOf(candidate).map((number) => ({ number, slot: time })),
        ),
        wishes: outcome.value.wishes,
        obstacles: [],
      }
    : {
        possible: false,
        digest,
        stepsUntold,
        appointments: [],
        obstacles: outcome.error.bottlenecks.map(({ candidates, ...stuck }) =>
          Object.assign(stuck, { numbers: candidates.flatMap(numberOf) }),
        ),
        ...(holders.length > 0 && {
          stations: holders.map(({ code: station, panels }) => ({
            station,
            panels: panels.map(({ id }) => id),
          })),
        }),
      };
};

const draft = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'draftTimetable',
      method: 'GET',
      path,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      summary:
        'Draws up times for everyone who is invited and has none, or says which applications, panels and rules make that impossible. Nothing is stored.',
      answer: { status: 200, schema: DraftAnswer },
      refusals: ['not-found', 'wrong-stage', 'proposal-on-table', 'gate-not-open', 'already-decided'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        const found = await draftTimetable(deps, { by, roundId });
        return found.ok ? ok(draftAnswer(found.value)) : found;
      }),
  );

const set = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'setTimetable',
      method: 'POST',
      path,
      who: rolesFor('interview.plan'),
      does: 'interview.plan',
      audit: 'interview-booked',
      summary:
        'Books the timetable with this digest and writes to everyone whom it gives a time; they may book another one. With nobody left to book it does nothing.',
      body: z.strictObject({ digest: Sha256 }),
      answer: { status: 200, schema: z.object({ booked: z.int() }) },
      refusals: [
        'not-found',
        'wrong-stage',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'changed-meanwhile',
      ],
    },
    (c, { digest }) =>
      withRound(c.req.param('round'), (roundId) => {
        const by = requireActor(c, rolesFor('interview.plan'));
        return setTimetable(deps, { by, roundId, digest });
      }),
  );
