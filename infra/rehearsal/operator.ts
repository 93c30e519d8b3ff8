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
  /** How many sign-in codes were written to a mailbox. */
  codes: (mail: string) => Promise<number>;
  /** The newest six-digit code that was written to a mailbox since there were `known` of them; waits for it. */
  codeFor: (mail: string, known: number) => Promise<string>;
};

export const operatorAt = (url: string): Operator => {
  const client = httpClient(url);
  const letters = async (to?: string): Promise<Letter[]> => {
    const path = to ? `/letters?to=${encodeURIComponent(to)}` : '/letters';
    return await expectJson(client, path, {}, z.array(Letter));
  };
  /** Oldest first. */
  const codesTo = async (mail: string): Promise<string[]> =>
    (await letters(mail))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? []);
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
    codes: async (mail) => (await codesTo(mail)).length,
    codeFor: async (mail, known) => {
      for (let tries = 0; tries < 600; tries += 1) {
        const codes = await codesTo(mail);
        const newest = codes.length > known ? codes.at(-1) : undefined;
        if (newest !== undefined) return newest;
        await sleep(50);
      }
      throw new Error('No letter with a code arrived within half a minute.');
    },
  };
};
