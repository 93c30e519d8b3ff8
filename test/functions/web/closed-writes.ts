import * as z from 'zod';
import { operations } from '#functions/api/app.ts';
import type { Operation } from '#functions/api/operation.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Route } from '#functions/http/authorize.ts';
import { routes } from '#functions/web/routes.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { permissions } from '#shared/domain/permission.ts';
import type { Stage } from '#shared/domain/stage.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { memoryRecords } from '#test/builders/memory-records.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { aClock, aNudge } from '#test/builders/worlds.ts';
import { whereConflictsAreLookedFor } from './disclosure-scene.ts';

/** A round at one stage, and what would be sent about one of its applications. */
export type WriteScene = {
  world: World;
  roundId: RoundId;
  stage: Stage;
  application: Pick<ApplicationIn<'submitted'>, 'id' | 'number'>;
  people: readonly Person[];
  /** What stands in addresses, by the name of its place. */
  ids: Readonly<Record<string, string>>;
  /** What bodies hold, by the name of the field: each takes what it knows. */
  says: Readonly<Record<string, unknown>>;
  /** Where forms have other names for it, or other words. */
  form: Readonly<Record<string, string>>;
};

/** Every route of pages and API that changes something and that somebody with a seat, or an administrator, may use. */
export const everyWrite = (world: World): Route[] => {
  const deps = { ...world, people: memoryPeople(), publicOrigin: '', sendCode: async () => {} };
  return [...routes(deps), ...operations(deps)].filter(
    ({ method, who, path }) =>
      method !== 'GET' &&
      Array.isArray(who) &&
      path.includes(':round') &&
      who.some((role) => acting.has(role)),
  );
};

const acting = new Set<string>(['chair', 'secretary', 'member', 'guest', 'administrator']);

/** `POST /api/rounds/:round/…`, without the patterns of its places and the language. */
export const nameOf = ({ method, path }: Route): string =>
  `${method} ${path.replaceAll(/\{[^}]*\}/g, '').replace('/:locale', '')}`;

/** Whether the table of permissions lets a role do that at this stage: else it would be refused whoever asks. */
const mayBeTried = ({ does, who }: Route, by: Person, stage: Stage): boolean => {
  const stages: readonly Stage[] | undefined = does && permissions[does].stages;
  return Array.isArray(who) && who.includes(by.role) && (stages?.includes(stage) ?? true);
};

/** The same records apart: what is written there changes nothing here. */
const copyOf = async (world: World): Promise<World> => {
  const records = memoryRecords();
  for (const commit of world.records.commits) granted(await records.commit(commit));
  return { ...world, records, clock: aClock(world.clock.now()), nudge: aNudge() };
};

type Trying = { world: World; seat: Seat };

/** How somebody stands to the application of a scene. */
type Standing = 'open' | 'in-conflict' | 'told-nothing' | 'told';

const trying = async (
  { world, roundId, application }: WriteScene,
  by: Person,
  standing: Standing,
): Promise<Trying> => {
  const copy = await copyOf(world);
  if (standing === 'in-conflict') await inConflictWith(copy, roundId, application.id, [by.id]);
  if (standing.startsWith('told'))
    await whereConflictsAreLookedFor(copy, { roundId, by, isTold: standing === 'told' });
  return { world: copy, seat: await aCommitteeSite(copy).signIn(by) };
};

/** The events that come of it when this is sent, and how it is answered. */
const sent = async ({ world, seat }: Trying, scene: WriteScene, route: Route) => {
  const before = world.records.commits.length;
  const { status } = await send(seat, scene, route);
  const events = world.records.commits
    .slice(before)
    .flatMap(({ changes }) => changes.flatMap(({ facts }) => facts.map(({ type }) => type)));
  return { status, events };
};

export type Swept = {
  /** Routes by which something was written about the open application: a refusal of the closed one is one because it is closed. */
  proved: Set<string>;
  /** Routes by which whoever is kept away wrote something all the same, with what. */
  written: Map<string, string>;
  tried: number;
};

