import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { givenRows } from '#functions/commands/judge-rows.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { receiptsSeedIn } from '#functions/commands/proposals/scoring.ts';
import { oneMoreEach } from '#functions/commands/rater-assignment.ts';
import { inScoring, type ScoringPlace, seedOf } from '#functions/commands/rater-place.ts';
import { type RatersTurn, ratersTurn, takeTurn, turnAfter } from '#functions/commands/rater-turn.ts';
import { type CandidacyChange, goingOn, inCommits, readCandidacies } from '#functions/commands/selection.ts';
import { severityAdjuster } from '#functions/commands/severity.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atGate,
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Placed } from '#shared/domain/further-ratings.ts';
import { type FurtherRule, lineLevel } from '#shared/domain/further-rule.ts';
import { type FurtherTurn, turnsIn } from '#shared/domain/further-turns.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import { ApplicationId, type PersonId, type Sha256 } from '#shared/domain/ids.ts';
import { owedScores } from '#shared/domain/scoring.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** One more rater for each of some applications, and the text that says why these. */
type Asking = { raters: ReadonlyMap<ApplicationId, PersonId[]>; basis: Sha256; text: string };

/** Why nobody is asked for more: the round file asks nobody, the line is clear, nothing can be said of it, each has had all, the budget does not reach for all of them, or nobody is free. */
type Stop = 'shown' | 'settled' | 'unknown' | 'spent' | 'budget' | 'nobody';

/** How the ratings near the line stand. */
export type NearLineState =
  /** Scores are still to come; they may be those of the last turn. */
  | { kind: 'awaited'; owed: number }
  | { kind: 'unmarked'; remaining: number }
  /** A turn was asked for in part, since the machine stopped in the middle of it. */
  | { kind: 'begun'; asking: Asking }
  | { kind: 'due'; placed: Placed[]; asking: Asking; unfree: number }
  | { kind: 'over'; placed: Placed[]; stop: Stop; cost: number };

type Line = {
  /** Absent where the round file asks nobody for more: the group is shown all the same. */
  rule: FurtherRule | undefined;
  candidacies: Versioned<Candidacy>[];
  /** Asked for so far, oldest turn first; and in all. */
  turns: FurtherTurn[];
  spent: number;
  state: NearLineState;
};

export type NearLineView = Omit<Line, 'candidacies'> & {
  place: Workplace;
  /** The line lies behind so many. */
  places: number;
  /** Near the line, and out of the reader's reach by a conflict of interest; they are in no list here. */
  hidden: number;
  /** Whether work on the stage goes on, so that somebody may be asked. */
  open: boolean;
};

/** Who stands near the line, and what one more rating of each would cost. */
export const nearLineView = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<NearLineView, Refusal>> => {
  const found = await workplace(deps, command, 'raters.further');
  if (!found.ok) return found;
  const place = atGate(found.value);
  if (!place.ok) return place;
  const line = await lineAt(deps, place.value);
  if (!line.ok) return line;
  const { state, rule, turns, spent } = line.value;
  const isHidden = ({ applicationId }: Placed): boolean =>
    inConflict(place.value.committee.state, command.by.id, applicationId);
  const near = 'placed' in state ? state.placed.filter((one) => one.near) : [];
  return ok({
    place: found.value,
    rule,
    turns,
    spent,
    places: found.value.file.shortlist.atMost ?? 0,
    state: 'placed' in state ? { ...state, placed: state.placed.filter((one) => !isHidden(one)) } : state,
    hidden: near.filter(isHidden).length,
    open: acceptsWork(place.value.gate.state).ok,
  });
};

/**
 * Asks one more independent rater for exactly the group that a page showed: all of it or, where anything has changed, nobody. The same
 * again, by a second press or by somebody else, asks nobody twice. Answers how many applications the turn is about.
 */
export const askFurther = (
  deps: Deps,
  command: CommitteeCommand & { basis: Sha256 },
): Promise<Result<{ asked: number }, Refusal>> =>
  decideAgain(async (): Promise<Result<{ asked: number }, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'raters.further');
    if (!found.ok) return found;
    if (!found.value.file.raters.further) return refuse({ kind: 'not-found', what: 'page' });
    const place = atWork(found.value);
    if (!place.ok) return place;
    const turn = await ratersTurn(deps.records, command.roundId, place.value.file);
    const line = await lineAt(deps, place.value);
    if (!line.ok) return line;
    const { candidacies, turns, state } = line.value;
    const asked = turns.find(({ basis }) => basis === command.basis)?.applications ?? 0;
    if ('asking' in state && state.asking.basis === command.basis) {
      const stored = await storeAll(deps, place.value, { candidacies, asking: state.asking, turn });
      return stored.ok ? ok({ asked: asked + state.asking.raters.size }) : stored;
    }
    return asked > 0 ? ok({ asked }) : refuse({ kind: 'changed-meanwhile' });
  });

/** How many applications the round file wants one more rating of before a proposal may be drawn up. */
export const furtherDue = async (deps: Reads, place: OpenWorkplace): Promise<number> => {
  if (place.round.state.stage !== 'scoring' || !place.file.raters.further) return 0;
  const line = await lineAt(deps, place);
  return line.ok && 'asking' in line.value.state ? line.value.state.asking.raters.size : 0;
};

