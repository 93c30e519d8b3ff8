import type { CommandDeps } from '#functions/commands/deps.ts';
import { replyName } from '#functions/commands/elsewhere-handing.ts';
import { elsewherePlace, keepBrought, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import { type WaitingPost, waitingOn } from '#functions/commands/waiting-list.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { BroughtList } from '#shared/domain/elsewhere.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import { type Effect, effectOf } from '#shared/domain/elsewhere-gone.ts';
import { countingOf, type Follows, waitingOf } from '#shared/domain/elsewhere-heard.ts';
import {
  bringStatement as decideBring,
  confirmStatement as decideConfirm,
} from '#shared/domain/elsewhere-hearing.ts';
import type { Said } from '#shared/domain/elsewhere-said.ts';
import type { Stage } from '#shared/domain/stage.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import { type OpenedStatement, openPacketAnswers, readPacketAnswers } from '#shared/elsewhere/statement.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type ListCommand = CommitteeCommand & { list: number };

/** What a statement says of one person, and what that does to them as things stand. */
export type Concerned = { said: Said; candidacy: Contender; effect: Effect; waiting: readonly WaitingPost[] };

/** Everybody whom the statement names that waits for another person, or the one that counts where none does. */
export const concernedBy = (
  board: Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>,
  list: BroughtList,
  stage: Stage,
): Concerned[] => {
  const people = (waitingOf(list) ?? countingOf(list))?.people ?? [];
  if (people.length === 0) return [];
  const byNumber = new Map(board.contenders.map(({ state }) => [state.number, state]));
  const named = people.flatMap((said) => {
    const candidacy = byNumber.get(said.number);
    return candidacy ? [{ said, candidacy }] : [];
  });
  const places = waitingOn(board, new Set(named.map(({ candidacy }) => candidacy.applicationId)));
  return named.map(({ said, candidacy }) => ({
    said,
    candidacy,
    effect: effectOf(candidacy, { list: list.sha256, answer: said.answer, stage }),
    waiting: places.get(candidacy.applicationId) ?? [],
  }));
};

/** The same in numbers of people, which confirming confirms. */
export const followsFrom = (concerned: readonly Concerned[]): Follows => {
  const closing = concerned.flatMap(({ effect }) => (effect.kind === 'closes' ? [effect] : []));
  const many = (kind: Effect['kind']): number =>
    concerned.filter(({ effect }) => effect.kind === kind).length;
  return {
    closing: closing.length,
    offers: closing.flatMap(({ offers }) => offers).length,
    returning: many('returns'),
    conflicts: many('conflict'),
  };
};

/**
 * Brings the file in which another region states what people of a packet answered there. Every fault is answered and nothing is kept of a file that has one; one without waits for
 * another person.
 * @returns `isKnown` where it was brought already
 */
export const bringStatement = async (
  deps: Deps,
  command: ListCommand & { file: Uint8Array },
): Promise<Result<{ isKnown: boolean }, Refusal>> => {
  const text = readUtf8(command.file);
  return await decideAgain(async (): Promise<Result<{ isKnown: boolean }, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.outcome');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    const list = record && listOf(record.state, command.list);
    if (!record || !list?.handed) return refuse({ kind: 'not-found', what: 'page' });
    const opened = await openedFor(deps, list, { text, roundId: round.id });
    if (!opened.ok) return refuse({ kind: 'invalid', faults: opened.error });
    const brought = { by: work.by.id, roundId: round.id, list: list.number, opened: opened.value };
    return await keepBrought(deps, found.value, decideBring(record.state, brought, deps.clock.now()));
  });
};

/** The key follows from what the packet was sealed with; it goes with the packet, and older packets have none that was kept. */
const openedFor = async (
  { records, clock, chance }: Deps,
  list: BroughtList,
  { text, roundId }: { text: string | undefined; roundId: string },
): Promise<Result<OpenedStatement, Fault[]>> => {
  const read = await readPacketAnswers(text ?? '');
  if (!read.ok) return read;
  const { madeAt } = list.handed ?? {};
  if (!madeAt || !list.handing?.replies || clock.now() >= list.keptUntil)
    return refuse([{ place: 'statement', message: 'elsewhere.fault.noReplyKey' }]);
  const { privateKeyFrom } = await import('#shared/elsewhere/sealed.ts');
  const secret = await records.secret(replyName(roundId, list.number), chance.token(32));
  return await openPacketAnswers(read.value, privateKeyFrom(`${secret}\n${madeAt}`));
};

/**
 * Lets a statement count: the outbox then does with each what follows from it, and tells them. `statement` is the SHA-256 of the one that somebody looked at, and `seen` what followed from
 * it then.
 */
export const confirmStatement = (
  deps: Deps,
  command: ListCommand & { statement: string; seen: Follows },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.outcome');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    const list = record && listOf(record.state, command.list);
    if (!record || !list) return refuse({ kind: 'not-found', what: 'page' });
    const follows = followsFrom(concernedBy(await offerBoard(deps, round), list, round.stage));
    const { statement, seen } = command;
    const decision = { by: work.by.id, list: list.number, statement, follows, seen };
    const now = deps.clock.now();
    const events = decideConfirm(record.state, decision, now);
    if (!events.ok) return events;
    const { roundId } = command;
    const id = `elsewhere-answers#${roundId}#${list.number}#${waitingOf(list)?.number ?? 0}`;
    const body = { kind: 'tell-elsewhere', roundId, list: list.number, about: 'answers' } as const;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [{ id, at: now, body }],
    });
  });