/**
 * Sends everything of a scene, by each of its people, about the application when it is closed to them; and once about the same when it
 * is open, to see that it would have been taken.
 * @param isApart of a route that changes no single application, which is left out
 */
export const sweep = async (
  scene: WriteScene,
  swept: Swept,
  isApart: (route: Route) => boolean,
  { closed: why, open: otherwise }: { closed: Standing; open: Standing } = {
    closed: 'in-conflict',
    open: 'open',
  },
): Promise<void> => {
  for (const by of scene.people) {
    let closed = await trying(scene, by, why);
    for (const route of everyWrite(scene.world).filter(
      (one) => !isApart(one) && mayBeTried(one, by, scene.stage),
    )) {
      const name = nameOf(route);
      const { status, events } = await sent(closed, scene, route);
      swept.tried += 1;
      if (status >= 500) throw new Error(`${name} of ${by.role} fails: ${status}`);
      if (events.length > 0) {
        swept.written.set(name, `${by.role}: ${events.join()}`);
        closed = await trying(scene, by, why);
      }
      if (swept.proved.has(name)) continue;
      const open = await sent(await trying(scene, by, otherwise), scene, route);
      if (open.events.length > 0) swept.proved.add(name);
    }
  }
};

/** Everything of a scene that a role with a seat may send, sent by somebody in that role without a seat on this committee. */
export const sentFromOutside = async (
  scene: WriteScene,
  roles: readonly Person['role'][],
): Promise<string[]> => {
  const world = await copyOf(scene.world);
  const seats: [Person['role'], Seat][] = [];
  // Of another committee of the region, or a guest of another round.
  for (const [index, role] of roles.entries()) {
    const id = PersonId.parse(`ST${index}`.padEnd(20, '0'));
    seats.push([role, await aCommitteeSite(world).signIn({ kind: 'person', id, role })]);
  }
  const taken: string[] = [];
  for (const [role, seat] of seats) {
    for (const route of everyWrite(world).filter(({ who }) => Array.isArray(who) && who.includes(role))) {
      const { status, events } = await sent({ world, seat }, scene, route);
      if (status < 400 || status >= 500 || events.length > 0)
        taken.push(`${role} ${nameOf(route)}: ${status}`);
    }
  }
  return taken;
};

const send = async (seat: Seat, scene: WriteScene, route: Route) => {
  const address = route.path
    .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
    .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => scene.ids[name] ?? 'X');
  if (!address.startsWith('/api/')) return await seat.post(address, formOf(scene));
  if (route.method === 'GET') throw new Error('Nothing is sent there.');
  return await seat.send(route.method, address, bodyOf(route, scene));
};

/** A form takes what it has fields for: all of it together. */
const formOf = ({ says, form }: WriteScene): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(says).flatMap(([name, value]) =>
      z.record(z.string(), z.unknown()).safeParse(value).success
        ? Object.entries(value ?? {}).map(([inner, one]) => [`${name}.${inner}`, String(one)])
        : [[name, Array.isArray(value) ? value.map(String).join('\n') : String(value)]],
    ),
  ),
  ...form,
});

const isOperation = (route: Route): route is Operation => 'summary' in route;

/** A body holds what its schema asks for; of several shapes, the first that what is said here fits. */
const bodyOf = (route: Route, { says }: WriteScene): unknown => {
  const schema = isOperation(route) ? route.body?.schema : undefined;
  if (!schema) return undefined;
  const bodies = shapesOf(schema).map((keys) =>
    Object.fromEntries(keys.flatMap((key) => (says[key] === undefined ? [] : [[key, says[key]]]))),
  );
  return bodies.find((body) => schema.safeParse(body).success) ?? bodies[0] ?? {};
};

const shapesOf = (schema: z.core.$ZodType): string[][] => {
  if (schema instanceof z.ZodObject) return [Object.keys(schema.shape)];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapesOf);
  if (schema instanceof z.ZodPipe) return shapesOf(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return shapesOf(schema.unwrap());
  return [];
};
