import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { takingOver } from '#functions/commands/rater-assignment.ts';
import { scoredIn, withRaters } from '#functions/commands/rater-place.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { handOver } from '#shared/domain/raters.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Change, Commit } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** A round with its committee as it is after the conflicts that are about to be stored. */
type Place = { round: Versioned<Round>; file: RoundFile; committee: Committee };

/** A member and an application that a conflict now keeps apart. */
export type Apart = { memberId: PersonId; applicationId: ApplicationId };

export type Effects = { changes: Change[]; requires: NonNullable<Commit['requires']> };

/**
 * What conflicts of interest do to work that was begun, for the same transaction: another rater takes over, where somebody is
 * left, and a judgement at screening is set aside. While a proposal lies on the table all stays as it is: it was drawn from it, and
 * the next one is drawn up without it (`conflict-settling.ts`).
 */
export const effectsOf = async (deps: Deps, place: Place, apart: readonly Apart[]): Promise<Effects> => {
  const { round } = place;
  const only = [{ aggregate: 'round', id: round.id, version: round.version }] as const;
  const barred = apart.filter(({ memberId, applicationId }) =>
    inConflict(place.committee, memberId, applicationId),
  );
  const gate = isGatedRound(round.state) ? await gateOfRound(deps.records, round.state) : undefined;
  if (barred.length === 0 || (gate && !acceptsWork(gate.state).ok)) return { changes: [], requires: only };
  const changes = await changesOf(deps, place, byApplication(barred));
  const standing = gate && changes.length > 0 ? [versionOf(gate)] : [];
  return { changes, requires: [...only, ...standing] };
};

const versionOf = ({ id, version }: Versioned<Gate>) => ({ aggregate: 'gate', id, version }) as const;

type ByApplication = ReadonlyMap<ApplicationId, readonly PersonId[]>;

const byApplication = (apart: readonly Apart[]): ByApplication => {
  const members = new Map<ApplicationId, PersonId[]>();
  for (const { applicationId, memberId } of apart) {
    members.set(applicationId, [...(members.get(applicationId) ?? []), memberId]);
  }
  return members;
};

const changesOf = async (deps: Deps, place: Place, apart: ByApplication): Promise<Change[]> => {
  const { state } = place.round;
  if (state.stage === 'screening') return await setAside(deps, apart);
  if (state.stage !== 'scoring') return [];
  const there = await withRaters(deps, { ...place, round: state });
  const now = deps.clock.now();
  // Each hand-over is decided on the loads that the one before leaves.
  let all = await scoredIn(deps.records, state);
  const changes: Change[] = [];
  for (const [id, members] of apart) {
    const candidacy = await deps.records.find(candidacyAggregate, id);
    const off = candidacy ? members.filter((member) => candidacy.state.raters.includes(member)) : [];
    if (!candidacy || off.length === 0) continue;
    const on = takingOver(all, candidacy, there, off);
    const { change, after } = changed(
      candidacyAggregate,
      id,
      candidacy,
      handOver(candidacy.state, { off, on }, now),
    );
    changes.push(change);
    all = all.map((one) => (one.id === id ? after : one));
  }
  return changes;
};

const setAside = async (deps: Deps, apart: ByApplication): Promise<Change[]> => {
  const changes: Change[] = [];
  for (const [id, members] of apart) {
    const candidacy = await deps.records.find(candidacyAggregate, id);
    const events = candidacy ? settingAside(candidacy.state, members, deps) : [];
    if (events.length > 0) changes.push(changed(candidacyAggregate, id, candidacy, events).change);
  }
  return changes;
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
