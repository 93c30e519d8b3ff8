import type { Context } from 'hono';
import { personAtDesk } from '#functions/commands/assistance.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { actAtDesk, deskWorker } from '#functions/http/applicant.ts';
import type { Route } from '#functions/http/authorize.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';

/** The same pages for an applicant and for whoever acts at the desk for a person without a mailbox: each page says for whom. */
export const alsoAtDesk =
  (deps: WebDeps) =>
  (route: Route): Route => ({
    ...route,
    handle: async (c) => {
      const assisted = await actAtDesk(c, deps);
      if (assisted) sayFor(c, assisted, (await deps.people.profiles.find(assisted.personId))?.name);
      return await route.handle(c);
    },
  });

/** The pages about the own data, for the person whom the address names: whoever has a mailbox is not found. */
export const forPersonAtDesk =
  (deps: WebDeps, handle: Route['handle']): Route['handle'] =>
  async (c) => {
    const personId = PersonId.safeParse(c.req.param('person'));
    if (!personId.success) return await refusalPage(c, { kind: 'not-found', what: 'person' });
    const by = deskWorker(c);
    const found = await personAtDesk(deps, { by, personId: personId.data });
    if (!found.ok) return await refusalPage(c, found.error);
    const assisted = { personId: personId.data, assistant: by.id };
    c.set('assisted', assisted);
    sayFor(c, assisted, found.value.profile?.name);
    return await handle(c);
  };

const sayFor = (c: Context, { personId }: Applicant, name = ''): void => {
  const view = viewOf(c);
  c.set('view', {
    ...view,
    assisted: { personId, name, href: paths.deskPerson(view.t.locale, personId) },
  });
};
