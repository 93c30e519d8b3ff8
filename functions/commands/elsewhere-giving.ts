import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  arrivalsOwner,
  type ElsewherePlace,
  elsewherePlace,
  keepElsewhere,
} from '#functions/commands/elsewhere-place.ts';
import { saidOf } from '#functions/commands/elsewhere-said.ts';
import { emptyPosts } from '#functions/commands/exchange.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import { type Arrival, decideGiven, documentsOf, mayGiveAt } from '#shared/domain/elsewhere-arrivals.ts';
import type { Said } from '#shared/domain/elsewhere-said.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'nudge'>;

/** Somebody of another region, in the order for our posts. */
type Waiting = { newcomer: Newcomer; vacancy?: Vacancy; alsoAs?: string };

export type ArrivalsView = {
  place: ElsewherePlace;
  /** Everyone whose packet counts, best first; nobody once what they handed over is erased. */
  waiting: readonly Waiting[];
  /** Posts that would be given now, or were. */
  given: number;
  mayReceive: boolean;
  mayGive: boolean;
  /** What was noted of their answers, for each packet by its number: as much as a statement would say now. */
  answers: ReadonlyMap<number, readonly Said[]>;
  /** Whether everything of these people is erased by now. */
  isErased: boolean;
};

/** People of other regions for our empty posts, by name: for who deals with them, and logged. */
export const viewArrivals = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<ArrivalsView, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.receive');
  if (!found.ok) return found;
  const { work, round, record } = found.value;
  if (!record?.state.own) return refuse({ kind: 'not-found', what: 'page' });
  const read = { reader: work.by, owner: arrivalsOwner(round.id), what: 'packet' } as const;
  await deps.readLog.add({ ...read, at: deps.clock.now() });
  const { own, given } = record.state;
  const waiting = await waitingFor(deps, found.value);
  const count = given?.posts.length ?? waiting.filter(({ vacancy }) => vacancy).length;
  const may = permit('elsewhere.give', work.by.role, round.stage).ok;
  return ok({
    place: found.value,
    waiting,
    given: count,
    answers: await answersIn(deps, record.state),
    mayReceive: !given && deps.clock.now() < own.handingUntil,
    isErased: deps.clock.now() >= own.keptUntil,
    mayGive: may && mayGiveAt(record.state, deps.clock.now()),
  });
};

const answersIn = async (
  { records }: Pick<CommandDeps, 'records'>,
  state: Elsewhere,
): Promise<ReadonlyMap<number, readonly Said[]>> => {
  const answers = new Map<number, readonly Said[]>();
  if (!state.said) return answers;
  const everyone = await peopleOf(records, state.arrivals);
  for (const arrival of countingOf(state.arrivals)) {
    const own = await peopleOf(records, [arrival]);
    answers.set(arrival.number, await saidOf(state, { own, everyone }));
  }
  return answers;
};

/**
 * Decides who is asked about which post; the outbox then signs for each region what became of its people. `confirmed` is the number of posts that somebody looked at.
 */
export const giveElsewhere = (
  deps: Deps,
  command: CommitteeCommand & { confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.give');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const given = (await waitingFor(deps, found.value)).flatMap(({ newcomer: { from, number }, vacancy }) =>
      vacancy ? [{ from, number, vacancy: vacancy.code }] : [],
    );
    const decision = { by: work.by.id, given, confirmed: command.confirmed, zone: work.file.timeZone };
    const now = deps.clock.now();
    const events = decideGiven(record.state, decision, now);
    if (!events.ok) return events;
    const outbox = countingOf(record.state.arrivals).map(({ number: arrival }) => {
      const body = { kind: 'make-outcome', roundId: round.id, arrival } as const;
      return { id: `outcome#${round.id}#${arrival}`, at: now, body };
    });
    return await keepElsewhere(deps, found.value, { events: events.value, outbox });
  });

const countingOf = (arrivals: readonly Arrival[] = []): Arrival[] =>
  arrivals.filter(({ status }) => status === 'confirmed');

/** Everyone of the packets that count; nobody once what they handed over is erased. */
export const peopleOf = async (
  records: CommandDeps['records'],
  arrivals: readonly Arrival[] | undefined,
): Promise<Newcomer[]> => {
  const people: Newcomer[] = [];
  for (const document of countingOf(arrivals).flatMap(documentsOf))
    people.push(...(WithPeople.safeParse(await records.document(document)).data?.people ?? []));
  return people;
};

/** Everyone in order, each with the post that they would get now, or were given. Who came from two regions counts as from the first one. */
const waitingFor = async (
  deps: Pick<CommandDeps, 'records'>,
  { round, record }: ElsewherePlace,
): Promise<Waiting[]> => {
  const own = record?.state.own;
  if (!own) return [];
  const list = OpenPosts.parse(JSON.parse(await deps.records.blob(own.statement)));
  const people = await peopleOf(deps.records, record.state.arrivals);
  // Loaded with the first of them: allocating weighs more than most pages.
  const { givePosts, inOrder, twinsOf } = await import('#shared/elsewhere/allocation.ts');
  const twins = twinsOf(people, record.state.twins);
  const ordered = inOrder(people, { compare: list.compare, list: own.statement });
  const posts = await stillEmpty(deps, round, list);
  const decided = record.state.given?.posts;
  const given = decided
    ? new Map(decided.map((one) => [nameOfNewcomer(one), one.vacancy]))
    : new Map(
        givePosts(
          ordered.filter((one) => !twins.has(nameOfNewcomer(one))),
          posts,
        ).map(({ newcomer, vacancy }) => [nameOfNewcomer(newcomer), vacancy]),
      );
  return ordered.map((newcomer) => {
    const name = nameOfNewcomer(newcomer);
    const vacancy = list.posts.find(({ code }) => code === given.get(name));
    // Whoever was given a post counts as nobody else, whatever told people apart then.
    const alsoAs = given.has(name) ? undefined : twins.get(name);
    return Object.assign({ newcomer }, vacancy && { vacancy }, alsoAs && { alsoAs });
  });
};

/** Posts of the list that nobody of the own round has got since. */
const stillEmpty = async (
  deps: Pick<CommandDeps, 'records'>,
  round: ElsewherePlace['round'],
  { posts }: OpenPosts,
): Promise<Vacancy[]> => {
  const empty = emptyPosts(await offerBoard(deps, round));
  const seats = new Map(empty.map((post) => [post.code, post.posts]));
  return posts.flatMap((post) => {
    const left = Math.min(post.posts, seats.get(post.code) ?? 0);
    return left > 0 ? [Object.assign({}, post, { posts: left })] : [];
  });
};

const WithPeople = z.object({ people: z.array(Newcomer) });
