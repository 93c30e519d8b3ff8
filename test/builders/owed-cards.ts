import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Change } from '#shared/ports/records.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

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

/** Three applications that are discussed; of the last one a card came to be awaited since. The chair and the secretary lead. */
export const aWaitingDiscussion = async (world: World) => {
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
  for (const { id } of applications)
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  const numbers = applications.map(({ number }) => number);
  const opening = { by: secretary, roundId, suggested: false, numbers, absent: [] };
  const { state } = granted(await openDiscussionOf(world, opening));
  const last = state.meetings[0]?.items.at(-1);
  if (!last) throw new Error('Three are discussed.');
  const { applicationId: id, number } = last;
  return { roundId, id, number, owing: await owesAnew(world, roundId, id) };
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
