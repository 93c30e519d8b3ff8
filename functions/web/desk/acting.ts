import type { Context } from 'hono';
import { assistedOwner } from '#functions/commands/assistance.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { sessionOf } from '#functions/http/session.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** For whom this request acts, where that is somebody else than whoever is signed in. */
    assisted: Applicant | undefined;
  }
}

/**
 * The same pages for an applicant and for whoever acts at the desk for a person without a mailbox: each page says for whom.
 * An application of anybody else stays as strange to the desk as it is to any applicant.
 */
export const alsoAtDesk =
  (deps: WebDeps) =>
  (route: Route): Route => ({
    ...route,
    handle: async (c) => {
      await actAtDesk(c, deps);
      return await route.handle(c);
    },
  });

/** Whoever is at the desk, as whom its events name. */
export const deskWorker = (c: Context) => requireActor(c, rolesFor('desk.assist'));

const actAtDesk = async (c: Context, deps: WebDeps): Promise<void> => {
  const applicationId = ApplicationId.safeParse(c.req.param('application'));
  if (!applicationId.success || !sessionOf(c)?.roles.includes('desk')) return;
  const assisted = await assistedOwner(deps, { by: deskWorker(c), applicationId: applicationId.data });
  if (!assisted) return;
  const profile = await deps.people.profiles.find(assisted.personId);
  const view = viewOf(c);
  c.set('assisted', assisted);
  c.set('view', {
    ...view,
    assisted: { name: profile?.name ?? '', href: paths.deskPerson(view.t.locale, assisted.personId) },
  });
};
