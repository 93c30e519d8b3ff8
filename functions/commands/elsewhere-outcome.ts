import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { peopleOf } from '#functions/commands/elsewhere-giving.ts';
import { noteElsewhere } from '#functions/commands/elsewhere-noting.ts';
import { elsewherePlace } from '#functions/commands/elsewhere-place.ts';
import { signedFile } from '#functions/commands/elsewhere-signed.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { log } from '#functions/log.ts';
import { type Elsewhere, type ElsewhereEvent, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { type Arrival, arrivalOf } from '#shared/domain/elsewhere-arrivals.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import { nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import { type PacketOutcome, readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import type { Refusal } from '#shared/errors.ts';
import { outcomeKey } from '#shared/ports/papers.ts';
import type { Signer } from '#shared/ports/signer.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'clock' | 'nudge' | 'region'> & { signer: Signer };

/**
 * Signs what became of the people of a packet, once posts were given: what was written by a try that was cut is taken as it is. Nothing is made once nobody knows any more who they are.
 * @throws when key or storage cannot be reached, or what lies there is no such outcome
 */
export const makeOutcome = async (
  deps: Deps,
  { roundId, arrival: number }: { roundId: RoundId; arrival: number },
): Promise<void> => {
  const state = (await deps.records.find(elsewhereAggregate, roundId))?.state;
  const arrival = state && arrivalOf(state, number);
  if (!arrival || arrival.outcome) return;
  const statement = await composed(deps, state, arrival);
  if (!statement) return;
  const key = outcomeKey(roundId, number);
  if (!(await deps.papers.exists(key))) {
    const bytes = new TextEncoder().encode(await signedFile(deps.signer, statement, 'packet-outcome'));
    await deps.papers.put({ key, bytes, mediaType: 'application/json' });
  }
  const kept = await readPacketOutcome(new TextDecoder().decode(await deps.papers.read(key)));
  if (!kept.ok || kept.value.outcome.packet !== arrival.packet) {
    throw new Error(`The outcome of packet ${number} of ${roundId} does not hold.`);
  }
  await noteElsewhere(deps, roundId, made(number, kept.value.sha256));
  log.info('OUTCOME_SIGNED', { roundId, count: statement.people.length });
};

const made =
  (arrival: number, outcome: Sha256) =>
  (state: Elsewhere, at: ElsewhereEvent['at']): ElsewhereEvent[] =>
    arrivalOf(state, arrival)?.outcome ? [] : [{ type: 'elsewhere-outcome-made', at, arrival, outcome }];

/** Everyone of one packet. Whoever came from two regions is told the same by both: it is one person, and one answer. */
const composed = async (
  { records, region }: { records: CommandDeps['records']; region: RegionCode },
  { own, given, arrivals = [], twins: rulings = [] }: Elsewhere,
  arrival: Arrival,
): Promise<PacketOutcome | undefined> => {
  if (!own || !given || arrival.status !== 'confirmed') return undefined;
  const people = await peopleOf(records, [arrival]);
  if (people.length === 0) return undefined;
  // Loaded with an outcome: the rest of this module allocates.
  const { twinsOf } = await import('#shared/elsewhere/allocation.ts');
  const twins = twinsOf(await peopleOf(records, arrivals), rulings);
  const posts = new Set(given.posts.map(nameOfNewcomer));
  const outcomes = people.map((one) => {
    const name = nameOfNewcomer(one);
    // Posts may have been given while others counted as one, so whoever was given one is told so first of all.
    const isGiven = posts.has(name) || posts.has(twins.get(name) ?? name);
    const outcome = isGiven ? ('post' as const) : ('none' as const);
    return { number: one.number, outcome };
  });
  return {
    kind: 'packet-outcome',
    format: 1,
    from: region,
    to: arrival.from,
    roundId: arrival.of,
    list: own.statement,
    packet: arrival.packet,
    decidedAt: given.at,
    people: outcomes.toSorted((a, b) => (a.number < b.number ? -1 : 1)),
  };
};

/** An address under which the outcome for one region can be downloaded for a minute, until it is erased. */
export const openOutcomeFile = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'papers'>,
  command: CommitteeCommand & { arrival: number },
): Promise<Result<Opening, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.receive');
  if (!found.ok) return found;
  const { round, record } = found.value;
  const arrival = record && arrivalOf(record.state, command.arrival);
  const isKept = record?.state.own && deps.clock.now() < record.state.own.keptUntil;
  if (!arrival?.outcome || !isKept) return refuse({ kind: 'not-found', what: 'document' });
  const filename = `outcome-${arrival.intake}-${arrival.from}.json`;
  const key = outcomeKey(round.id, arrival.number);
  return ok(await openPaper(deps.papers, { key, filename }));
};
