import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { placesOf } from '#functions/commands/interview-reading.ts';
import { maxPlace } from '#functions/commands/interview-slots.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { keepPanel } from '#functions/commands/panels.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { PanelId } from '#shared/domain/ids.ts';
import { Panel, PanelProvision } from '#shared/domain/panel.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Panels that hold a round's interviews. */
export const panelOperations = (deps: CommandDeps): Operation[] => [list(deps), compose(deps), change(deps)];

const path = '/api/rounds/:round/panels';

const PanelAnswer = Panel.omit({ place: true });

const PanelBody = z.strictObject({
  ...Panel.pick({ members: true, languages: true, stepFree: true }).shape,
  /** What else is there for who needs it. */
  provides: z.array(PanelProvision).max(PanelProvision.options.length).optional(),
  place: z.string().max(maxPlace),
  /** Codes of stations; any where none is named. */
  stations: z.array(z.string().max(40)).max(20).optional(),
  /** Code of the site where it sits; none for a video call, and where the round names no sites. */
  site: z.string().max(40).optional(),
});

const refusals = [
  'not-found',
  'wrong-stage',
  'proposal-on-table',
  'gate-not-open',
  'already-decided',
  'changed-meanwhile',
] as const;

const list = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'listPanels',
      method: 'GET',
      path,
      who: rolesFor('panel.compose'),
      does: 'panel.compose',
      summary:
        'The panels of a round with their members, languages, places and stations, and when each sits.',
      answer: {
        status: 200,
        schema: z.object({ panels: z.array(PanelAnswer.extend({ where: z.string() })) }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('panel.compose'));
        const place = await workplace(deps, { by, roundId }, 'panel.compose');
        if (!place.ok) return place;
        const panels = (await panelBook(deps.records, roundId)).panels?.state.panels ?? [];
        const places = await placesOf(deps.records, panels);
        return ok({
          panels: panels.map((panel) =>
            Object.assign(panel, { where: places.get(panel.place.digest) ?? '' }),
          ),
        });
      }),
  );

const compose = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'composePanel',
      method: 'POST',
      path,
      who: rolesFor('panel.compose'),
      does: 'panel.compose',
      audit: 'panel-composed',
      summary:
        'Composes a panel of chair and members, as many as an interview needs scorecards. Where interviews have stations, it may name those where it sits; it is planned for no other. Where the round names sites, it may name its own; its members get the time for the way to another. One that is just this already is answered, not composed twice. Once the stage of interviews is over, it is for interviews that are owed.',
      body: PanelBody,
      answer: { status: 201, schema: PanelAnswer },
      refusals,
    },
    (c, input) => kept(c, deps, { panel: undefined, input }),
  );

const change = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'changePanel',
      method: 'PUT',
      path: `${path}/:panel`,
      who: rolesFor('panel.compose'),
      does: 'panel.compose',
      audit: 'panel-changed',
      summary:
        'Composes a panel anew. Once times are planned for it, only its members may change, and stations that it does not hold; once the stage of interviews is over, nothing of one that held times of it.',
      body: PanelBody,
      answer: { status: 200, schema: PanelAnswer },
      refusals,
    },
    (c, input) => {
      const panel = PanelId.safeParse(c.req.param('panel'));
      if (!panel.success) return refuse({ kind: 'not-found', what: 'panel' });
      return kept(c, deps, { panel: panel.data, input });
    },
  );

const kept = (
  c: Context,
  deps: CommandDeps,
  { panel, input }: { panel: PanelId | undefined; input: z.infer<typeof PanelBody> },
): Promise<Result<Panel, Refusal>> =>
  withRound(c.req.param('round'), (roundId) => {
    const by = requireActor(c, rolesFor('panel.compose'));
    return keepPanel(deps, { by, roundId, panel, input });
  });
