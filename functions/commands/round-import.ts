import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { type Plan, type Round } from '#shared/domain/round.ts';
import { draftRound, importRegister, replaceFile } from '#shared/domain/round-call.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import { postsOf, registerText } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Claim } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge' | 'region'>;
type Attempt = Promise<Result<Versioned<Round>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Round>, Refusal>>;

/**
 * Drafts a round from a round file, or replaces the file of the draft named by `roundId`. `file` are the uploaded
 * bytes, whose SHA-256 is kept. Refused as `invalid` with every fault, and where the intake label is taken.
 */
export const importRoundFile = async (
  deps: Deps,
  command: { by: Actor; file: Uint8Array; roundId?: RoundId },
): Answer => {
  const text = readUtf8(command.file);
  if (text === undefined)
    return refuse({ kind: 'invalid', faults: [{ place: '', message: 'round-file.not-utf8' }] });
  // Loaded when somebody imports: the parsers weigh more than most pages.
  const { planOf, readRoundFile } = await import('#shared/domain/round-file-reading.ts');
  const file = readRoundFile(text, deps.region);
  if (!file.ok) return refuse({ kind: 'invalid', faults: file.error });
  const read = { by: command.by, text, plan: planOf(file.value, sha256Of(text)) };
  const { roundId } = command;
  return decideAgain(() => (roundId ? replace(deps, roundId, read) : draft(deps, read)));
};

/** Reads vacancies from the bytes of a CSV file (UTF-8) and makes them the register of a draft. */
export const importVacancies = async (
  deps: Deps,
  command: { by: Actor; roundId: RoundId; file: Uint8Array },
): Answer => {
  const csv = readUtf8(command.file);
  if (csv === undefined)
    return refuse({ kind: 'invalid', faults: [{ place: '', message: 'vacancies.not-utf8' }] });
  const { readVacancies } = await import('#shared/domain/vacancy-csv.ts');
  const vacancies = readVacancies(csv);
  if (!vacancies.ok) return refuse({ kind: 'invalid', faults: vacancies.error });
  const { text, sha256 } = registerText(vacancies.value);
  const register = { sha256, vacancies: vacancies.value.length, posts: postsOf(vacancies.value) };
  return decideAgain(async (): Attempt => {
    const found = await deps.records.find(roundAggregate, command.roundId);
    if (!found) return refuse({ kind: 'not-found', what: 'round' });
    const decision = importRegister(found.state, register, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(found);
    const { change, after } = changed(roundAggregate, found.id, found, decision.value);
    const stored = await store(deps, { by: command.by, changes: [change], blobs: [{ sha256, text }] });
    return stored.ok ? ok(after) : stored;
  });
};

/** The claim that keeps an intake label with one round of the region. */
export const intakeClaim = (round: { id: string; region: string; plan: { intake: string } }): Claim => ({
  key: `intake#${round.region}#${round.plan.intake}`,
  value: round.id,
});

type Read = { by: Actor; text: string; plan: Plan };

/** A second press of the button finds the draft that the first one made. */
const draft = async (deps: Deps, { by, text, plan }: Read): Attempt => {
  const id = RoundId.parse(deps.chance.id());
  const claim = intakeClaim({ id, region: deps.region, plan });
  const holder = await deps.records.claimed(claim.key);
  if (holder !== undefined) {
    const standing = await deps.records.find(roundAggregate, holder);
    const same = standing?.state.stage === 'draft' && standing.state.plan.file === plan.file;
    return same ? ok(standing) : refuse({ kind: 'intake-taken', intake: plan.intake });
  }
  const { change, after } = changed(
    roundAggregate,
    id,
    undefined,
    draftRound(id, deps.region, plan, deps.clock.now()),
  );
  const blobs = [{ sha256: plan.file, text }];
  const stored = await store(deps, { by, changes: [change], claims: [claim], blobs });
  return stored.ok ? ok(after) : stored;
};

const replace = async (deps: Deps, roundId: RoundId, { by, text, plan }: Read): Attempt => {
  const found = await deps.records.find(roundAggregate, roundId);
  if (!found) return refuse({ kind: 'not-found', what: 'round' });
  const decision = replaceFile(found.state, plan, deps.clock.now());
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(found);
  const old = intakeClaim(found.state);
  const claim = intakeClaim({ ...found.state, plan });
  const renamed = old.key !== claim.key;
  if (renamed && (await deps.records.claimed(claim.key)) !== undefined) {
    return refuse({ kind: 'intake-taken', intake: plan.intake });
  }
  const { change, after } = changed(roundAggregate, found.id, found, decision.value);
  const stored = await store(deps, {
    by,
    changes: [change],
    ...(renamed && { claims: [claim], releases: [old] }),
    blobs: [{ sha256: plan.file, text }],
  });
  return stored.ok ? ok(after) : stored;
};
