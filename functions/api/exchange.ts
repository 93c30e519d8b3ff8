import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { changingPosts } from '#functions/api/posts-refusals.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { openExchange, runExchange, viewExchange } from '#functions/commands/exchange.ts';
import {
  joinExchange,
  leaveExchange,
  ownExchange,
  rankInExchange,
} from '#functions/commands/own-exchange.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Exchange } from '#shared/domain/exchange.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { Vacancy } from '#shared/domain/vacancy.ts';
import { Walled } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok } from '#shared/result.ts';

/** The second chance: posts that stay empty, for people above the minimum who have none. */
export const exchangeOperations = (deps: CommandDeps): Operation[] => [
  read(deps),
  open(deps),
  run(deps),
  readOwn(deps),
  join(deps),
  rank(deps),
  leave(deps),
];

const ofRound = '/api/rounds/:round/exchange';
const own = '/api/applications/:application/exchange';

/** Who decided is named on the round's timeline. */
const ExchangeAnswer = Exchange.omit({ by: true, ran: true }).extend({
  ran: z.object({ at: Instant, recipients: z.int() }).optional(),
});

const answerOf = ({ openedAt, until, asked, ran }: Exchange): z.infer<typeof ExchangeAnswer> => ({
  openedAt,
  until,
  asked,
  ...(ran && { ran: { at: ran.at, recipients: ran.recipients } }),
});

const deciding = [...changingPosts, 'recipients-differ'] as const satisfies readonly Refusal['kind'][];

const choosing = [
  'not-found',
  'wrong-stage',
  'too-late',
  'not-in-stage',
  'gate-not-open',
  'proposal-on-table',
  'already-decided',
  'changed-meanwhile',
] as const satisfies readonly Refusal['kind'][];

const read = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readExchange',
      method: 'GET',
      path: ofRound,
      who: rolesFor('exchange.read'),
      does: 'exchange.read',
      summary:
        'The second chance of a round: posts that stay empty (`posts` counts the empty seats), who takes part by number, and the offers that would follow. `unplaced` is what opening confirms, `next.length` what running does. Whoever a conflict of interest closes to the reader keeps their place, and nothing stands there.',
      answer: {
        status: 200,
        schema: z.object({
          exchange: ExchangeAnswer.optional(),
          empty: z.array(Vacancy),
          unplaced: z.int(),
          /** Answers and offers that are still to come before people may be asked. */
          remaining: z.int(),
          participants: z.array(
            z.union([
              z.object({ number: ApplicationNumber, agreedAt: Instant, choices: z.array(VacancyCode) }),
              Walled,
            ]),
          ),
          next: z.array(z.union([z.object({ number: ApplicationNumber, vacancy: VacancyCode }), Walled])),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('exchange.read'));
        const found = await viewExchange(deps, { by, roundId });
        if (!found.ok) return found;
        const { exchange, empty, unplaced, remaining, participants, wave } = found.value;
        return ok({
          ...(exchange && { exchange: answerOf(exchange) }),
          empty: [...empty],
          unplaced,
          remaining,
          participants: [...participants],
          next: [...wave],
        });
      }),
  );

const open = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'openExchange',
      method: 'POST',
      path: ofRound,
      who: rolesFor('exchange.open'),
      does: 'exchange.open',
      audit: 'exchange-opened',
      summary:
        'Asks everyone without a post by letter, as many as were confirmed. A second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'unfinished-work'],
    },
    (c, { confirmed }) =>
      withRound(c.req.param('round'), (roundId) =>
        openExchange(deps, { by: requireActor(c, rolesFor('exchange.open')), roundId, confirmed }),
      ),
  );

const run = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'runExchange',
      method: 'POST',
      path: `${ofRound}/run`,
      who: rolesFor('exchange.run'),
      does: 'exchange.run',
      audit: 'exchange-run',
      summary:
        'Lets the choices count after their deadline, with as many offers as were confirmed. A second time changes nothing.',
      body: z.strictObject({ confirmed: z.int().min(0) }),
      answer: { status: 204 },
      refusals: [...deciding, 'too-early'],
    },
    (c, { confirmed }) =>
      withRound(c.req.param('round'), (roundId) =>
        runExchange(deps, { by: requireActor(c, rolesFor('exchange.run')), roundId, confirmed }),
      ),
  );

const readOwn = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOwnExchange',
      method: 'GET',
      path: own,
      who: 'signed-in',
      summary:
        'The second chance for an own application: until when, and once agreed to, the empty posts that would take the person and what they chose.',
      answer: {
        status: 200,
        schema: z.object({
          exchange: ExchangeAnswer,
          agreedAt: Instant.optional(),
          limit: z.int(),
          posts: z.array(Vacancy),
          choices: z.array(VacancyCode),
        }),
      },
      refusals: ['not-found'],
    },
    (c) => {
      const by = { personId: requireActor(c).id };
      return withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownExchange(deps, { by, applicationId });
        if (!found.ok) return found;
        const { exchange, own: joined, rule, posts } = found.value;
        return ok({
          exchange: answerOf(exchange),
          ...(joined && { agreedAt: joined.agreedAt }),
          limit: rule.limit,
          posts: [...posts],
          choices: joined?.choices ?? [],
        });
      });
    },
  );

const join = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'joinExchange',
      method: 'POST',
      path: own,
      who: rolesFor('exchange.choose'),
      does: 'exchange.choose',
      audit: 'exchange-joined',
      summary:
        'Agrees to be offered empty posts, with the consent of the round file. A second time changes nothing.',
      body: z.strictObject({ agree: z.literal(true) }),
      answer: { status: 204 },
      refusals: choosing,
    },
    (c) => {
      const by = { personId: requireActor(c, rolesFor('exchange.choose')).id };
      return withApplication(c.req.param('application'), (applicationId) =>
        joinExchange(deps, { by, applicationId }),
      );
    },
  );

const rank = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'rankInExchange',
      method: 'PUT',
      path: `${own}/choices`,
      who: rolesFor('exchange.choose'),
      does: 'exchange.choose',
      audit: 'exchange-ranked',
      summary:
        'Chooses empty posts, best first. `basedOn` is the order that was read; refused as `changed-meanwhile` where another one stands.',
      body: z.strictObject({ choices: z.array(VacancyCode).max(50), basedOn: z.array(VacancyCode).max(50) }),
      answer: { status: 204 },
      refusals: [...choosing, 'unknown-vacancy', 'too-many-choices'],
    },
    (c, typed) => {
      const by = { personId: requireActor(c, rolesFor('exchange.choose')).id };
      return withApplication(c.req.param('application'), (applicationId) =>
        rankInExchange(deps, { by, applicationId, ...typed }),
      );
    },
  );

const leave = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'leaveExchange',
      method: 'POST',
      path: `${own}/withdrawal`,
      who: rolesFor('exchange.choose'),
      does: 'exchange.choose',
      audit: 'exchange-left',
      summary:
        'Takes the consent back before the deadline, with everything that was chosen. A second time changes nothing.',
      answer: { status: 204 },
      refusals: choosing,
    },
    (c) => {
      const by = { personId: requireActor(c, rolesFor('exchange.choose')).id };
      return withApplication(c.req.param('application'), (applicationId) =>
        leaveExchange(deps, { by, applicationId }),
      );
    },
  );
