import {
  type Apart,
  barredAtWork,
  effectsOf,
  type HandOvers,
  nextApart,
} from '#functions/commands/conflict-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { choosesLater } from '#functions/commands/rater-turn.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/**
 * Takes the work away that a conflict of interest left in place because a proposal lay on the table: what is drawn up next counts none of
 * it. Nothing while one still lies there. Repeatable.
 */
export const settleConflicts = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<void, Refusal>> => {
  let settled: Settled = { more: true };
  while (settled.more) {
    const { drawing } = settled;
    const next = await decideAgain((lost) => settleNext(deps, command, { lost, drawn: drawing }));
    if (!next.ok) return next;
    settled = next.value;
  }
  return ok(undefined);
};

type Settled = { more: boolean; drawing?: HandOvers | undefined };

const settleNext = async (
  deps: Deps,
  command: CommitteeCommand,
  { lost, drawn }: { lost: number; drawn: HandOvers | undefined },
): Promise<Result<Settled, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'gate.draw-up');
  const place = found.ok ? atGate(found.value) : found;
  if (!place.ok) return place;
  if (!acceptsWork(place.value.gate.state).ok) return ok({ more: false });
  const { by, round, file, committee } = place.value;
  const apart = await begunIn(deps, place.value);
  if (apart.length === 0) return ok({ more: false });
  const there = { round, file, committee: committee.state };
  const { next, rest } = nextApart(apart);
  const { commit, drawing } = await effectsOf(deps, there, {
    apart: next,
    before: committee.version,
    after: committee.version,
    all: { apart, committee: committee.state },
    drawing: lost > 0 ? undefined : drawn,
    later: choosesLater(file, lost),
  });
  const stored = await store(deps, { by, ...commit, requires: stands(place.value) });
  return stored.ok ? ok({ more: rest > 0, drawing }) : stored;
};

const begunIn = async (
  { records }: Pick<Deps, 'records'>,
  { round, committee }: OpenWorkplace,
): Promise<Apart[]> =>
  (await candidaciesIn(records, round.state.id)).flatMap(({ state }) =>
    barredAtWork(round.state.stage, committee.state, state).map((memberId) => ({
      memberId,
      applicationId: state.applicationId,
    })),
  );
