import { contendersOf, keepContenders } from '#functions/commands/contenders.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { restartOffer } from '#functions/commands/offer-waiting.ts';
import { allPlacements } from '#functions/commands/placement-list.ts';
import { restartPlacement } from '#functions/commands/placement-waiting.ts';
import { log } from '#functions/log.ts';
import type { Actor } from '#shared/domain/event.ts';
import { openOffers } from '#shared/domain/offer.ts';
import type { MachineName } from '#shared/domain/outbox.ts';
import { executionName } from '#shared/domain/outbox.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Machines } from '#shared/ports/machines.ts';
import type { Result } from '#shared/result.ts';

export type SelectedSweepDeps = {
  commands: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
  machines: Pick<Machines, 'start' | 'state'>;
};

/**
 * Looks whether the open offers and placements of a round have their executions, and makes the offers that a machine which
 * failed has left: the record says what is open, so nothing else has to be remembered.
 * @returns how many executions were started
 */
export const sweepSelected = async (deps: SelectedSweepDeps, round: Round): Promise<number> => {
  if (round.stage !== 'offers' && round.stage !== 'onboarding') return 0;
  const offers = round.stage === 'offers' ? await sweepOffers(deps, round) : 0;
  return offers + (await sweepPlacements(deps, round));
};

const by: Actor = { kind: 'system', name: 'sweep' };

const sweepOffers = async (deps: SelectedSweepDeps, round: RoundIn<'offers'>): Promise<number> => {
  let started = 0;
  await keepContenders(deps.commands, round, by);
  const contenders = await contendersOf(deps.commands.records, round);
  for (const { state: contender } of contenders) {
    for (const offer of openOffers(contender)) {
      const { id: offerId, attempt } = offer;
      const key = { applicationId: contender.applicationId, offerId };
      const restarted = await lookAfter(deps, {
        machine: 'offer',
        name: executionName(round.region, offer),
        input: key,
        restart: () => restartOffer(deps.commands, { ...key, ended: attempt }),
      });
      if (!restarted) continue;
      started += 1;
      log.warn('OFFER_EXECUTION_RESTARTED', { roundId: round.id, offerId, attempt });
    }
  }
  await makeNextOffers(deps.commands, { roundId: round.id, by });
  return started;
};

const sweepPlacements = async (deps: SelectedSweepDeps, round: Round): Promise<number> => {
  let started = 0;
  for (const { state } of await allPlacements(deps.commands.records, round.id)) {
    if (state.status !== 'open') continue;
    const restarted = await lookAfter(deps, {
      machine: 'onboarding',
      name: executionName(round.region, state),
      input: { placementId: state.id },
      restart: () => restartPlacement(deps.commands, { id: state.id, ended: state.attempt }),
    });
    if (!restarted) continue;
    started += 1;
    log.warn('PLACEMENT_EXECUTION_RESTARTED', {
      roundId: round.id,
      placementId: state.id,
      attempt: state.attempt,
    });
  }
  return started;
};

type Looked = {
  machine: MachineName;
  name: string;
  input: object;
  restart: () => Promise<Result<boolean, Refusal>>;
};

/** One that was never started gets its own name; an ended one costs a new attempt. */
const lookAfter = async (
  { machines }: SelectedSweepDeps,
  { machine, name, input, restart }: Looked,
): Promise<boolean> => {
  const state = await machines.state({ machine, name });
  if (state === 'running') return false;
  if (state === 'missing') {
    await machines.start({ machine, name, input });
    return true;
  }
  const restarted = await restart();
  return restarted.ok && restarted.value;
};
