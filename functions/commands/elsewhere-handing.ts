import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { type ElsewherePlace, elsewherePlace, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { BroughtList } from '#shared/domain/elsewhere.ts';
import { choicesAt, isHandedFor } from '#shared/domain/elsewhere-choices.ts';
import { handOver as decideHandOver, listOf } from '#shared/domain/elsewhere-decisions.ts';
import { publicationsAbout } from '#shared/domain/results-publication.ts';
import type { Publication } from '#shared/domain/round.ts';
import { fitsOnePacket, mostHanded } from '#shared/elsewhere/packet.ts';
import type { Refusal } from '#shared/errors.ts';
import { packetKey } from '#shared/ports/papers.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type ListCommand = CommitteeCommand & { list: number };

/** Who agreed, chose from a list, and has no post by now; best rank first. */
export const handedFor = (
  { contenders }: Pick<OfferBoard, 'contenders'>,
  list: Parameters<typeof isHandedFor>[1],
): OfferBoard['contenders'] => contenders.filter(({ state }) => isHandedFor(state, list));

/** The published final results of a round that count, from which another region reads totals and ranks. */
export const publishedFor = ({ round }: Pick<ElsewherePlace, 'round'>): Publication | undefined =>
  publicationsAbout(round, 'claims').at(-1);

/**
 * Hands over who agreed and chose: from here on no consent is taken back. The outbox seals and signs the packet and tells each of them. `confirmed` is the number of people
 * that somebody looked at; refused as `unfinished-work` while the final results are not published, and in words where they are more, or chose more, than one packet holds.
 */
export const handOver = (
  deps: Deps,
  command: ListCommand & { confirmed: number },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.hand');
    if (!found.ok) return found;
    const { work, record } = found.value;
    const list = record && listOf(record.state, command.list);
    if (!record || !list) return refuse({ kind: 'not-found', what: 'page' });
    if (!publishedFor(found.value)) return refuse({ kind: 'unfinished-work', remaining: 1 });
    const people = handedFor(await offerBoard(deps, found.value.round), list.sha256);
    const numbers = people.map(({ state }) => state.number);
    if (!fitsOnePacket(people.map(({ state }) => sizedBy(state, list))))
      return refuse(tooLarge(people.length));
    const { confirmed } = command;
    const decision = { by: work.by.id, list: list.number, numbers, confirmed, zone: work.file.timeZone };
    const now = deps.clock.now();
    const events = decideHandOver(record.state, decision, now);
    if (!events.ok) return events;
    const { roundId } = command;
    // Before the outbox makes the packet: it reads secrets, and lays down none.
    await deps.records.secret(replyName(roundId, list.number), deps.chance.token(32));
    const body = { kind: 'make-packet', roundId, list: list.number } as const;
    return await keepElsewhere(deps, found.value, {
      events: events.value,
      outbox: [
        { id: `packet#${roundId}#${list.number}`, at: now, body },
        {
          id: `erase-handed#${roundId}#list#${list.number}`,
          at: list.keptUntil,
          body: { kind: 'erase-handed', roundId, list: list.number },
        },
      ],
    });
  });

/** Under which name the secret lies that opens what the other region answers about a packet. */
export const replyName = (roundId: string, list: number): string => `elsewhere#${roundId}#list#${list}`;

const sizedBy = (candidacy: Contender, { sha256 }: BroughtList) => ({
  subjects: candidacy.facts.subjects,
  choices: choicesAt(candidacy, sha256)?.choices ?? [],
});

const tooLarge = (people: number): Refusal => {
  const facts = { people, limit: mostHanded };
  return { kind: 'invalid', faults: [{ place: 'packet', message: 'elsewhere.fault.largePacket', facts }] };
};

/** An address under which a packet can be downloaded for a minute, until it is erased; only the region that it is for can open it. */
export const openPacketFile = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'papers'>,
  command: ListCommand,
): Promise<Result<Opening, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.hand');
  if (!found.ok) return found;
  const { round, record } = found.value;
  const list = record && listOf(record.state, command.list);
  if (!list?.handed || deps.clock.now() >= list.keptUntil)
    return refuse({ kind: 'not-found', what: 'document' });
  const filename = `packet-${round.plan.intake}-${list.region}.json`;
  const key = packetKey(round.id, list.number);
  return ok(await openPaper(deps.papers, { key, filename }));
};
