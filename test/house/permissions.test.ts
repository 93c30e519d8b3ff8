import { describe, expect, it } from 'vitest';
import { type Action, permissions, permit, rolesFor } from '#shared/domain/permission.ts';
import { Role } from '#shared/domain/role.ts';
import { Stage } from '#shared/domain/stage.ts';
import { nameOf } from './doors.ts';
import { aBuilding, visitors } from './visitors.ts';

/*
 * Every route that acts on a round × every role × every stage, on the real handlers, held against the one table of who may do
 * what when (shared/domain/permission.ts).
 */

const slow = 120_000;

/** A round in the stage, whatever the way there; a draft has no application that could be asked for. */
const stages = Stage.exclude(['draft']).options;

/** As whom somebody of a role is at the door: staff with their passkey, applicants as the owner of the application. */
const tokenOf = (role: Role): string => {
  if (role === 'applicant') return 'owner';
  return role === 'school' ? 'school-code' : `${role}-passkey`;
};

describe('the table of permissions', () => {
  it.for(Object.keys(permissions))('names a stage and a role for %s, each once', (name) => {
    const { roles, stages: named } = permissions[actionOf(name)];

    expect([...new Set<string>(roles)]).toEqual([...roles]);
    expect([...new Set<string>(named)]).toEqual([...named]);
    expect(roles.length * named.length).toBeGreaterThan(0);
  });
});

describe('an action', () => {
  it('is what some route does', async () => {
    const { routes } = await aBuilding();
    const done = new Set(routes.map(({ does }) => does));

    expect(Object.keys(permissions).filter((name) => !done.has(actionOf(name)))).toEqual([]);
  });
});

describe('every route × role', () => {
  it.for(stages)('does in %s what the table says, and nothing else', { timeout: slow }, async (stage) => {
    const building = await aBuilding(stage);
    const wrong: string[] = [];
    let tried = 0;
    for (const route of building.routes) {
      const { does } = route;
      if (!does) continue;
      for (const role of Role.options) {
        const visitor = visitors.find(({ token }) => token === tokenOf(role));
        if (!visitor) throw new Error(`Nobody is here as ${role}.`);
        const { response, wrote } = await building.knock(route, visitor, { real: true, ...sent(route) });
        const fault = faultOf(
          { does, role, stage, path: route.path },
          { status: response.status, wrote, text: await response.text() },
        );
        if (fault) wrong.push(`${nameOf(route)} as ${role}: ${fault}`);
        tried += 1;
      }
    }

    expect(tried).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});

type Answer = { status: number; wrote: string[]; text: string };

/** What is wrong with an answer, beside the table. */
const faultOf = (
  { does, role, stage, path }: { does: Action; role: Role; stage: Stage; path: string },
  { status, wrote, text }: Answer,
): string | undefined => {
  if (status >= 500) return `broke with ${status}`;
  const permitted = permit(does, role, stage);
  if (permitted.ok) {
    if (status === 401) return 'was sent to sign in';
    return /problems\/wrong-stage|The round is in another stage/.test(text)
      ? 'was told of another stage'
      : undefined;
  }
  if (wrote.length > 0) return `wrote ${wrote.join(', ')} though it may not`;
  if (permitted.error.kind === 'not-allowed' && !isRefused(status, rolesFor(does))) {
    return `answered ${status} to a stranger`;
  }
  if (status < 300 && isOnRound(path)) return `answered ${status} in a stage that it is not for`;
  return undefined;
};

/**
 * Not allowed, or not there: either tells nothing. Everyone who signs in is an applicant too: where applicants act, whoever
 * has nothing there is refused in whatever way, and nothing is written.
 */
const isRefused = (status: number, roles: readonly Role[]): boolean =>
  [403, 404].includes(status) || (roles.includes('applicant') && status >= 400);

/** Lists over all rounds have no stage of their own. */
const isOnRound = (path: string): boolean => /:(round|application|placement)/.test(path);

const sent = ({ path, method }: { path: string; method: string }) => {
  if (method === 'GET' || method === 'DELETE') return {};
  return path.startsWith('/api/')
    ? { body: '{}', headers: { 'content-type': 'application/json' } }
    : { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
};

const actionOf = (name: string): Action => {
  if (!isAction(name)) throw new Error(`${name} is no action.`);
  return name;
};

const isAction = (name: string): name is Action => Object.hasOwn(permissions, name);
