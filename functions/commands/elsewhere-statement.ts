import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { noteElsewhere } from '#functions/commands/elsewhere-noting.ts';
import { elsewherePlace } from '#functions/commands/elsewhere-place.ts';
import { signedFile } from '#functions/commands/elsewhere-signed.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { log } from '#functions/log.ts';
import { type Elsewhere, type ElsewhereEvent, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { type Arrival, arrivalOf } from '#shared/domain/elsewhere-arrivals.ts';
import type { Statement } from '#shared/domain/elsewhere-said.ts';
import { newestStatement } from '#shared/domain/elsewhere-stating.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { answersAbout, type PacketAnswers, readPacketAnswers } from '#shared/elsewhere/statement.ts';
import type { Refusal } from '#shared/errors.ts';
import { answersKey } from '#shared/ports/papers.ts';
import type { Signer } from '#shared/ports/signer.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'clock' | 'chance' | 'nudge' | 'region'> & {
  signer: Signer;
};

/**
 * Seals and signs what people of a packet answered, as it was decided: what was written by a try that was cut is taken as it is.
 * @throws when key or storage cannot be reached, or what lies there is no such statement
 */
export const makeStatement = async (
  deps: Deps,
  { roundId, arrival: number, statement }: { roundId: RoundId; arrival: number; statement: number },
): Promise<void> => {
  const state = (await deps.records.find(elsewhereAggregate, roundId))?.state;
  const arrival = state && arrivalOf(state, number);
  const asked = arrival?.statements?.find((one) => one.number === statement);
  if (!state?.own || !arrival || !asked || asked.made || deps.clock.now() >= state.own.keptUntil) return;
  const key = answersKey(roundId, number, statement);
  if (!(await deps.papers.exists(key))) {
    const composing = { arrival, asked, list: state.own.statement };
    const file = await signedFile(deps.signer, await composed(deps, composing), 'packet-answers');
    await deps.papers.put({ key, bytes: new TextEncoder().encode(file), mediaType: 'application/json' });
  }
  const kept = await readPacketAnswers(new TextDecoder().decode(await deps.papers.read(key)));
  if (!kept.ok || kept.value.statement.packet !== arrival.packet) {
    throw new Error(`The statement ${statement} about packet ${number} of ${roundId} does not hold.`);
  }
  await noteElsewhere(deps, roundId, made(number, statement, kept.value.sha256));
  log.info('STATEMENT_SIGNED', { roundId, count: asked.people.length });
};

const made =
  (arrival: number, number: number, statement: Sha256) =>
  (state: Elsewhere, at: Instant): ElsewhereEvent[] =>
    arrivalOf(state, arrival)?.statements?.some((one) => one.number === number && !one.made)
      ? [{ type: 'elsewhere-statement-made', at, arrival, number, statement }]
      : [];

const composed = async (
  { clock, chance, region }: Deps,
  { arrival, asked, list }: { arrival: Arrival; asked: Statement; list: Sha256 },
): Promise<PacketAnswers> => {
  const { packet, from: to, of: roundId, replyTo } = arrival;
  if (!replyTo) throw new Error(`The packet ${packet} names no key to answer to.`);
  // Loaded with a statement: the curve weighs more than the rest.
  const { privateKeyFrom, seal } = await import('#shared/elsewhere/sealed.ts');
  const address = { from: region, to, roundId, packet, number: asked.number };
  const once = privateKeyFrom(chance.token(32));
  const text = canonicalJson({ people: asked.people });
  return {
    kind: 'packet-answers',
    format: 1,
    ...address,
    list,
    madeAt: clock.now(),
    people: asked.people.length,
    sealed: await seal(text, { to: replyTo, once, about: answersAbout(address) }),
  };
};

/** An address under which the newest statement for one region can be downloaded for a minute, until it is erased; only that region can open it. */
export const openStatementFile = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'papers'>,
  command: CommitteeCommand & { arrival: number },
): Promise<Result<Opening, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.receive');
  if (!found.ok) return found;
  const { round, record } = found.value;
  const arrival = record && arrivalOf(record.state, command.arrival);
  const newest = arrival && newestStatement(arrival);
  const isKept = record?.state.own && deps.clock.now() < record.state.own.keptUntil;
  if (!arrival || !newest?.made || !isKept) return refuse({ kind: 'not-found', what: 'document' });
  const filename = `answers-${arrival.intake}-${arrival.from}-${newest.number}.json`;
  const key = answersKey(round.id, arrival.number, newest.number);
  return ok(await openPaper(deps.papers, { key, filename }));
};
