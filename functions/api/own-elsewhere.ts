import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  type ElsewhereCommand,
  joinElsewhere,
  leaveElsewhere,
  ownElsewhere,
  rankElsewhere,
} from '#functions/commands/own-elsewhere.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { ElsewhereChoices } from '#shared/domain/elsewhere-choices.ts';
import { Comparison } from '#shared/domain/elsewhere-rule.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const own = '/api/applications/:application/elsewhere/:list';

/** Posts of other regions, for an applicant. */
export const ownElsewhereOperations = (deps: CommandDeps): Operation[] => [read(deps), ...answering(deps)];

const choosing = [
  'not-found',
  'wrong-stage',
  'too-late',
  'not-in-stage',
  'already-decided',
  'changed-meanwhile',
] as const satisfies readonly Refusal['kind'][];

const read = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnElsewhere',
      method: 'GET',
      path: own,
      who: 'signed-in',
      summary:
        'Posts of another region for an own application: until when, how people are put in order there, what would take the person, and what they chose.',
      answer: {
        status: 200,
        schema: z.object({
          region: RegionCode,
          choosingUntil: Instant,
          keptUntil: Instant,
          compare: Comparison,
          open: z.boolean(),
          limit: z.int(),
          agreedAt: Instant.optional(),
          handedAt: Instant.optional(),
          outcome: ElsewhereChoices.shape.outcome,
          notHanded: ElsewhereChoices.shape.notHanded,
          posts: z.array(Vacancy),
          choices: z.array(VacancyCode),
        }),
      },
      refusals: ['not-found'],
    },
    (c) => {
      const by = { personId: requireActor(c).id };
      return onOwn(c, by, async (command) => {
        const found = await ownElsewhere(deps, command);
        if (!found.ok) return found;
        const { list, posts, own: joined, notHanded, rule, isOpen, choosable } = found.value;
        return ok({
          region: list.region,
          choosingUntil: list.choosingUntil,
          keptUntil: list.keptUntil,
          compare: posts.compare,
          open: isOpen,
          limit: rule.limit,
          ...(joined && { agreedAt: joined.agreedAt }),
          ...(joined?.handedAt && { handedAt: joined.handedAt }),
          ...(joined?.outcome && { outcome: joined.outcome }),
          ...(notHanded && { notHanded }),
          posts: [...choosable],
          choices: joined?.choices ?? [],
        });
      });
    },
  );

const answering = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...chosen('joinElsewhere', 'elsewhere-joined'),
      method: 'POST',
      path: own,
      summary:
        'Agrees that contacts and choices are handed to the region of the list, with the consent of the round file. A second time changes nothing.',
      body: z.strictObject({ agree: z.literal(true) }),
      answer: { status: 204 },
      refusals: choosing,
    },
    (c) => onOwn(c, chooser(c), (command) => joinElsewhere(deps, command)),
  ),
  send(
    {
      ...chosen('rankElsewhere', 'elsewhere-ranked'),
      method: 'PUT',
      path: `${own}/choices`,
      summary:
        'Chooses posts of the list, best first. `basedOn` is the order that was read; refused as `changed-meanwhile` where another one stands.',
      body: z.strictObject({ choices: z.array(VacancyCode).max(50), basedOn: z.array(VacancyCode).max(50) }),
      answer: { status: 204 },
      refusals: [...choosing, 'unknown-vacancy', 'too-many-choices'],
    },
    (c, typed) => onOwn(c, chooser(c), (command) => rankElsewhere(deps, { ...command, ...typed })),
  ),
  ask(
    {
      ...chosen('leaveElsewhere', 'elsewhere-left'),
      method: 'POST',
      path: `${own}/withdrawal`,
      summary: 'Takes the consent back, with everything that was chosen. A second time changes nothing.',
      answer: { status: 204 },
      refusals: choosing,
    },
    (c) => onOwn(c, chooser(c), (command) => leaveElsewhere(deps, command)),
  ),
];

const chosen = (id: string, audit: string) =>
  ({ id, who: rolesFor('elsewhere.choose'), does: 'elsewhere.choose', audit }) as const;

const chooser = (c: Context): ElsewhereCommand['by'] => ({
  personId: requireActor(c, rolesFor('elsewhere.choose')).id,
});

const onOwn = <T>(
  c: Context,
  by: ElsewhereCommand['by'],
  work: (command: ElsewhereCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withApplication(c.req.param('application'), async (applicationId) => {
    const list = z.coerce.number().int().min(1).safeParse(c.req.param('list'));
    return list.success
      ? await work({ by, applicationId, list: list.data })
      : refuse({ kind: 'not-found', what: 'page' });
  });
