import * as z from 'zod';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson } from '#infra/rehearsal/http-client.ts';

const Vacancies = z.object({
  vacancies: z.array(z.object({ code: z.string(), subject: z.string(), posts: z.int() })),
});
const Placements = z.object({
  placements: z.array(z.object({ status: z.string(), post: z.object({ subject: z.string() }) })),
});

/** What a round came to, by subject. */
export type Outcome = { subject: string; posts: number; filled: number; unfilled: number }[];

export const outcomeOf = async ({ act, round, company }: Scene): Promise<Outcome> => {
  const { client } = company.administrator;
  const [{ vacancies }, { placements }] = await Promise.all([
    act(() => expectJson(client, `/api/calls/${round}/vacancies`, {}, Vacancies)),
    act(() => expectJson(client, `/api/rounds/${round}/placements`, {}, Placements)),
  ]);
  const subjects = [...new Set(vacancies.map(({ subject }) => subject))].toSorted();
  return subjects.map((subject) => {
    const posts = vacancies
      .filter((vacancy) => vacancy.subject === subject)
      .reduce((sum, vacancy) => sum + vacancy.posts, 0);
    const filled = placements.filter(
      ({ status, post }) => status === 'complete' && post.subject === subject,
    ).length;
    return { subject, posts, filled, unfilled: posts - filled };
  });
};

const Minutes = z.object({
  minutes: z
    .object({ data: z.string(), files: z.array(z.object({ locale: z.string(), bytes: z.int() })) })
    .optional(),
});

/** The minutes that were drawn when the round closed. */
export const minutesOf = async ({ act, round, company }: Scene) => {
  const path = `/api/rounds/${round}/minutes`;
  const { minutes } = await act(() => expectJson(company.administrator.client, path, {}, Minutes));
  if (!minutes) throw new Error('The round is closed, but its minutes were not drawn.');
  return minutes;
};

/** The outcome as a table of plain text, the sum below. */
export const tableOf = (outcome: Outcome): string => {
  const sum = (name: 'posts' | 'filled' | 'unfilled'): number =>
    outcome.reduce((total, line) => total + line[name], 0);
  const all = { subject: 'all', posts: sum('posts'), filled: sum('filled'), unfilled: sum('unfilled') };
  const head = lineOf(['', 'posts', 'filled', 'not filled']);
  const lines = [...outcome, all].map(({ subject, posts, filled, unfilled }) =>
    lineOf([subject, posts, filled, unfilled]),
  );
  return [head, ...lines].join('\n');
};

const lineOf = ([name, ...numbers]: (string | number)[]): string =>
  `  ${String(name).padEnd(20)}${numbers.map((one) => String(one).padStart(12)).join('')}`;
