import type { Person } from '#functions/commands/workplace.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import type { World } from '#test/builders/scenes.ts';
import type { WriteScene } from './closed-writes.ts';
import { everyAddress } from './every-address.ts';
import { readable } from './readable.ts';

/** Where it may be read: the own conflicts, what is published or was then, and how raters were drawn, by ids alone. */
const isToldThere = (address: string): boolean =>
  address.endsWith('/conflicts') ||
  address.includes('/account/data') ||
  address.includes('/calls/') ||
  address.startsWith('/api/calls') ||
  /\/replay\/[^/]+\/results$/.test(address) ||
  /\/drawing(\.json)?$/.test(address);

/** Every address by which a seat is told one of the marks of an application, and how many answer at all. */
export const tellingOf = async (
  { world, seat, ids }: { world: World; seat: Seat; ids: Readonly<Record<string, string>> },
  marks: readonly string[],
) => {
  const telling: string[] = [];
  let answered = 0;
  for (const address of everyAddress(world, ids, [world.clock.now()])) {
    const { status, bytes, location } = await seat.get(address);
    if (status === 200) answered += 1;
    if (status >= 500) telling.push(`${address}: ${status}`);
    const text = readable(bytes) + location;
    // An answer may say what was asked for.
    const said = marks.some((mark) => !address.includes(mark) && text.includes(mark));
    if (said && !isToldThere(address)) telling.push(address);
  }
  return { telling, answered };
};

/** What whoever comes after the committee is told of a scene's application, while it is open to them and once it is closed. */
export const readBoth = async (
  { world, roundId, application: { id, number }, ids }: WriteScene,
  readers: readonly Person[],
) => {
  const site = aCommitteeSite(world);
  const read: { by: Person; seat: Seat; open: string[] }[] = [];
  const marks = [number, id, 'MARKER'];
  for (const by of readers) {
    const seat = await site.signIn(by);
    const { telling } = await tellingOf({ world, seat, ids }, marks);
    read.push({ by, seat, open: telling });
  }
  await inConflictWith(
    world,
    roundId,
    id,
    readers.map((by) => by.id),
  );
  const told = new Map<string, { open: string[]; closed: string[] }>();
  for (const { by, seat, open } of read) {
    const { telling } = await tellingOf({ world, seat, ids }, marks);
    told.set(by.role, { open, closed: telling });
  }
  return told;
};
