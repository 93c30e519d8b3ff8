import * as z from 'zod';
import {
  Arrival,
  arrivalEvents,
  evolveArrivals,
  GivenPost,
  isArrivalEvent,
} from '#shared/domain/elsewhere-arrivals.ts';
import { evolveHeard, HeardStatement, heardEvents } from '#shared/domain/elsewhere-heard.ts';
import { evolveSaid, isSaidEvent, NotedAnswer, saidEvents } from '#shared/domain/elsewhere-said.ts';
import { evolveTwins, TwinRuling, twinEvents } from '#shared/domain/elsewhere-twins.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationNumber, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * The second chance between regions (ANCHORS B11). Each region is a home of its own that no other one can ask, so what crosses is files that
 * people carry: a signed list of posts that stay empty goes out, and the people of another region who have no post choose among them. This is
 * what one round did about it, both as the one that has posts and as the one that has people.
 */

const RegionKey = z.object({
  region: RegionCode,
  /** Fingerprint of the public key by which the region signs: SHA-256 over its SubjectPublicKeyInfo. */
  key: Sha256,
  by: PersonId,
  at: Instant,
});

const moments = { choosingUntil: Instant, handingUntil: Instant, keptUntil: Instant };

/** Our own posts that other regions are told of. */
const OwnList = z.object({
  askedAt: Instant,
  by: PersonId,
  /** Of the statement that is signed, which is kept under it. */
  statement: Sha256,
  posts: z.int().min(1),
  ...moments,
  /** Since when the file is there, and by which key it is signed. */
  signed: z.object({ at: Instant, key: Sha256 }).optional(),
});

/** A list of another region that somebody brought. */
const BroughtList = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  region: RegionCode,
  /** The round of that region. */
  of: RoundId,
  intake: z.string(),
  /** Of its statement; the text of the file is kept under `file`. */
  sha256: Sha256,
  file: Sha256,
  key: Sha256,
  posts: z.int().min(1),
  ...moments,
  by: PersonId,
  at: Instant,
  /** `stopped` after it was shown, and before anybody was handed over. */
  status: z.enum(['waiting', 'confirmed', 'refused', 'stopped']),
  /** By another person, who saw how many people it is shown to. */
  confirmed: z.object({ by: PersonId, at: Instant, asked: z.int() }).optional(),
  endedAt: Instant.optional(),
  /** Who chose from it is handed over: since then none of them takes the consent back, and nobody is added. */
  handing: z
    .object({
      by: PersonId,
      at: Instant,
      numbers: z.array(ApplicationNumber).min(1),
      /** A secret was laid down by which what comes back can be opened; older records have none. */
      replies: z.literal(true).optional(),
    })
    .optional(),
  /** Since when the packet is there, with the SHA-256 of its statement, as many people as it holds, and the moment that it names. */
  handed: z.object({ at: Instant, packet: Sha256, people: z.int(), madeAt: Instant.optional() }).optional(),
  /** Everybody had left before the packet was made: there is none. */
  droppedAt: Instant.optional(),
  /** What the other region says became of them: whose numbers it proposes a post to, and how many people another person let be told. */
  outcome: z
    .object({
      by: PersonId,
      at: Instant,
      sha256: Sha256,
      key: Sha256,
      posts: z.array(ApplicationNumber),
      confirmed: z.object({ by: PersonId, at: Instant, told: z.int() }).optional(),
    })
    .optional(),
  /** What the other region stated since of what they answered: the newest that was confirmed counts. */
  heard: z.array(HeardStatement).optional(),
});
export type BroughtList = z.infer<typeof BroughtList>;

/** The id is the round's. */
export const Elsewhere = z.object({
  roundId: RoundId,
  /** The newest of each region. */
  keys: z.array(RegionKey),
  own: OwnList.optional(),
  lists: z.array(BroughtList),
  /** People whom other regions handed over for our posts; older records have none. */
  arrivals: z.array(Arrival).optional(),
  /** What was found out by hand about people of different regions being one person. */
  twins: z.array(TwinRuling).optional(),
  /** Who is asked about which post, once that was decided. */
  given: z.object({ at: Instant, by: PersonId, posts: z.array(GivenPost) }).optional(),
  /** What these people said to it. */
  said: z.array(NotedAnswer).optional(),
});
export type Elsewhere = z.infer<typeof Elsewhere>;

const done = { at: Instant, by: PersonId };
const begun = { ...done, roundId: RoundId };

