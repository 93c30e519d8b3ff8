import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { givenRows } from '#functions/commands/judge-rows.ts';
import { findingRow } from '#functions/commands/open-places.ts';
import { takingOver } from '#functions/commands/rater-assignment.ts';
import { withRaters } from '#functions/commands/rater-place.ts';
import { type Given, givenIn, type RatersTurn, takeTurn, turnAfter } from '#functions/commands/rater-turn.ts';
import { readCandidacies } from '#functions/commands/selection.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { handOver } from '#shared/domain/raters.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Change, Commit } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** A round with its committee as it is after the conflicts that are about to be stored. */
type Place = { round: Versioned<Round>; file: RoundFile; committee: Committee };

/** The open gate, where the machine has come to it. */
type Gated = { gate: Versioned<Gate> | undefined };

/** A member and an application that a conflict now keeps apart. */
export type Apart = { memberId: PersonId; applicationId: ApplicationId };

/** What a commit adds; and the drawing with which the next of the same conflicts are taken away. */
export type Effects = {
  commit: Pick<Commit, 'changes' | 'requires' | 'claims' | 'releases' | 'outbox'>;
  drawing?: HandOvers | undefined;
};

/**
 * Who takes over all that conflicts of interest take away, by one drawing however many commits store it. It holds while round and committee
 * stand as they did, nobody else has asked somebody to rate meanwhile, and each application is what it was.
 */
export type HandOvers = {
  round: number;
  committee: number;
  turn: RatersTurn;
  byApplication: ReadonlyMap<ApplicationId, HandOver>;
  /** The others of the same conflicts, as they were read. */
  beside: readonly Versioned<Candidacy>[];
};

type HandOver = { before: Versioned<Candidacy>; off: readonly PersonId[]; on: readonly PersonId[] };

/** What is taken away now, as part of all that is to be. */
export type Taking = {
  apart: readonly Apart[];
  /** Versions of the committee before this is stored, and once it is. */
  before: number;
  after: number;
  /** All of it, and the committee with all of it; where it is left out, this is all. */
  all?: { apart: readonly Apart[]; committee: Committee };
  /** Nobody takes over yet: the outbox has them found (`choosesLater`). */
  later: boolean;
  /** That was made for the ones before. */
  drawing?: HandOvers | undefined;
};

/**
 * What conflicts of interest do to work that was begun, for the same transaction: another rater takes over, where somebody is
 * left, or is found by the outbox where others hand over at this moment, and a judgement at screening is set aside. While a proposal
 * lies on the table all stays as it is: it was drawn from it, and the next one is drawn up without it (`conflict-settling.ts`).
 */
export const effectsOf = async (deps: Deps, place: Place, taking: Taking): Promise<Effects> => {
  const { round } = place;
  const only = [{ aggregate: 'round', id: round.id, version: round.version }] as const;
  const barred = barring(place.committee, taking.apart);
  const gate = isGatedRound(round.state) ? await gateOfRound(deps.records, round.state) : undefined;
  if (barred.size === 0 || (gate && !acceptsWork(gate.state).ok)) {
    const before = drawingBefore({ ...place, taking });
    const drawing = before && { ...before, committee: taking.after };
    return { commit: { changes: [], requires: only }, drawing };
  }
  const { commit, drawing } = await changesOf(deps, { ...place, taking, gate }, barred);
  const stands = gate && commit.changes.length > 0 ? [versionOf(gate)] : [];
  return { commit: { ...commit, requires: [...only, ...stands, ...(commit.requires ?? [])] }, drawing };
};

/** Conflicts in one transaction: each may hand an application over, which costs three items of its hundred. */
const perCommit = 30;

/** The next conflicts to store, all of one application together, so that it is handed over once. */
export const nextApart = <One extends Apart>(all: readonly One[]): { next: One[]; rest: number } => {
  const next: One[] = [];
  for (const [, group] of Map.groupBy(all, ({ applicationId }) => applicationId)) {
    if (next.length > 0 && next.length + group.length > perCommit) break;
    next.push(...group);
  }
  return { next, rest: all.length - next.length };
};

const versionOf = ({ id, version }: Versioned<Gate>) => ({ aggregate: 'gate', id, version }) as const;

type ByApplication = ReadonlyMap<ApplicationId, readonly PersonId[]>;

const barring = (committee: Committee, apart: readonly Apart[]): ByApplication => {
  const members = new Map<ApplicationId, PersonId[]>();
  for (const { applicationId, memberId } of apart) {
    if (!inConflict(committee, memberId, applicationId)) continue;
    members.set(applicationId, [...(members.get(applicationId) ?? []), memberId]);
  }
  return members;
};

