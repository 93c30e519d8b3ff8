import type { CommandDeps } from '#functions/commands/deps.ts';
import { tellOfEngaged } from '#functions/commands/engaged-letters.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { log } from '#functions/log.ts';
import {
  type AnchorDeps,
  anchorOf,
  comparePart,
  isFault,
  keepAnchor,
  keepPart,
  newestNumber,
  partsOf,
} from '#functions/sweep/anchoring.ts';
import { impossibleIn } from '#functions/sweep/impossible.ts';
import { checkPage, type InvariantDeps } from '#functions/sweep/invariants.ts';
import { tellFinding } from '#functions/sweep/telling.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import {
  begun,
  type CheckReason,
  type CheckRun,
  type CheckState,
  type UnfinishedRun,
  withFindings,
} from '#shared/checks/run.ts';
import { isDue } from '#shared/checks/turn.ts';
import { isUnreadable } from '#shared/domain/audit.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { CheckReports } from '#shared/ports/checks.ts';

export type CheckDeps = InvariantDeps &
  AnchorDeps & {
    commands: Pick<CommandDeps, 'records' | 'clock' | 'region' | 'nudge'>;
    reports: CheckReports;
    /** Milliseconds that this invocation still has. */
    remaining: () => number;
  };

/** A step is begun only with this much time left: a page of records, a round, or a part of an anchor. */
const reserveMilliseconds = 60_000;

/**
 * Checks everything that can be checked of what is stored, in steps: each record by itself, each round for states that should be impossible, and
 * all chains against the last anchor; then makes the next one, unless that comparison found something. Out of time, it stores how far it came, and
 * the next sweep goes on from there.
 */
export const beginChecks = async (deps: CheckDeps, because: CheckReason): Promise<CheckState> => {
  const standing = because === 'night' ? undefined : await standingOf(deps);
  const running = begun(because, deps.commands.clock.now());
  for (;;) {
    const state = await deps.reports.read();
    const held = await hold(deps, { ...state, ...(standing && { standing }) }, running);
    // Lost to another invocation: what it saved is kept, and it finds that it is at it no more.
    if (held) return await carryOn(deps, held);
  }
};

/**
 * Goes on with what was cut off; begins, where a round has gone on since the last anchor, or where no night came to its end for long; and warns
 * where one that was begun does not.
 */
export const lookAfterChecks = async (deps: CheckDeps): Promise<void> => {
  const state = await deps.reports.read();
  const { night, running } = state;
  const now = deps.commands.clock.now();
  if (night && addSeconds(night.endedAt, patienceSeconds) < now) {
    if (running?.because !== 'night') {
      await beginChecks(deps, 'night');
      return;
    }
    if (addSeconds(running.begunAt, longestSeconds) < now)
      log.error('CHECKS_OLD', { ageSeconds: patienceSeconds });
  }
  if (running) {
    const isHeld = running.heldUntil !== undefined && running.heldUntil > now;
    const held = isHeld ? undefined : await hold(deps, state, running);
    if (held) await carryOn(deps, held);
    return;
  }
  const standing = await standingOf(deps);
  if (standing && standing !== state.standing) await beginChecks(deps, 'stage');
};

/** A night and a half: one that fails is seen before the next. */
const patienceSeconds = 36 * 3600;

/** Within this a night comes to its end over several sweeps. */
const longestSeconds = 3600;

/** Takes a run up for as long as this invocation may last. @returns undefined where another one saved in between */
const hold = (
  { commands, reports, remaining }: CheckDeps,
  state: CheckState,
  running: UnfinishedRun,
): Promise<CheckState | undefined> => {
  const heldUntil = addSeconds(commands.clock.now(), Math.ceil(remaining() / 1000));
  return reports.save({ ...state, running: { ...running, heldUntil } });
};

const carryOn = async (deps: CheckDeps, from: CheckState): Promise<CheckState> => {
  let state = from;
  try {
    while (state.running && deps.remaining() >= reserveMilliseconds) {
      state = await step(deps, state, state.running);
    }
  } finally {
    // A step that failed is tried again by the next sweep: what was checked before it is not checked anew.
    await deps.reports.save(released(state));
  }
  return state;
};

const released = ({ running, ...state }: CheckState): CheckState => {
  if (!running) return state;
  const { heldUntil: _over, ...rest } = running;
  return { ...state, running: rest };
};

const step = (deps: CheckDeps, state: CheckState, running: UnfinishedRun): Promise<CheckState> =>
  steps[running.phase](deps, state, running);

type Step = (deps: CheckDeps, state: CheckState, running: UnfinishedRun) => Promise<CheckState>;

