import { lettersToContenders } from '#functions/commands/contender-letters.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { handedFor, publishedFor } from '#functions/commands/elsewhere-handing.ts';
import { type Concerned, concernedBy } from '#functions/commands/elsewhere-hearing.ts';
import { untoldOf } from '#functions/commands/elsewhere-outcome-import.ts';
import { type ElsewherePlace, elsewherePlace, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { unplacedOf } from '#functions/commands/exchange.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { openPostsOf } from '#functions/commands/pinned.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { BroughtList } from '#shared/domain/elsewhere.ts';
import {
  bringList as decideBring,
  confirmList as decideConfirm,
  refuseList as decideRefuse,
  stopList as decideStop,
  listOf,
  sameList,
} from '#shared/domain/elsewhere-decisions.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Instant } from '#shared/domain/time.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import { type OpenPosts, readOpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'region'>;
type Attempt<T> = Promise<Result<T, Refusal | LostRace>>;

/**
 * Brings the file of another region's list. Every fault is answered and nothing is kept of a file that has one; one without waits for another person.
 * @returns its number; `isKnown` where it was brought already
 */
export const bringOpenPosts = async (
  deps: Deps,
  command: CommitteeCommand & { file: Uint8Array },
): Promise<Result<{ number: number; isKnown: boolean }, Refusal>> => {
  const text = readUtf8(command.file);
  const read = text === undefined ? undefined : await readOpenPosts(text);
  return await decideAgain(async (): Attempt<{ number: number; isKnown: boolean }> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.import');
    if (!found.ok) return found;
    if (text === undefined || !read)
      return refuse({ kind: 'invalid', faults: [{ place: 'file', message: 'elsewhere.fault.file' }] });
    if (!read.ok) return refuse({ kind: 'invalid', faults: read.error });
    const { work, round, record } = found.value;
    const { list, key, sha256 } = read.value;
    const file = sha256Of(text);
    const { region, roundId: of, intake, choosingUntil, handingUntil, keptUntil } = list;
    const facts = { region, of, intake, sha256, file, key, posts: list.posts.length };
    const moments = { choosingUntil, handingUntil, keptUntil };
    const brought = { by: work.by.id, roundId: round.id, here: deps.region, list: { ...facts, ...moments } };
    const events = decideBring(record?.state, brought, deps.clock.now());
    if (!events.ok) return events;
    const kept = await keepElsewhere(deps, found.value, {
      events: events.value,
      blobs: [{ sha256: file, text }],
    });
    if (!kept.ok) return kept;
    const number = sameList(record?.state, sha256)?.number ?? (record?.state.lists.length ?? 0) + 1;
    return ok({ number, isKnown: events.value.length === 0 });
  });
};

type ListCommand = CommitteeCommand & { list: number };

export type ListPreview = {
  place: ElsewherePlace;
  list: BroughtList;
  posts: OpenPosts;
  /** People of the round above the minimum who have no post now: whom the letters ask. */
  unplaced: number;
  /** For each post, how many of them it would take. */
  takes: ReadonlyMap<string, number>;
  /** Of them, how many none of the posts would take. */
  without: number;
  /** How many agreed, chose, and have no post by now. */
  agreed: number;
  /** People who are told once the outcome is confirmed. */
  untold: number;
  /** Whom the statement of the other region concerns that waits or counts, and how. */
  concerned: readonly Concerned[];
  mayStop: boolean;
  /** Whether the time to hand over has passed, and whether that of what was handed over has. */
  isLate: boolean;
  isErased: boolean;
  /** Whether this person may hand them over now, as far as the moment goes; `published`: the results that the other region reads. */
  mayHand: boolean;
  published: boolean;
};

/** What a list holds, and to whom it would be shown; nothing is stored. */
export const previewOpenPosts = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ListCommand,
): Promise<Result<ListPreview, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.read');
  if (!found.ok) return found;
  const list = found.value.record && listOf(found.value.record.state, command.list);
  if (!list) return refuse({ kind: 'not-found', what: 'page' });
  const posts = await openPostsOf(deps.records, list.file);
  const board = await offerBoard(deps, found.value.round);
  const unplaced = unplacedOf(board);
  // Thousands of posts and of people, and a dozen subjects: what a post takes hangs on its subject alone.
  const kinds = [...new Map(posts.posts.map((post) => [post.subject, post])).values()];
  const takesOf = new Map(
    kinds.map((post) => [post.subject, unplaced.filter(({ state }) => isAcceptable(state, post)).length]),
  );
  const takes = new Map(posts.posts.map(({ code, subject }) => [code, takesOf.get(subject) ?? 0]));
  const without = unplaced.filter(({ state }) => !kinds.some((post) => isAcceptable(state, post)));
  const now = deps.clock.now();
  const may = permit('elsewhere.hand', found.value.work.by.role, found.value.round.stage).ok;
  return ok({
    place: found.value,
    list,
    posts,
    unplaced: unplaced.length,
    takes,
    without: without.length,
    agreed: handedFor(board, list.sha256).length,
    untold: untoldOf(board, list.sha256).length,
    concerned: concernedBy(board, list, found.value.round.stage),
    isLate: now >= list.handingUntil,
    isErased: now >= list.keptUntil,
    mayStop: may && list.status === 'confirmed' && !list.handing,
    mayHand:
      may &&
      list.status === 'confirmed' &&
      !list.handing &&
      now >= list.choosingUntil &&
      now < list.handingUntil,
    published: publishedFor(found.value) !== undefined,
  });
};

/** Shows a list to everyone without a post, and writes to each. `confirmed` is the number of people that somebody looked at. */
export const confirmOpenPosts = (
  deps: Deps,
  command: ListCommand & { confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Attempt<void> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.import');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const asked = unplacedOf(await offerBoard(deps, round)).length;
    const { list, confirmed } = command;
    const decision = { by: work.by.id, list, asked, confirmed, zone: work.file.timeZone };
    const now = deps.clock.now();
    const events = decideConfirm(record.state, decision, now);
    if (!events.ok) return events;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [
        lettersToContenders(round, { kind: 'elsewhere', list }, now),
        // Whoever agreed and is not handed over by then hears so.
        notHandedRow(round.id, list, { why: 'over', at: listOf(record.state, list)?.handingUntil ?? now }),
      ],
    });
  });

const notHandedRow = (
  roundId: RoundId,
  list: number,
  { why, at }: { why: 'over' | 'stopped'; at: Instant },
): OutboxMessage => ({
  id: `elsewhere-${why}#${roundId}#${list}`,
  at,
  body: { kind: 'tell-elsewhere', roundId, list, about: 'not-handed' },
});

/** Takes back a list that was shown, before anybody is handed over; whoever agreed is told. */
export const stopOpenPosts = (deps: Deps, command: ListCommand): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Attempt<void> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.hand');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const { list } = command;
    const now = deps.clock.now();
    const events = decideStop(record.state, { by: work.by.id, list }, now);
    if (!events.ok) return events;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [notHandedRow(round.id, list, { why: 'stopped', at: now })],
    });
  });

/** Sends a list back before it is shown to anybody. */
export const refuseOpenPosts = (deps: Deps, command: ListCommand): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Attempt<void> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.import');
    if (!found.ok) return found;
    const { work, record } = found.value;
    if (!record) return refuse({ kind: 'not-found', what: 'page' });
    const events = decideRefuse(record.state, { by: work.by.id, list: command.list }, deps.clock.now());
    return events.ok ? await keepElsewhere(deps, found.value, { events: events.value }) : events;
  });
