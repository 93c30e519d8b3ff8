import type { Person } from '#functions/commands/workplace.ts';
import { committeeAggregate, seatOf } from '#shared/domain/committee.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { conflictsUpload } from '#test/builders/conflicts.ts';
import type { World } from '#test/builders/scenes.ts';
import { committeeChangedIn, seatIn } from '#test/builders/selection.ts';

/** As if its round file had conflicts of interest looked for from the beginning: everybody with a seat told a disclosure, and whoever acts did or did not. */
export const whereConflictsAreLookedFor = async (
  world: World,
  { roundId, by, isTold }: { roundId: RoundId; by: Pick<Person, 'id'>; isTold: boolean },
): Promise<void> => {
  const { records } = world;
  const committee = await records.find(committeeAggregate, roundId);
  if (!seatOf(committee?.state, by.id))
    await seatIn(world, roundId, [[{ kind: 'person', role: 'member', id: by.id }, 'member']]);
  const seats = committee?.state.seats.map(({ personId }) => personId) ?? [];
  const members = isTold ? [...seats, by.id] : seats.filter((id) => id !== by.id);
  const compared = { type: 'disclosures-compared', at: world.clock.now(), members, found: [] } as const;
  await committeeChangedIn(world, roundId, [compared]);
  const { find, blob } = records;
  const round = await find(roundAggregate, roundId);
  if (!round) throw new Error('There is a round.');
  const { conflicts } = JSON.parse(new TextDecoder().decode(conflictsUpload()));
  const text = JSON.stringify({ ...JSON.parse(await blob(round.state.plan.file)), conflicts });
  const file = sha256Of(text);
  records.blob = async (sha256) => (sha256 === file ? text : await blob(sha256));
  records.find = async (aggregate, id) => {
    const found = await find(aggregate, id);
    if (!found || aggregate.name !== roundAggregate.name || id !== roundId) return found;
    const state = roundAggregate.snapshot.parse(found.state);
    const changed = { ...state, plan: { ...state.plan, file } };
    return { ...found, state: aggregate.snapshot.parse(changed) };
  };
};