const lineAt = async (deps: Reads, place: OpenWorkplace): Promise<Result<Line, Refusal>> => {
  const { raters, shortlist: invited } = place.file;
  const rule = raters.further;
  if (!rule && invited.atMost === undefined) return refuse({ kind: 'not-found', what: 'page' });
  const scoring = await inScoring(deps, place);
  if (!scoring.ok) return scoring;
  const admitted = await goingOn(deps.records, scoring.value.round, 'screening');
  // Each by its id: what a decision follows from must not lag behind.
  const everyone = await readCandidacies(deps.records, [...admitted].toSorted());
  const candidacies = everyone.filter(({ state }) => !state.withdrawnAt);
  const turns = turnsIn(everyone.map(({ state }) => state));
  const spent = turns.reduce((sum, { applications }) => sum + applications, 0);
  const line = { rule, candidacies, turns, spent };
  return ok({ ...line, state: await stateOf(deps, scoring.value, line) });
};

const stateOf = async (
  { records }: Pick<Reads, 'records'>,
  place: ScoringPlace,
  { rule, candidacies, turns, spent }: Omit<Line, 'state'>,
): Promise<NearLineState> => {
  const all = candidacies.map(({ state }) => state);
  const begun = await restOf(records, place, { candidacies, basis: turns.at(-1)?.basis });
  if (begun) return { kind: 'begun', asking: begun };
  const owed = all.reduce((sum, one) => sum + owedScores(one, place.file.raters), 0);
  if (owed > 0) return { kind: 'awaited', owed };
  const { id: roundId } = place.round;
  const { marksOf } = await marksBasis(records, { roundId, file: place.file });
  const remaining = all.filter((one) => !marksOf(one)).length;
  if (remaining > 0) return { kind: 'unmarked', remaining };
  // Equal totals stand near the line together, whichever of them a later draw puts first.
  const drawSeed = await receiptsSeedIn(records, roundId);
  const adjusted = (await severityAdjuster(place.file))?.(all);
  const standings = shortlist(all, { file: place.file, roundId, drawSeed, marksOf, adjusted });
  // Loaded when somebody looks: the arithmetic weighs more than most pages.
  const { basisText, nearLineTurn } = await import('#shared/domain/further-ratings.ts');
  const turn = nearLineTurn(all, standings, {
    rule: rule ?? shownOnly,
    file: place.file,
    adjusted,
  });
  const { placed, ask } = turn;
  if (!rule) return { kind: 'over', placed, stop: shownStop(turn), cost: 0 };
  const raters = oneMoreEach(candidacies, place, ask);
  const cost = raters.size;
  const stop = turn.stop ?? (cost === 0 ? 'nobody' : spent + cost > rule.budget ? 'budget' : undefined);
  if (stop) return { kind: 'over', placed, stop, cost };
  const asked = ask.filter((id) => raters.has(id));
  const { text, sha256: basis } = basisText(turn, { roundId, seed: seedOf(place.round), ask: asked });
  return { kind: 'due', placed, asking: { raters, basis, text }, unfree: ask.length - cost };
};

const shownOnly = { level: lineLevel(undefined), atMost: 0 };

/** A group stands near the line, unless it is clear or nothing can be said of it. */
const shownStop = ({ stop }: { stop?: 'settled' | 'spent' | 'unknown' }): Stop =>
  stop === undefined || stop === 'spent' ? 'shown' : stop;

/** What the last turn has not asked for yet: nothing, but where the machine stopped between two of its transactions. */
const restOf = async (
  records: Pick<Reads['records'], 'blob'>,
  place: ScoringPlace,
  { candidacies, basis }: Pick<Line, 'candidacies'> & { basis: Sha256 | undefined },
): Promise<Asking | undefined> => {
  const text = basis && (await records.blob(basis));
  if (!basis || text === undefined) return undefined;
  const asked = new Set(Basis.parse(JSON.parse(text)).ask);
  const rest = candidacies.filter(
    ({ state: { applicationId, further = [] } }) =>
      asked.has(applicationId) && !further.some((turn) => turn.basis === basis),
  );
  const raters = oneMoreEach(
    candidacies,
    place,
    rest.map(({ state }) => state.applicationId),
  );
  return raters.size > 0 ? { raters, basis, text } : undefined;
};

const Basis = z.object({ ask: z.array(ApplicationId) });

/** In the order of ids, so that two who ask at once meet at the first transaction. */
const storeAll = async (
  deps: Deps,
  place: OpenWorkplace,
  { candidacies, asking, turn: read }: Pick<Line, 'candidacies'> & { asking: Asking; turn: RatersTurn },
): Promise<Result<void, LostRace>> => {
  const { raters, basis, text } = asking;
  const at = deps.clock.now();
  let turn = read;
  const changes = candidacies.flatMap((before): CandidacyChange[] => {
    const [rater] = raters.get(before.state.applicationId) ?? [];
    if (!rater) return [];
    const events = [{ type: 'further-rating-asked', at, rater, basis } as const];
    return [{ id: before.state.applicationId, before, events }];
  });
  let outbox = givenRows({ roundId: place.round.state.id, gate: place.gate.state.id }, changes, at);
  for (const batch of inCommits(changes)) {
    const stored = await store(deps, {
      by: place.by,
      changes: batch.map(({ id, before, events }) => changed(candidacyAggregate, id, before, events).change),
      requires: stands(place),
      blobs: [{ sha256: basis, text }],
      ...takeTurn(turn),
      outbox,
    });
    if (!stored.ok) return stored;
    outbox = [];
    turn = turnAfter(turn);
  }
  return ok(undefined);
};
