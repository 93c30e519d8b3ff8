import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { keptAway } from '#functions/api/kept-away.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { PlacementAnswer, placementAnswer, schoolAnswer } from '#functions/api/placement-answer.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import {
  nameSchoolContact,
  ownPlacement,
  type PlacementCommand,
  roundPlacements,
  schoolPlacements,
  tick,
  untick,
} from '#functions/commands/placements.ts';
import { schoolContacts } from '#functions/commands/school-contacts.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { PersonId, PlacementId, type RoundId } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const own = '/api/applications/:application/placement';
const round = '/api/rounds/:round/placements';
const school = '/api/school/placements';

/** Placements: each of applicant, administrator and school has an address and items of its own. */
export const placementOperations = (deps: ApiDeps): Operation[] => [
  readOwn(deps),
  ...ticking(deps, { name: 'Own', path: own, role: 'applicant', find: ownCommand(deps) }),
  listRound(deps),
  listContacts(deps),
  nameContact(deps),
  ...ticking(deps, {
    name: 'Round',
    path: `${round}/:placement`,
    role: 'administrator',
    find: (c) => withRound(c.req.param('round'), async (roundId) => inRound(c, roundId)),
  }),
  listSchool(deps),
  ...ticking(deps, {
    name: 'School',
    path: `${school}/:placement`,
    role: 'school',
    find: async (c) => named(c, 'school'),
  }),
];

const listAnswer = { status: 200, schema: z.object({ placements: z.array(PlacementAnswer) }) } as const;

const readOwn = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'readOwnPlacement',
      method: 'GET',
      path: own,
      who: ['applicant'],
      does: 'placement.read',
      summary: 'The way from an accepted offer into the post: what is to be done, by whom and by when.',
      answer: { status: 200, schema: PlacementAnswer },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownPlacement(deps, { by, applicationId });
        return found.ok ? ok(placementAnswer(found.value)) : found;
      });
    },
  );

const listRound = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'listPlacements',
      method: 'GET',
      path: round,
      who: ['administrator', 'auditor'],
      does: 'placement.read',
      summary:
        'Every placement of a round by its vacancy, with application numbers and no names; `closed` are those that a conflict of interest closes to the reader, with who may decide about them instead.',
      answer: {
        status: 200,
        schema: listAnswer.schema.extend({ closed: z.array(ClosedItem) }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, ['administrator', 'auditor']);
        const found = await roundPlacements(deps, { by, roundId });
        if (!found.ok) return found;
        const { placements, closed } = found.value;
        return ok({ placements: placements.map(placementAnswer), closed });
      }),
  );

const listSchool = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'listSchoolPlacements',
      method: 'GET',
      path: school,
      who: ['school'],
      does: 'placement.read',
      summary: 'The placements that one confirms for a school, newest first.',
      answer: listAnswer,
    },
    async (c) => {
      const found = await schoolPlacements(deps, requireActor(c, ['school']));
      return ok({ placements: found.map(schoolAnswer) });
    },
  );

const listContacts = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'listSchoolContacts',
      method: 'GET',
      path: '/api/rounds/:round/school-contacts',
      who: rolesFor('placement.assign'),
      does: 'placement.assign',
      summary: 'Who may be named to confirm for a school, by name or mailbox.',
      answer: {
        status: 200,
        schema: z.object({ contacts: z.array(z.object({ personId: PersonId, name: z.string() })) }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('placement.assign'));
        const contacts = await schoolContacts(deps, { by, roundId });
        return contacts.ok ? ok({ contacts: contacts.value }) : contacts;
      }),
  );

const nameContact = (deps: ApiDeps): Operation =>
  send(
    {
      id: 'nameSchoolContact',
      method: 'PUT',
      path: `${round}/:placement/school`,
      who: rolesFor('placement.assign'),
      does: 'placement.assign',
      audit: 'school-named',
      summary: 'Names who confirms for the school; another one takes the place of the first.',
      body: z.strictObject({ personId: PersonId }),
      answer: { status: 204 },
      refusals: onItem,
    },
    (c, { personId }) =>
      withRound(c.req.param('round'), async (roundId) => {
        const command = inRound(c, roundId);
        return command.ok ? await nameSchoolContact(deps, { ...command.value, personId }) : command;
      }),
  );

type Find = (c: Context) => Promise<Result<PlacementCommand, Refusal>>;
type Ticking = { name: 'Own' | 'Round' | 'School'; path: string; role: Role; find: Find };

const onItem = ['not-found', 'wrong-stage', ...keptAway, 'offer-ended', 'changed-meanwhile'] as const;
const ticks = 'placement.tick' satisfies Action;

/** Ticking an item and taking the tick back, by its owner only; either a second time changes nothing. */
const ticking = (deps: ApiDeps, { name, path, role, find }: Ticking): Operation[] => [
  ask(
    {
      id: `tick${name}Item`,
      method: 'PUT',
      path: `${path}/items/:item/tick`,
      who: [role],
      does: ticks,
      audit: 'item-done',
      summary: `Ticks an item of the checklist that is the ${role}’s to do. A second time changes nothing.`,
      answer: { status: 204 },
      refusals: onItem,
    },
    async (c) => {
      const command = await find(c);
      return command.ok ? await tick(deps, { ...command.value, code: c.req.param('item') ?? '' }) : command;
    },
  ),
  send(
    {
      id: `undo${name}Item`,
      method: 'POST',
      path: `${path}/items/:item/undoing`,
      who: [role],
      does: ticks,
      audit: 'item-undone',
      summary: `Takes the ${role}’s tick back that was a mistake, with a reason that stays with the placement.`,
      body: z.strictObject({ reason: z.string() }),
      answer: { status: 204 },
      refusals: [...onItem, 'reason-needed'],
    },
    async (c, { reason }) => {
      const command = await find(c);
      if (!command.ok) return command;
      return await untick(deps, { ...command.value, code: c.req.param('item') ?? '', reason });
    },
  ),
];

const ownCommand =
  (deps: ApiDeps): Find =>
  (c) => {
    const by = requireActor(c, ['applicant']);
    return withApplication(c.req.param('application'), async (applicationId) => {
      const found = await ownPlacement(deps, { by: { personId: by.id }, applicationId });
      return found.ok ? ok({ by, placementId: found.value.placement.id }) : found;
    });
  };

const inRound = (c: Context, roundId: RoundId): Result<PlacementCommand, Refusal> => {
  const command = named(c, 'administrator');
  return command.ok ? ok({ ...command.value, roundId }) : command;
};

const named = (c: Context, role: Role): Result<PlacementCommand, Refusal> => {
  const id = PlacementId.safeParse(c.req.param('placement'));
  if (!id.success) return refuse({ kind: 'not-found', what: 'placement' });
  return ok({ by: requireActor(c, [role]), placementId: id.data });
};
