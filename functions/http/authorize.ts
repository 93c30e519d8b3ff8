import type { Context, Hono } from 'hono';
import { type Session, sessionOf } from '#functions/http/session.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Refusal } from '#shared/errors.ts';

/** Who may use a route. There is no default: a route that does not say it does not compile. */
export type Who = 'public' | 'signed-in' | readonly [Role, ...Role[]];

/**
 * One line of a route table. Whose object it is, is decided by the command; this decides who may ask at all.
 * `audit` names the event that the route leaves when it changes something.
 */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  who: Who;
  audit?: string;
  /** The line of the table of permissions that this route acts on; its roles are those of `who`. */
  does?: Action;
  handle: (c: Context) => Response | Promise<Response>;
};

/** Says no in the shape of the surface: a page for people, a problem document for programs. */
export type Refuse = (c: Context, refusal: Refusal) => Response | Promise<Response>;

/** Registers a route table behind its guards. Nothing reaches a handler but through here. */
export const registerRoutes = <App extends Pick<Hono, 'on'>>(
  app: App,
  routes: readonly Route[],
  refuse: Refuse,
): App => {
  for (const { method, path, who, handle } of routes) {
    app.on(method, grouped(path), async (c) => {
      const refusal = accessRefusal(who, sessionOf(c));
      return refusal ? await refuse(c, refusal) : await handle(c);
    });
  }
  return app;
};

/**
 * Hono anchors a parameter's pattern without grouping it: `^kk|ru|en$` matches `/ru/anything`, so that one route
 * would answer for all. Alternatives get their group here, once for every table.
 */
const grouped = (path: string): string => path.replaceAll(/\{([^{}()]*\|[^{}()]*)\}/g, '{(?:$1)}');

/** Why this session may not use such a route; undefined when it may. */
const accessRefusal = (who: Who, session: Session | undefined): Refusal | undefined => {
  if (who === 'public') return undefined;
  if (!session) return { kind: 'sign-in-needed' };
  if (who === 'signed-in' || who.some((role) => session.roles.includes(role))) return undefined;
  return who.some((role) => session.waiting.includes(role))
    ? { kind: 'passkey-needed' }
    : { kind: 'not-allowed' };
};

/**
 * The person who acts, in the first of the wanted roles that the session may use.
 * Throws when there is none: the route table should have refused, so that is a fault of the program.
 */
export const requireActor = (
  c: Context,
  roles: readonly Role[] = ['applicant'],
): Extract<Actor, { kind: 'person' }> => {
  const session = sessionOf(c);
  const role = roles.find((wanted) => session?.roles.includes(wanted));
  if (!session || !role) throw new Error('A route was reached by someone whom its table does not admit.');
  return { kind: 'person', id: session.personId, role };
};
