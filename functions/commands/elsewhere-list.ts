import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { replyName } from '#functions/commands/elsewhere-handing.ts';
import {
  arrivalsOwner,
  type ElsewherePlace,
  elsewherePlace,
  keepElsewhere,
} from '#functions/commands/elsewhere-place.ts';
import { emptyPosts, remainingOf } from '#functions/commands/exchange.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { addWorkingDays } from '#shared/domain/calendar.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { postsOf, type Vacancy } from '#shared/domain/vacancy.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import { mostListed, type OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import type { PersonsEraser } from '#shared/ports/erasure.ts';
import { answersKey, openPostsKey, outcomeKey, packetKey } from '#shared/ports/papers.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge' | 'region'>;

/** What the list would hold now. */
export type Listable = {
  posts: readonly Vacancy[];
  /** Answers, offers and choices of the own second chance that come first. */
  remaining: number;
};

export const listable = async (
  deps: Pick<CommandDeps, 'records'>,
  { round }: Pick<ElsewherePlace, 'round'>,
): Promise<Listable> => {
  const board = await offerBoard(deps, round);
  const isChoosing = round.exchange && !round.exchange.ran;
  return { posts: emptyPosts(board), remaining: remainingOf(board) + (isChoosing ? 1 : 0) };
};

/** Until when people of other regions may choose, their regions hand over, and it is kept, if it is listed now. */
export const listMoments = (
  { timeZone, calendar }: Pick<RoundFile, 'timeZone' | 'calendar'>,
  rule: ElsewherePlace['rule'],
  now: Instant,
): Pick<OpenPosts, 'choosingUntil' | 'handingUntil' | 'keptUntil'> => {
  const choosing = addWorkingDays(dayAt(timeZone, now), rule.workingDays, calendar);
  const handing = addWorkingDays(choosing, rule.handingWorkingDays, calendar);
  const handingUntil = endOfDay(timeZone, handing);
  const keptUntil = addSeconds(handingUntil, rule.keptDays * 24 * 60 * 60);
  return { choosingUntil: endOfDay(timeZone, choosing), handingUntil, keptUntil };
};

/**
 * Tells other regions which posts stay empty, once in a round: the list is written down now, and signed by the outbox. `confirmed` is the number of posts that
 * somebody looked at; refused as `unfinished-work` while people of the own round may still get one of them. Again changes nothing.
 */
export const listOpenPosts = (
  deps: Deps,
  command: CommitteeCommand & { confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.list');
    if (!found.ok) return found;
    const place = found.value;
    if (place.record?.state.own) return ok(undefined);
    const { posts, remaining } = await listable(deps, place);
    if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining });
    const count = postsOf(posts);
    if (count !== command.confirmed)
      return refuse({ kind: 'recipients-differ', recipients: count, confirmed: command.confirmed });
    if (posts.length === 0 || posts.length > mostListed) return refuse({ kind: 'not-in-stage' });
    const now = deps.clock.now();
    const list = await composed(deps, place, { posts, now });
    const text = canonicalJson(list);
    const statement = sha256Of(text);
    const { id: roundId } = place.round;
    const { choosingUntil, handingUntil, keptUntil } = list;
    const facts = { statement, posts: count, choosingUntil, handingUntil, keptUntil };
    return await keepElsewhere(deps, place, {
      events: [{ type: 'elsewhere-listed', at: now, by: place.work.by.id, roundId, ...facts }],
      blobs: [{ sha256: statement, text }],
      outbox: [
        { id: `open-posts#${roundId}`, at: now, body: { kind: 'sign-open-posts', roundId } },
        { id: `erase-handed#${roundId}`, at: keptUntil, body: { kind: 'erase-handed', roundId } },
      ],
    });
  });

const composed = async (
  { records, chance, region }: Deps,
  { work, round, rule }: ElsewherePlace,
  { posts, now }: { posts: readonly Vacancy[]; now: Instant },
): Promise<OpenPosts> => {
  // Loaded when somebody lists: the curve weighs more than most pages.
  const { privateKeyFrom, publicKeyOf } = await import('#shared/elsewhere/sealed.ts');
  const secret = await records.secret(sealName(round.id), chance.token(32));
  const { timeZone: zone } = work.file;
  return {
    kind: 'open-posts',
    format: 1,
    region,
    roundId: round.id,
    intake: round.plan.intake,
    zone,
    madeAt: now,
    ...listMoments(work.file, rule, now),
    compare: rule.compare,
    sealTo: publicKeyOf(privateKeyFrom(secret)),
    posts: [...posts],
  };
};

/** Under which name the secret lies that opens what is sealed for the list of a round. */
export const sealName = (roundId: string): string => `elsewhere#${roundId}`;

/**
 * Erases who was handed over for the list of a round with what became of them, and then the secret that opens what was sealed for it: wherever a copy of a packet lies, nobody
 * reads it any more. With `list` it erases the own packet for a list of another region, and the secret that opens what comes back about it. Again changes nothing.
 */
export const eraseHanded = async (
  {
    records,
    papers,
    eraser,
  }: Pick<CommandDeps, 'records' | 'papers'> & { eraser: Pick<PersonsEraser, 'texts' | 'secret'> },
  { roundId, list }: { roundId: RoundId; list?: number },
): Promise<void> => {
  if (list !== undefined) {
    await papers.remove(packetKey(roundId, list));
    return await eraser.secret(replyName(roundId, list));
  }
  const arrivals = (await records.find(elsewhereAggregate, roundId))?.state.arrivals ?? [];
  for (const { number, statements = [] } of arrivals) {
    await papers.remove(outcomeKey(roundId, number));
    for (const one of statements) await papers.remove(answersKey(roundId, number, one.number));
  }
  await eraser.texts(arrivalsOwner(roundId));
  await eraser.secret(sealName(roundId));
};

/** An address under which the signed list can be downloaded for a minute; nothing of it is secret. */
export const openListFile = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'papers'>,
  command: CommitteeCommand,
): Promise<Result<Opening, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.read');
  if (!found.ok) return found;
  const { round, record } = found.value;
  if (!record?.state.own?.signed) return refuse({ kind: 'not-found', what: 'document' });
  const filename = `open-posts-${round.plan.intake}.json`;
  return ok(await openPaper(deps.papers, { key: openPostsKey(round.id), filename }));
};
