import { offersAfter } from '#functions/commands/capacities.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { CapacityChange } from '#shared/domain/capacity.ts';
import { seatsTaken } from '#shared/domain/offer-wave.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type ShownChange = Omit<CapacityChange, 'reason' | 'ended'> & {
  /** The vacancy as it stands now. */
  post: Vacancy;
  /** Seats that are accepted or offered: no confirmed number is below them. */
  taken: number;
  said: string | undefined;
  ended?: Omit<NonNullable<CapacityChange['ended']>, 'reason'> & { said: string | undefined };
  /** Offers that follow once it counts, as long as it waits. */
  offers?: number;
};

export type CapacityView = { place: Workplace; changes: readonly ShownChange[]; mayChange: boolean };

/** Every number of posts that was proposed in a round, newest first, with who decided what and why. */
export const capacityView = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<CapacityView, Refusal>> => {
  const found = await workplace(deps, command, 'offer.read');
  if (!found.ok) return found;
  const place = found.value;
  const { state } = place.round;
  if (!('decisions' in state) || !('claimsCloseAt' in state))
    return refuse({ kind: 'wrong-stage', stage: state.stage });
  const board = await offerBoard(deps, state);
  const taken = seatsTaken(board.contenders.map((one) => one.state));
  const byCode = new Map(board.vacancies.map((vacancy) => [vacancy.code, vacancy]));
  const changes: ShownChange[] = [];
  for (const { reason, ended, ...change } of (state.capacities ?? []).toReversed()) {
    const post = byCode.get(change.vacancy);
    if (!post) throw new Error(`The register has no vacancy ${change.vacancy}.`);
    changes.push({
      ...change,
      post,
      taken: taken.get(change.vacancy) ?? 0,
      said: await reasonText(deps.records, reason),
      ...(ended && {
        ended: { by: ended.by, at: ended.at, said: await reasonText(deps.records, ended.reason) },
      }),
      ...(change.status === 'waiting' && {
        offers: offersAfter({ round: { state }, board }, change, deps.clock.now()),
      }),
    });
  }
  return ok({ place, changes, mayChange: permit('capacity.change', place.by.role, state.stage).ok });
};