export const ElsewhereEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('elsewhere-key-pinned'), ...begun, region: RegionCode, key: Sha256 }),
  z.object({
    type: z.literal('elsewhere-listed'),
    ...begun,
    ...OwnList.pick({ statement: true, posts: true }).shape,
    ...moments,
  }),
  z.object({ type: z.literal('elsewhere-list-signed'), at: Instant, key: Sha256 }),
  z.object({
    type: z.literal('elsewhere-brought'),
    ...begun,
    ...BroughtList.omit({
      number: true,
      by: true,
      at: true,
      status: true,
      confirmed: true,
      endedAt: true,
      handing: true,
      handed: true,
      droppedAt: true,
      outcome: true,
      heard: true,
    }).shape,
  }),
  z.object({ type: z.literal('elsewhere-confirmed'), ...done, list: z.int(), asked: z.int() }),
  z.object({ type: z.literal('elsewhere-refused'), ...done, list: z.int() }),
  z.object({ type: z.literal('elsewhere-stopped'), ...done, list: z.int() }),
  z.object({
    type: z.literal('elsewhere-handing'),
    ...done,
    list: z.int(),
    numbers: z.array(ApplicationNumber),
    replies: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('elsewhere-packet-made'),
    at: Instant,
    list: z.int(),
    packet: Sha256,
    people: z.int(),
    madeAt: Instant.optional(),
  }),
  z.object({ type: z.literal('elsewhere-packet-dropped'), at: Instant, list: z.int() }),
  z.object({
    type: z.literal('elsewhere-outcome-brought'),
    ...done,
    list: z.int(),
    outcome: Sha256,
    key: Sha256,
    posts: z.array(ApplicationNumber),
  }),
  z.object({ type: z.literal('elsewhere-outcome-confirmed'), ...done, list: z.int(), told: z.int() }),
  ...heardEvents,
  ...arrivalEvents,
  ...saidEvents,
  ...twinEvents,
]);
export type ElsewhereEvent = z.infer<typeof ElsewhereEvent>;

export const elsewhereAggregate: Aggregate<Elsewhere, ElsewhereEvent> = {
  name: 'elsewhere',
  event: ElsewhereEvent,
  snapshot: Elsewhere,
  evolve: (before, event) => {
    const roundId = 'roundId' in event ? event.roundId : before?.roundId;
    if (roundId === undefined) throw new Error(`Nothing elsewhere begins with ${event.type}.`);
    return evolve(before ?? { roundId, keys: [], lists: [] }, event);
  },
  lists: () => ({}),
};

const evolve = (before: Elsewhere, event: ElsewhereEvent): Elsewhere => {
  if (event.type === 'elsewhere-posts-given') {
    const { at, by, given: posts } = event;
    return { ...before, given: { at, by, posts } };
  }
  if (event.type === 'elsewhere-twins-ruled')
    return { ...before, twins: evolveTwins(before.twins ?? [], event) };
  if (isSaidEvent(event)) return evolveSaid(before, event);
  if (isArrivalEvent(event)) return { ...before, arrivals: evolveArrivals(before.arrivals ?? [], event) };
  switch (event.type) {
    case 'elsewhere-key-pinned': {
      const { region, key, by, at } = event;
      const others = before.keys.filter((one) => one.region !== region);
      return { ...before, keys: [...others, { region, key, by, at }] };
    }
    case 'elsewhere-listed': {
      const { type: _type, roundId: _round, at: askedAt, ...own } = event;
      return { ...before, own: { askedAt, ...own } };
    }
    case 'elsewhere-list-signed':
      return before.own
        ? { ...before, own: { ...before.own, signed: { at: event.at, key: event.key } } }
        : before;
    case 'elsewhere-brought': {
      const { type: _type, roundId: _round, ...brought } = event;
      const number = before.lists.length + 1;
      return { ...before, lists: [...before.lists, { ...brought, number, status: 'waiting' }] };
    }
    default:
      return {
        ...before,
        lists: before.lists.map((one) =>
          one.number === event.list ? { ...one, ...changeOf(one, event) } : one,
        ),
      };
  }
};

/** What happens to one list after it was brought. */
type ListEvent = Extract<Exclude<ElsewhereEvent, { type: 'elsewhere-brought' }>, { list: number }>;

const changeOf = (list: BroughtList, event: ListEvent): Partial<BroughtList> => {
  const { at } = event;
  switch (event.type) {
    case 'elsewhere-confirmed':
      return { status: 'confirmed', confirmed: { by: event.by, at, asked: event.asked }, endedAt: at };
    case 'elsewhere-refused':
      return { status: 'refused', endedAt: at };
    case 'elsewhere-stopped':
      return { status: 'stopped', endedAt: at };
    case 'elsewhere-handing':
      return { handing: handingOf(event) };
    case 'elsewhere-packet-made': {
      const { packet, people, madeAt } = event;
      return { handed: { at, packet, people, ...(madeAt && { madeAt }) } };
    }
    case 'elsewhere-packet-dropped':
      return { droppedAt: at };
    case 'elsewhere-outcome-brought': {
      const { by, outcome: sha256, key, posts } = event;
      return { outcome: { by, at, sha256, key, posts } };
    }
    case 'elsewhere-outcome-confirmed': {
      const { by, told } = event;
      return list.outcome ? { outcome: { ...list.outcome, confirmed: { by, at, told } } } : {};
    }
    case 'elsewhere-statement-brought':
    case 'elsewhere-statement-confirmed':
      return { heard: evolveHeard(list.heard ?? [], event) };
    default:
      return event satisfies never;
  }
};

const handingOf = ({
  by,
  at,
  numbers,
  replies,
}: Extract<ElsewhereEvent, { type: 'elsewhere-handing' }>): BroughtList['handing'] => ({
  by,
  at,
  numbers,
  ...(replies && { replies }),
});
