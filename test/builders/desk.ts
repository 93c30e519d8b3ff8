import type { HttpClient } from '#infra/rehearsal/http-client.ts';
import { aCommitteeSite, origin, type Seat } from '#test/builders/committee-site.ts';
import type { World } from '#test/builders/scenes.ts';
import { type Page, visitor } from '#test/journeys/visitor.ts';

/** Whoever acts by the pages alone: follows what is there, fills its forms, and is refused nothing. */
export type Desk = {
  client: HttpClient;
  open: (path: string) => Promise<Page>;
  press: (
    page: Page,
    action: string,
    fields?: Parameters<ReturnType<typeof visitor>['press']>[2],
  ) => Promise<Page>;
};

type Site = ReturnType<typeof aCommitteeSite>;
export type DeskOf = (person: Parameters<Site['signIn']>[0]) => Promise<Desk>;

/** The desk of each person of a world, who signs in anew whenever they come: weeks pass between. */
export const desksIn = (world: World & { people: Site['people'] }): DeskOf => {
  const site = aCommitteeSite(world, world.people);
  return async (person) => {
    const client = clientOf(await site.signIn(person));
    const { open, press } = visitor(origin, client);
    return {
      client,
      open: async (path) => granted(await open(path)),
      press: async (page, action, fields) => granted(await press(page, action, fields)),
    };
  };
};

const granted = (page: Page): Page => {
  if (page.status < 400) return page;
  throw new Error(`${page.path} answered ${page.status}:\n${page.text.slice(0, 1200)}`);
};

const clientOf = (seat: Seat): HttpClient => ({
  origin,
  ask: async (target, { method = 'GET', body } = {}) => {
    const path = target.replace(origin, '');
    const { status, location, text } = await (method === 'GET'
      ? seat.get(path)
      : body instanceof FormData
        ? seat.upload(path, body)
        : seat.post(path, String(body ?? '')));
    return { status, text, headers: new Headers(location ? { location } : {}), json: undefined };
  },
});
