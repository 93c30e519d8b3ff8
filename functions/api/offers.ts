import * as z from 'zod';
import { Acknowledged, AlarmAnswer, alarmAnswers } from '#functions/api/alarms.ts';
import { HeldPartAnswer } from '#functions/api/held-parts.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { countingOn, keptCounts, postCounts } from '#functions/commands/offer-board.ts';
import { confirmCondition } from '#functions/commands/offer-conditions.ts';
import { type OfferPreview, previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers, stopOffers } from '#functions/commands/offer-release.ts';
import { pairsOn } from '#functions/commands/partners.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { waitingOn } from '#functions/commands/waiting-list.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { pageOf } from '#functions/http/paging.ts';
import { Mechanism } from '#shared/allocation/instance.ts';
import { Offer } from '#shared/domain/candidacy.ts';
import { ApplicationId, ApplicationNumber, OfferId, VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { postsOpenFirst } from '#shared/domain/post-caps.ts';
import { KeptCounting } from '#shared/domain/post-rule.ts';
import { Instant } from '#shared/domain/time.ts';
import { Walled } from '#shared/domain/walls.ts';
import { ok, refuse } from '#shared/result.ts';

/** Offers of a round: let out by the administrator, who also confirms what they were accepted on. */
export const offerOperations = (deps: CommandDeps): Operation[] => [
  readBoard(deps),
  release(deps),
  stop(deps),
  confirm(deps),
];

/** An offer to whoever has it. Who reads the board is told no reasons: they are the person's own. */
export const OfferAnswer = Offer.pick({
  id: true,
  vacancy: true,
  madeAt: true,
  expiresAt: true,
  status: true,
  endedAt: true,
  condition: true,
  reserve: true,
});

/** A place on the waiting list of a post, as `WaitingPlace` explains it. */
export const WaitingAnswer = z.object({
  vacancy: z.string(),
  position: z.int().min(1),
  /** The last place that it can become. */
  atWorst: z.int().min(1),
  posts: z.int(),
  accepted: z.int(),
  held: z.int(),
  isLimited: z.boolean(),
  /** Posts are kept for others, so that somebody with a worse rank may be asked before. */
  isKept: z.boolean(),
});

/** How an answer can be refused. */
export const answering = [
  'not-found',
  'wrong-stage',
  'too-late',
  'offer-ended',
  'answer-held',
  'changed-meanwhile',
] as const;

const board = '/api/rounds/:round/offers';

const AskedPage = z.int().min(1).max(1_000_000);

/** The first page where none is named; undefined where what is asked for is no whole number from 1. */
const askedPage = (asked: string | undefined): number | undefined =>
  asked === undefined ? 1 : AskedPage.safeParse(/^\d+$/.test(asked) ? Number(asked) : undefined).data;

const noPage = { place: '/page', message: 'round-file.too-small', facts: { minimum: 1 } };

/** How far the offers were let go, where they go out in parts. */
const LettingAnswer = z.object({
  /** Nobody is asked by itself whom no release has reached. */
  isHeldBack: z.boolean(),
  /** Offers go to the first so many people of the ranking; absent where they go to everybody, or to nobody yet. */
  through: z.int().min(1).optional(),
  /** Offers that were let go and are being made. */
  onTheirWay: z.int(),
  /** Nobody is asked until the next release. */
  stoppedAt: Instant.optional(),
  /** Whoever was made an offer and is not reached by letters; counted while offers are held back. */
  unreached: z.int(),
});

/** How the posts of a round stand, and who would be asked next. */
const BoardAnswer = z.object({
  posts: z.int(),
  filled: z.int(),
  /** Seats held by offers that nobody has answered yet, or that were accepted on a condition. */
  held: z.int(),
  /** Posts that are neither: nobody is asked. */
  empty: z.int(),
  /** Posts that the round file's number and quotas leave out: they cannot be offered. */
  beyondLimit: z.int(),
  /** Which page of them `contenders` is, of how many, and how many people there are in all. */
  page: z.int(),
  pages: z.int(),
  people: z.int(),
  contenders: z.array(
    z.union([
      z.object({
        /** A confirmed condition names it. */
        applicationId: ApplicationId,
        number: ApplicationNumber,
        withdrawnAt: Instant.optional(),
        offers: z.array(OfferAnswer),
        waiting: z.array(WaitingAnswer),
      }),
      ClosedItem,
    ]),
  ),
  /** All that a release to everybody confirms. `place`: the receiver's in the ranking, 1 for the first. `reserve`: the quota that keeps posts without which it would be another's. */
  next: z.array(
    z.union([
      z.object({
        number: ApplicationNumber,
        vacancy: VacancyCode,
        place: z.int().min(1),
        reserve: z.string().optional(),
      }),
      Walled,
    ]),
  ),
  letting: LettingAnswer,
  /** What a check holds, and why; everything else goes on. */
  heldByCheck: z.array(HeldPartAnswer),
  /** What looks wrong in what a release would let go out. */
  alarms: z.array(AlarmAnswer),
  /** As the round file names it; absent where it names none. */
  mechanism: Mechanism.optional(),
  /** So many posts go by rank alone before kept ones count; absent where kept ones come first. */
  openFirst: z.int().optional(),
  /** How kept posts are counted: each quota for itself, or those about the same vacancies as one; absent where it is no matter. */
  counting: KeptCounting.optional(),
  /** Quotas that keep posts, the first by precedence first; `taken` are filled or held. */
  kept: z.array(z.object({ code: z.string(), posts: z.int(), taken: z.int() })),
  /** Who applies together with whom, where the round asks: it changes nothing about who gets what. */
  partners: z.array(
    z.object({
      number: ApplicationNumber,
      /** Absent where no application with an offer to expect was named by its number. */
      partner: ApplicationNumber.optional(),
      isMutual: z.boolean(),
    }),
  ),
});

const readBoard = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'readOfferBoard',
      method: 'GET',
      path: board,
      who: rolesFor('offer.read'),
      does: 'offer.read',
      summary:
        'Who has which offer by number, best rank first, and who would be asked next: `next.length` is what a release confirms. `contenders` come 100 a page, and a page beyond the last is the last. Whoever a conflict of interest closes to the reader keeps their place there and in `next`, and nothing else stands in it but who may confirm a condition instead.',
      query: { page: AskedPage },
      answer: {
        status: 200,
        schema: BoardAnswer,
      },
      refusals: ['not-found', 'wrong-stage', 'invalid'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('offer.read'));
        const page = askedPage(c.req.query('page'));
        if (page === undefined) return refuse({ kind: 'invalid', faults: [noPage] });
        const found = await previewOffers(deps, { by, roundId });
        if (!found.ok) return found;
        const { contenders } = found.value;
        const { rows, ...paging } = pageOf(seenOn(found.value), page);
        const open = rows.flatMap((row) => ('id' in row ? row.id : []));
        const waiting = waitingOn(found.value, new Set(open));
        return ok({
          ...postCounts(found.value),
          ...paging,
          people: contenders.length,
          contenders: rows.map((row) =>
            'id' in row ? { ...row.state, waiting: [...(waiting.get(row.id) ?? [])] } : row,
          ),
          next: found.value.waiting.map((offer) => {
            const walled = found.value.wall(offer.applicationId);
            return walled ? { walled } : offer;
          }),
          letting: lettingAnswer(found.value),
          heldByCheck: found.value.held.map((part) => ({ ...part, faults: [...part.faults] })),
          alarms: alarmAnswers(found.value.alarms),
          mechanism: found.value.posts.allocation?.mechanism,
          openFirst: postsOpenFirst(found.value.posts),
          counting: countingOn(found.value),
          kept: keptCounts(found.value),
          partners: [...(await pairsOn(deps, found.value))],
        });
      }),
  );

