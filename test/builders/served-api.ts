import * as z from 'zod';
import type { Person } from '#functions/commands/workplace.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { listen } from '#test/browser/listening.ts';
import { aSelectionSite, cookieName, type StoredWorld } from '#test/functions/web/selection-site.ts';

type Told = { status: number; kind: string; title: string; body: Record<string, unknown> };
export type Client = (method: string, path: string, body?: unknown) => Promise<Told>;

/**
 * The API at several real addresses, each served as by a process of its own on the same store, and clients of it: each is one person
 * with a session, at one of the addresses in turn.
 * @param worlds one for each process
 */
export const serveApi = async (worlds: readonly StoredWorld[]) => {
  const served = await Promise.all(
    worlds.map(async (world) => {
      const { origin, answerWith, stop } = await listen();
      const site = aSelectionSite(world, { origin });
      answerWith((request) => site.api.request(request));
      return { origin, stop, site };
    }),
  );
  let turn = 0;
  const next = () => {
    const one = served[turn % served.length];
    turn += 1;
    if (!one) throw new Error('Nothing is served.');
    return one;
  };
  return {
    applicant: async (who: { personId: PersonId }, locale: Locale = 'kk'): Promise<Client> => {
      const { origin, site } = next();
      return clientOf(origin, await site.tokens.applicant(who), locale);
    },
    staff: async (who: Person, locale: Locale = 'kk'): Promise<Client> => {
      const { origin, site } = next();
      return clientOf(origin, await site.tokens.staff(who), locale);
    },
    stop: () => Promise.all(served.map(({ stop }) => stop())),
  };
};

/** What a refusal is told by. */
const Problem = z.object({ type: z.string(), title: z.string() });

const clientOf =
  (origin: string, token: string, locale: Locale): Client =>
  async (method, path, body) => {
    const answer = await fetch(origin + path, {
      method,
      headers: {
        cookie: `${cookieName}=${token}`,
        origin,
        'sec-fetch-site': 'same-origin',
        'accept-language': locale,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const told = z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text));
    const { type = '', title = '' } = Problem.safeParse(told).data ?? {};
    return { status: answer.status, kind: type.replace('/problems/', ''), title, body: told };
  };
