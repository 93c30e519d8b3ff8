import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { expectJson, httpClient, nothing } from '#infra/rehearsal/http-client.ts';

const Health = z.object({
  ok: z.boolean(),
  region: z.string(),
  rehearsal: z.boolean(),
  origin: z.string(),
  now: z.string(),
});
export type Health = z.infer<typeof Health>;

const Letter = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: z.string(),
});
type Letter = z.infer<typeof Letter>;

/** `waits` names each state that the execution is in; several inside Parallel and Map. */
const Execution = z.looseObject({
  name: z.string(),
  status: z.string(),
  waits: z.array(z.looseObject({ state: z.string() })),
});
type Execution = z.infer<typeof Execution>;

/** The operator's port of a home, as programs use it. */
export type Operator = {
  url: string;
  health: () => Promise<Health>;
  /** Moves the clock of a rehearsal and waits until everything that fell due has been done. */
  setClock: (to: string) => Promise<void>;
  invite: (role: string, locale: string) => Promise<string>;
  letters: (to?: string) => Promise<Letter[]>;
  executions: () => Promise<Execution[]>;
  /** The newest six-digit code that was written to a mailbox since there were `known` letters; waits for it. */
  codeFor: (mail: string, known: number) => Promise<string>;
};

export const operatorAt = (url: string): Operator => {
  const client = httpClient(url);
  const letters = async (to?: string): Promise<Letter[]> => {
    const path = to ? `/letters?to=${encodeURIComponent(to)}` : '/letters';
    return await expectJson(client, path, {}, z.array(Letter));
  };
  return {
    url,
    letters,
    health: () => expectJson(client, '/health', {}, Health),
    setClock: async (to) => {
      await expectJson(client, '/clock', { method: 'POST', json: { to } }, nothing);
    },
    invite: async (role, locale) => {
      const sent = { method: 'POST', json: { role, locale } } as const;
      return (await expectJson(client, '/invitations', sent, z.object({ link: z.string() }))).link;
    },
    executions: () => expectJson(client, '/executions', {}, z.array(Execution)),
    codeFor: async (mail, known) => {
      for (let tries = 0; tries < 600; tries += 1) {
        const found = await letters(mail);
        const newest = found.length > known ? newestOf(found) : undefined;
        const code = newest && /\b(\d{6})\b/.exec(newest.text)?.[1];
        if (code) return code;
        await sleep(50);
      }
      throw new Error('No letter with a code arrived within half a minute.');
    },
  };
};

const newestOf = (letters: readonly Letter[]): Letter | undefined =>
  letters.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