/** Everybody of the ranking; whoever is closed to the reader keeps their place, and nothing else stands there. */
const seenOn = ({ contenders, wall, closed }: OfferPreview) => {
  const items = closed.values();
  return contenders.map((one) => (wall(one.state.applicationId) ? (items.next().value ?? one) : one));
};

const lettingAnswer = ({ letting }: OfferPreview): z.infer<typeof LettingAnswer> => {
  const { isHeldBack, through, onTheirWay, stopped, unreached } = letting;
  return { isHeldBack, through, onTheirWay, stoppedAt: stopped?.at, unreached };
};

const release = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'releaseOffers',
      method: 'POST',
      path: board,
      who: rolesFor('offer.release'),
      does: 'offer.release',
      audit: 'offers-released',
      summary:
        'Lets the offers that are possible now go out, to as many people as were confirmed; `through` a place of the ranking, or to everybody. Later ones follow by themselves, to whom a release has reached.',
      body: z.strictObject({
        confirmed: z.int().min(0),
        through: z.int().min(1).optional(),
        acknowledged: Acknowledged,
      }),
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'recipients-differ',
        'alarms-not-acknowledged',
        'reason-needed',
        'proposal-on-table',
        'gate-not-open',
        'already-decided',
        'committee-incomplete',
        'changed-meanwhile',
      ],
    },
    (c, input) =>
      withRound(c.req.param('round'), (roundId) => {
        const by = requireActor(c, rolesFor('offer.release'));
        return releaseOffers(deps, { by, roundId, ...input });
      }),
  );

const stop = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'stopOffers',
      method: 'POST',
      path: `${board}/stop`,
      who: rolesFor('offer.release'),
      does: 'offer.release',
      audit: 'offers-stopped',
      summary:
        'Stops the offers for a reason: none goes out until the next release. Those that were made stay; a second time changes nothing.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'nothing-released', 'reason-needed', 'changed-meanwhile'],
    },
    (c, { reason }) =>
      withRound(c.req.param('round'), (roundId) =>
        stopOffers(deps, { by: requireActor(c, rolesFor('offer.release')), roundId, reason }),
      ),
  );

const confirm = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'confirmOfferCondition',
      method: 'POST',
      path: `${board}/:application/:offer/condition`,
      who: rolesFor('offer.confirm'),
      does: 'offer.confirm',
      audit: 'offer-accepted',
      summary:
        'Confirms that the condition of an acceptance is fulfilled: the placement begins. A second time changes nothing.',
      answer: { status: 200, schema: OfferAnswer },
      refusals: answering,
    },
    (c) =>
      withRound(c.req.param('round'), (roundId) =>
        withApplication(c.req.param('application'), async (applicationId) => {
          const offerId = OfferId.safeParse(c.req.param('offer')).data;
          if (!offerId) return refuse({ kind: 'not-found', what: 'offer' });
          const by = requireActor(c, rolesFor('offer.confirm'));
          return await confirmCondition(deps, { by, roundId, applicationId, offerId });
        }),
      ),
  );
