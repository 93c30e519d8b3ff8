import { type Apart, barredAtWork, effectsOf } from '#functions/commands/conflict-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
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

/** Hand-overs in one transaction: three items each of its hundred. */
const perCommit = 30;

/**
 * Takes the work away that a conflict of interest left in place because a proposal lay on the table: what is drawn up next counts none of
 * it. Nothing while one still lies there. Repeatable.
 */
export const settleConflicts = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<void, Refusal>> => {
  for (let more = true; more; ) {
    const settled = await decideAgain(() => settleNext(deps, command));
    if (!settled.ok) return settled;
    more = settled.value;
  }
  return ok(undefined);
};

/** @returns whether there are more */
const settleNext = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<boolean, Refusal | LostRace>> => {
  const found = await workplace(deps, command, 'gate.draw-up');
  const place = found.ok ? atGate(found.value) : found;
  if (!place.ok) return place;
  if (!acceptsWork(place.value.gate.state).ok) return ok(false);
  const { by, round, file, committee } = place.value;
  const apart = await begunIn(deps, place.value);
  if (apart.length === 0) return ok(false);
  const there = { round, file, committee: committee.state };
  const { changes } = await effectsOf(deps, there, apart.slice(0, perCommit));
  const stored = await store(deps, { by, changes, requires: stands(place.value) });
  return stored.ok ? ok(apart.length > perCommit) : stored;
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