const changesOf = async (
  deps: Deps,
  place: Place & Gated & { taking: Taking },
  apart: ByApplication,
): Promise<Effects> => {
  const { state } = place.round;
  const { later, after: committee } = place.taking;
  if (state.stage === 'screening') return { commit: await setAside(deps, apart) };
  if (state.stage !== 'scoring') return { commit: { changes: [] } };
  const drawing =
    drawingBefore(place) ?? (await drawHandOvers(deps, { ...place, round: { ...place.round, state } }));
  const now = deps.clock.now();
  const found = [...apart.keys()].flatMap((id) => drawing.byApplication.get(id) ?? []);
  const handed = found.map(({ before, ...over }) => ({ before, events: handOver(before.state, over, now) }));
  const changes = handed.map(
    ({ before, events }) => changed(candidacyAggregate, before.id, before, events).change,
  );
  // A hand-over that was decided before the conflict stood may give one of them just now to whom it keeps away.
  const requires = standing(
    drawing.beside.filter(({ state: { applicationId } }) => apart.has(applicationId)),
  );
  if (later) {
    const [first, ...others] = found.map(({ before }) => before);
    const outbox = first && [findingRow(state.id, [first, ...others], now)];
    return { commit: { changes, requires, ...(outbox && { outbox }) } };
  }
  if (changes.length === 0) return { commit: { changes, requires }, drawing: { ...drawing, committee } };
  const turn = turnAfter(drawing.turn);
  return {
    commit: { changes, requires, ...takeTurn(drawing.turn), outbox: toldOf(place, state.id, handed, now) },
    drawing: { ...drawing, committee, turn },
  };
};

const toldOf = (
  { gate }: Gated,
  roundId: RoundId,
  handed: Parameters<typeof givenRows>[1],
  now: Instant,
): OutboxMessage[] => (gate ? givenRows({ roundId, gate: gate.state.id }, handed, now) : []);

const standing = (candidacies: readonly Versioned<Candidacy>[]): NonNullable<Commit['requires']> =>
  candidacies.map(({ id, version }) => ({ aggregate: 'candidacy', id, version }));

/** The drawing that was made before, where it still holds. */
const drawingBefore = ({
  round,
  taking: { drawing, before },
}: Place & { taking: Taking }): HandOvers | undefined =>
  drawing && drawing.round === round.version && drawing.committee === before ? drawing : undefined;

const drawHandOvers = async (
  deps: Deps,
  { taking, ...place }: Place & { taking: Taking; round: Versioned<RoundIn<'scoring'>> },
): Promise<HandOvers> => {
  const { later, all: whole } = taking;
  const only = { apart: taking.apart, committee: place.committee };
  const { apart, committee } = later ? only : (whole ?? only);
  const there = await withRaters(deps, { round: place.round.state, file: place.file, committee });
  const { scored, turn } = later ? nobodyGiven : await givenIn(deps.records, there);
  const barred = barring(committee, apart);
  // With a turn each was read by its id just now, but those that were withdrawn.
  const known = new Map((turn ? scored : []).map((one) => [one.state.applicationId, one]));
  const unread = [...barred.keys()].filter((id) => !known.has(id));
  const all = [...known.values(), ...(await readCandidacies(deps.records, unread))];
  const taken = all.flatMap((before) => {
    const off = (barred.get(before.state.applicationId) ?? []).filter((one) =>
      before.state.raters.includes(one),
    );
    return off.length > 0 ? [{ before, candidacy: before.state, off }] : [];
  });
  const on = takingOver(scored, taken, there);
  const handed = new Set(taken.map(({ before }) => before.id));
  return {
    round: place.round.version,
    committee: taking.before,
    turn,
    beside: all.filter(({ id, state }) => barred.has(state.applicationId) && !handed.has(id)),
    byApplication: new Map(
      taken.map(({ before, off }) => {
        const { applicationId: id } = before.state;
        return [id, { before, off, on: on.get(id) ?? [] }];
      }),
    ),
  };
};

/** Where nobody is chosen yet, what others have need not be read. */
const nobodyGiven: Given = { scored: [], turn: undefined };

/** Judgements by whom a conflict keeps away; what nobody judged yet stays so until it is stored. */
const setAside = async (deps: Deps, apart: ByApplication): Promise<Effects['commit']> => {
  const changes: Change[] = [];
  const beside: Versioned<Candidacy>[] = [];
  for (const [id, members] of apart) {
    const candidacy = await deps.records.find(candidacyAggregate, id);
    if (!candidacy) continue;
    const events = settingAside(candidacy.state, members, deps);
    if (events.length > 0) changes.push(changed(candidacyAggregate, id, candidacy, events).change);
    else beside.push(candidacy);
  }
  return { changes, requires: standing(beside) };
};

const settingAside = (
  { judgement }: Candidacy,
  members: readonly PersonId[],
  { clock }: Pick<Deps, 'clock'>,
): CandidacyEvent[] => {
  const by = handsOf(judgement).find((hand) => members.includes(hand));
  return by ? [{ type: 'judgement-set-aside', at: clock.now(), by }] : [];
};

const handsOf = (judgement: Candidacy['judgement']): PersonId[] =>
  judgement ? [judgement.by, ...(judgement.confirmed ? [judgement.confirmed.by] : [])] : [];

/** Who is kept away from an application and whose work on it in this stage counts all the same: a proposal lay on the table then. */
export const barredAtWork = (stage: Stage, committee: Committee, candidacy: Candidacy): PersonId[] => {
  const { raters, judgement, applicationId, withdrawnAt } = candidacy;
  if (withdrawnAt) return [];
  const working = stage === 'scoring' ? raters : stage === 'screening' ? handsOf(judgement) : [];
  return working.filter((member) => inConflict(committee, member, applicationId));
};