const steps: Record<UnfinishedRun['phase'], Step> = {
  records: async (deps, state, running) => {
    const { checked, findings, next } = await checkPage(deps, running.after);
    const found = withFindings({ ...running, records: running.records + checked }, findings);
    return { ...state, running: then(found, next, 'rounds') };
  },
  rounds: async (deps, state, running) => {
    const due = await roundIds(deps, state);
    const id = due.find((one) => running.after === undefined || one > running.after);
    if (id === undefined) return { ...state, running: then(running, undefined, 'compare') };
    const found = await unlessUnreadable(() => impossibleIn(deps.commands, id), unreadableRound(id));
    tell(found);
    await tellOfEngaged(deps.commands, id, found);
    return { ...state, running: then(withFindings(running, found), id, 'compare') };
  },
  compare: async (deps, state, running) => {
    const known = state.anchor?.number ?? 0;
    const newest = await newestNumber(deps, known);
    if (newest === 0) return { ...state, running: then(running, undefined, 'anchor') };
    const anchor = await anchorOf(deps, newest);
    if (isFault(anchor)) return await found(deps, state, running, [anchor]);
    const index = Number(running.after ?? '0');
    const key = Buffer.from(await deps.signer.publicKey()).toString('hex');
    if (anchor.signature.publicKey !== key) {
      return await found(deps, state, running, [
        { invariant: 'anchor-by-other-key', id: `anchor-${newest}` },
      ]);
    }
    const parts = await partsOf(deps, anchor);
    if (isFault(parts)) return await found(deps, state, running, [parts]);
    const part = parts[index];
    if (!part) return await compared(deps, state, running);
    const faults = await comparePart(deps, part);
    tell(faults);
    const seen = running.because === 'night' ? 0 : part.heads;
    const after = withFindings({ ...running, records: running.records + seen, ...cutBy(faults) }, faults);
    return { ...state, running: then(after, String(index + 1), 'anchor') };
  },
  anchor: async (deps, state, running) => {
    const { part, next } = await keepPart(deps, running.after);
    const parts = part ? [...running.parts, part] : running.parts;
    const collected = { ...running, parts };
    if (next !== undefined) return { ...state, running: then(collected, next, 'anchor') };
    if (parts.length === 0) return ended(deps, state, collected);
    const newest = await newestNumber(deps, state.anchor?.number ?? 0);
    const madeAt = deps.commands.clock.now();
    const anchor = await keepAnchor(deps, collected, { newest, madeAt });
    return ended(deps, anchor ? { ...state, anchor } : state, collected, anchor);
  },
};

/** Goes on in the phase where it has more, or with the next. */
const then = (
  { after: _before, ...running }: UnfinishedRun,
  after: string | undefined,
  next: UnfinishedRun['phase'],
): UnfinishedRun => (after === undefined ? { ...running, phase: next } : { ...running, after });

const found = async (
  deps: CheckDeps,
  state: CheckState,
  running: UnfinishedRun,
  faults: readonly CheckFinding[],
): Promise<CheckState> => {
  tell(faults);
  return await compared(deps, state, withFindings({ ...running, ...cutBy(faults) }, faults));
};

/** What comparing with an anchor finds means that the records cannot be signed as they are. */
const cutBy = (faults: readonly CheckFinding[]): { cut?: true } => (faults.length > 0 ? { cut: true } : {});

/** No anchor is made of records that lack what the last one has: it would make the loss the truth, and tomorrow nobody would see it. */
const compared = async (deps: CheckDeps, state: CheckState, running: UnfinishedRun): Promise<CheckState> =>
  running.cut ? ended(deps, state, running) : { ...state, running: then(running, undefined, 'anchor') };

/** None where one of them cannot be read, which the check of its record has told: everything else is looked at all the same. */
const roundIds = async ({ commands }: CheckDeps, checks: CheckState): Promise<RoundId[]> => {
  const rounds = await unlessUnreadable(() => everyRound(commands), []);
  return rounds.flatMap(({ state }) => (isDue(state, checks) ? [state.id] : [])).toSorted();
};

const unreadableRound = (id: RoundId): CheckFinding[] => [
  { invariant: 'unreadable', aggregate: 'round', id, roundId: id },
];

const unlessUnreadable = async <Value>(read: () => Promise<Value>, otherwise: Value): Promise<Value> => {
  try {
    return await read();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return otherwise;
  }
};

const ended = (
  { commands }: CheckDeps,
  { running: _over, ...state }: CheckState,
  { because, begunAt, records, findings, more }: UnfinishedRun,
  anchor?: CheckRun['anchor'],
): CheckState => {
  const endedAt = commands.clock.now();
  const run = { because, begunAt, endedAt, records, findings, more, ...(anchor && { anchor }) };
  if (findings.length === 0) log.info('INVARIANTS_HELD', { count: records });
  const nights = (state.nights ?? 0) + (because === 'night' ? 1 : 0);
  return { ...state, nights, [because]: run };
};

const tell = (findings: readonly CheckFinding[]): void => findings.forEach(tellFinding);

/** Where the rounds stand that a committee has begun to decide in: it moves with each gate. Undefined where there is none. */
const standingOf = async ({ commands }: Pick<CheckDeps, 'commands'>): Promise<Sha256 | undefined> => {
  const standing = (await everyRound(commands)).flatMap(({ state: round }) => {
    if (isGatedRound(round)) return [`${round.id} ${round.stage} ${round.visits[round.stage] ?? 1}`];
    return round.stage === 'closed' ? [`${round.id} closed`] : [];
  });
  return standing.length === 0 ? undefined : sha256Of(standing.toSorted().join('\n'));
};
