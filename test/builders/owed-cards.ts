import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Change } from '#shared/ports/records.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf, chair, members, ratersOf } from '#test/builders/selection.ts';

/** Somebody who has given no card yet in the place of a rater. */
export const replacing = async (
  world: World,
  id: ApplicationId,
  { off, on }: { off: Person; on: Person },
): Promise<Change> => {
  const before = await world.records.find(candidacyAggregate, id);
  const replaced = { type: 'rater-replaced', at: world.clock.now(), rater: off.id, by: on.id } as const;
  return changed(candidacyAggregate, id, before, [replaced]).change;
};

/** A card of it comes to be awaited anew: a rater turns out to have a conflict of interest. Who owes it now; the chair neither leaves nor comes. */
export const owesAnew = async (world: World, roundId: RoundId, id: ApplicationId): Promise<Person> => {
  const { raters } = await candidacyOf(world, id);
  const off = (await ratersOf(world, id)).find((one) => one.id !== chair.id);
  const on = members.find((one) => !raters.includes(one.id));
  if (!off || !on) throw new Error('Somebody is left.');
  await inConflictWith(world, roundId, id, [off.id]);
  const changes = [await replacing(world, id, { off, on })];
  granted(await world.records.commit({ by: { kind: 'operator' }, changes }));
  return on;
};
