import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { guestsView, ownGuestWork } from '#functions/commands/guest-views.ts';
import { endGuest, inviteGuest, writeGuestAgain } from '#functions/commands/guests.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Guest } from '#shared/domain/guest.ts';
import { ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const guests = '/api/rounds/:round/guests';
const one = `${guests}/:guest`;
const keeping = ['not-found', 'wrong-stage', 'committee-incomplete', 'changed-meanwhile'] as const;

/** Raters of other regions; they score by the operations of scoring. */
export const guestOperations = (deps: ApiDeps): Operation[] => [
  listing(deps),
  inviting(deps),
  ...keepingGuests(deps),
  ownRounds(deps),
];

const GuestAnswer = Guest.pick({
  number: true,
  region: true,
  items: true,
  invitedAt: true,
  writtenAt: true,
  until: true,
  joined: true,
  endedAt: true,
}).extend({
  name: z.string().optional(),
  mail: z.string().optional(),
  standing: z.enum(['invited', 'scores', 'over', 'ended']),
  asked: z.array(ApplicationNumber),
  given: z.int(),
});

const listing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listGuests', 'guest.keep'),
      method: 'GET',
      path: guests,
      summary:
        'Raters of other regions who were invited, newest first, with what they were given and have scored.',
      answer: { status: 200, schema: z.object({ guests: z.array(GuestAnswer) }) },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'guest.keep', async (command) => {
        const found = await guestsView(deps, command);
        if (!found.ok) return found;
        const all = found.value.guests.map(({ guest, name, contact, standing, asked, given }) => {
          const { number, region, items, invitedAt, writtenAt, until, joined, endedAt } = guest;
          const facts = { number, region, items, invitedAt, writtenAt, until, joined, endedAt };
          return Object.assign(facts, { name, mail: contact?.mail, standing, asked: [...asked], given });
        });
        return ok({ guests: all });
      }),
  );

const inviting = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('inviteGuest', 'guest.keep', 'guest-invited'),
      method: 'POST',
      path: guests,
      summary:
        'Invites somebody of another region by letter: to score the applications that are named by number, or `atMost` of a lot. `until` is the last day.',
      body: z.strictObject({
        name: z.string(),
        mail: z.string(),
        locale: z.string(),
        region: z.string(),
        applications: z.array(z.string()).default([]),
        atMost: z.int().optional(),
        until: z.string(),
      }),
      answer: { status: 204 },
      refusals: [...keeping],
    },
    (c, { applications, atMost, ...typed }) =>
      onRound(c, 'guest.keep', async (command) =>
        done(
          await inviteGuest(deps, {
            ...command,
            typed: { ...typed, applications: applications.join(' '), atMost: String(atMost ?? '') },
          }),
        ),
      ),
  );

const keepingGuests = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('writeGuestAgain', 'guest.keep', 'guest-written'),
      method: 'POST',
      path: `${one}/letter`,
      summary: 'Lets the invitation of a guest go out once more, with another link.',
      answer: { status: 204 },
      refusals: [...keeping],
    },
    (c) => onGuest(c, async (command) => done(await writeGuestAgain(deps, command))),
  ),
  ask(
    {
      ...described('endGuest', 'guest.keep', 'guest-ended'),
      method: 'POST',
      path: `${one}/ending`,
      summary: 'Ends the invitation or the work of a guest. Scores stay.',
      answer: { status: 204 },
      refusals: [...keeping],
    },
    (c) => onGuest(c, async (command) => done(await endGuest(deps, command))),
  ),
];

const ownRounds = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listOwnGuestRounds', 'guest.read'),
      method: 'GET',
      path: '/api/guest/rounds',
      summary: 'The rounds in which the visitor scores as a guest now, and how many scores they owe in each.',
      answer: {
        status: 200,
        schema: z.object({
          rounds: z.array(
            z.object({ roundId: RoundId, intake: z.string(), stage: Stage, until: Instant, owed: z.int() }),
          ),
        }),
      },
    },
    async (c) => {
      const mine = await ownGuestWork(deps, requireActor(c, rolesFor('guest.read')).id);
      const rounds = mine.map(({ round, guest, owed }) => ({
        roundId: round.id,
        intake: round.plan.intake,
        stage: round.stage,
        until: guest.until,
        owed,
      }));
      return ok({ rounds });
    },
  );

const onGuest = <T>(
  c: Context,
  work: (command: CommitteeCommand & { guest: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, 'guest.keep', async (command) => {
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('guest'));
    return number.success
      ? await work({ ...command, guest: number.data })
      : refuse({ kind: 'not-found', what: 'person' });
  });
