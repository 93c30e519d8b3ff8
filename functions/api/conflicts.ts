import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onApplication, onRound } from '#functions/api/selection.ts';
import { type ConflictView, conflictPlace, conflictsView } from '#functions/commands/conflict-views.ts';
import { lookThroughTies, RulingChoice, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { ownDisclosure, removeDisclosure, tellDisclosure } from '#functions/commands/disclosures.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { Ground, RulingKind, strengthOf } from '#shared/domain/conflict.ts';
import { Disclosure, KeptDisclosure } from '#shared/domain/disclosure.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

/** Conflicts of interest, and what members tell of themselves so that they are found. */
export const conflictOperations = (deps: ApiDeps): Operation[] => [
  listing(deps),
  readingOne(deps),
  ruling(deps),
  lookingThrough(deps),
  ...disclosing(deps),
];

const conflicts = '/api/rounds/:round/conflicts';

const OwnAnswer = z.object({
  number: ApplicationNumber,
  because: z.enum(['declared', 'found', 'pinned']),
  at: Instant,
});

const ConflictAnswer = z.object({
  applicationId: ApplicationId,
  number: ApplicationNumber,
  memberId: PersonId,
  bars: z.boolean(),
  declaredAt: Instant.optional(),
  found: z
    .object({
      at: Instant,
      grounds: z.array(z.object({ ground: Ground, strength: z.enum(['strong', 'weak']) })),
    })
    .optional(),
  ruling: z.object({ ruling: RulingKind, at: Instant, reason: z.string().optional() }).optional(),
});

const BesideAnswer = z.object({
  memberId: PersonId,
  seat: SeatKind.or(z.literal('guest')),
  conflict: ConflictAnswer.optional(),
});

const listing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listConflicts', 'conflict.read'),
      method: 'GET',
      path: conflicts,
      summary:
        'What keeps the reader from which application, without why; `all` has those of everybody, for the secretary alone.',
      answer: {
        status: 200,
        schema: z.object({
          own: z.array(OwnAnswer),
          all: z.array(ConflictAnswer).optional(),
          closed: z.int(),
          /** Whose applicants named somebody on the committee or near it, and nobody has looked it through; for the secretary. */
          named: z.array(z.object({ applicationId: ApplicationId, number: ApplicationNumber })),
          /** Who told of themselves anew since the call closed, and how often; for the secretary. */
          retold: z.array(z.object({ memberId: PersonId, times: z.int().min(1) })),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'conflict.read', async (command) => {
        const found = await conflictsView(deps, command);
        if (!found.ok) return found;
        const { own, all, closed, named, retold } = found.value;
        const again = retold.map(({ memberId, times }) => ({ memberId, times }));
        return ok({ own, closed, named, retold: again, all: all?.map(answerOf) });
      }),
  );

const readingOne = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readConflicts', 'conflict.rule'),
      method: 'GET',
      path: `${conflicts}/:application`,
      summary:
        'One application beside everybody on the committee, with what the applicant wrote of them. That reading is logged.',
      answer: {
        status: 200,
        schema: z.object({
          number: ApplicationNumber,
          said: z.string().optional(),
          /** Whether what was written is looked through; absent where nothing was. */
          ties: z.enum(['open', 'looked-through']).optional(),
          members: z.array(BesideAnswer),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      onApplication(c, 'conflict.rule', async (command) => {
        const found = await conflictPlace(deps, command);
        if (!found.ok) return found;
        const { number, said, members, ties } = found.value;
        const beside = members.map(({ memberId, seat, conflict }) => ({
          memberId,
          seat,
          conflict: conflict && answerOf(conflict),
        }));
        const standing = ties && (ties.isOpen ? ('open' as const) : ('looked-through' as const));
        return ok({ number, said, ties: standing, members: beside });
      }),
  );

const ruling = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('ruleOnConflict', 'conflict.rule', 'conflict-ruled'),
      method: 'PUT',
      path: `${conflicts}/:application/:member`,
      summary:
        'Pins the conflict of a member with an application, clears it, or takes that back; with a reason in any case.',
      body: z.strictObject({ ruling: RulingChoice, reason: z.string().max(maxReason) }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'reason-needed',
        'conflict-of-interest',
        'disclosure-needed',
        'changed-meanwhile',
      ],
    },
    (c, body) =>
      onApplication(c, 'conflict.rule', async (command) => {
        const memberId = PersonId.safeParse(c.req.param('member'));
        if (!memberId.success) return refuse({ kind: 'not-found', what: 'person' });
        return done(await ruleOnConflictOf(deps, { ...command, ...body, memberId: memberId.data }));
      }),
  );

const lookingThrough = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('lookThroughTies', 'conflict.rule', 'ties-looked-through'),
      method: 'POST',
      path: `${conflicts}/:application/looked-through`,
      summary:
        'Says that what the applicant wrote of the committee is looked through, and whoever of those named sits on it is pinned. The proposal of screening waits for it.',
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'conflict-of-interest',
        'disclosure-needed',
        'changed-meanwhile',
      ],
    },
    (c) => onApplication(c, 'conflict.rule', async (command) => done(await lookThroughTies(deps, command))),
  );

const answerOf = ({ found, ...conflict }: ConflictView) => ({
  ...conflict,
  found: found && {
    at: found.at,
    grounds: found.grounds.map((ground) => ({ ground, strength: strengthOf(ground) })),
  },
});

/** Whoever may declare conflicts tells of themselves, guests too. */
const who = rolesFor('conflict.declare');

const disclosing = (deps: ApiDeps): Operation[] => [
  ask(
    {
      id: 'readDisclosure',
      who,
      method: 'GET',
      path: '/api/disclosure',
      summary: 'What the reader told of themselves, and which of their rounds compare it.',
      answer: {
        status: 200,
        schema: z.object({
          told: KeptDisclosure.optional(),
          rounds: z.array(z.object({ roundId: RoundId, intake: z.string(), compared: z.boolean() })),
        }),
      },
    },
    async (c) => ok(await ownDisclosure(deps, requireActor(c, who).id)),
  ),
  send(
    {
      id: 'tellDisclosure',
      who,
      audit: 'disclosure-told',
      method: 'PUT',
      path: '/api/disclosure',
      summary: 'Tells of oneself what is compared with applicants, in place of what was told before.',
      body: Disclosure,
      answer: { status: 204 },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c, told) => {
      const { familyNames, employers, pastEmployers, institutions, addresses } = told;
      const typed = {
        familyNames: familyNames.join('\n'),
        employers: employers.join('\n'),
        pastEmployers: pastEmployers.join('\n'),
        institutions: institutions.join('\n'),
        addresses: addresses.join('\n'),
      };
      return done(await tellDisclosure(deps, requireActor(c, who), typed));
    },
  ),
  ask(
    {
      id: 'removeDisclosure',
      who,
      audit: 'disclosure-removed',
      method: 'DELETE',
      path: '/api/disclosure',
      summary: 'Forgets what the reader told; conflicts that were found from it stay.',
      answer: { status: 204 },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c) => done(await removeDisclosure(deps, requireActor(c, who))),
  ),
];
