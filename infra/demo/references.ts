import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import type { SyntheticReferee } from '#infra/demo/people.ts';
import { expectJson, httpClient, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { eachOf, type Rehearsal } from '#infra/rehearsal/rehearsal.ts';

/** How many referees answer at the same time. */
const atOnce = 4;

/**
 * Referees open the link of their letter and answer, without an account: most recommend, every fifth declines, and every seventh
 * never answers and is reminded. Whoever has answered before finds that it is over.
 * @returns how many have no letter yet
 */
export const answerReferences = async (
  rehearsal: Rehearsal,
  applicants: readonly Pick<Applicant, 'person'>[],
): Promise<number> => {
  let waiting = 0;
  const referees = applicants.flatMap(({ person: { referee } }) => referee ?? []);
  await eachOf(referees, atOnce, async (referee) => {
    const drawn = Number(/\d+/.exec(referee.mail)?.[0] ?? '1');
    if (drawn % 7 === 6) return;
    const how = drawn % 5 === 4 ? 'declines' : 'recommends';
    if (!(await rehearsal.act(() => answer(rehearsal, referee, how)))) waiting += 1;
  });
  return waiting;
};

const Slots = z.object({ slots: z.array(z.object({ status: z.string().optional() })) });

/** How many people were named, and what came of it, as those who named them see it. */
export const referencesIn = async (
  { act }: Rehearsal,
  applicants: readonly Applicant[],
): Promise<{ named: number; given: number; declined: number }> => {
  const statuses: (string | undefined)[] = [];
  for (const { client, id } of applicants.filter(({ person }) => person.referee)) {
    const { slots } = await act(() => expectJson(client, `/api/applications/${id}/references`, {}, Slots));
    statuses.push(...slots.map(({ status }) => status));
  }
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  return { named: statuses.length, given: count('given'), declined: count('declined') };
};

/** @returns whether there was a letter to answer */
const answer = async (
  { operator, origin }: Rehearsal,
  { mail, locale }: SyntheticReferee,
  how: 'recommends' | 'declines',
): Promise<boolean> => {
  // Of an earlier round of the same home there may be an older one.
  const letters = (await operator.letters(mail)).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const token = /#(\S+)/.exec(letters.at(-1)?.text ?? '')?.[1];
  // The letter may be written a moment later: the next time, then.
  if (token === undefined) return false;
  const browser = httpClient(origin);
  const post = async (path: string, form: Record<string, string>): Promise<boolean> => {
    const body = new URLSearchParams(form).toString();
    const type = 'application/x-www-form-urlencoded';
    const answered = await browser.ask(`/${locale}/reference${path}`, { method: 'POST', body, type });
    // The link of an answer that was given opens nothing any more.
    if (answered.status === 409) return false;
    if (answered.status >= 400) throw new UnexpectedAnswer(`reference${path}`, answered);
    return true;
  };
  if (!(await post('', { token }))) return true;
  const form = await browser.ask(`/${locale}/reference/form`);
  const referee = /name="referee" value="(\w+)"/.exec(form.text)?.[1] ?? '';
  if (how === 'declines') await post('/refusal', { referee });
  else await post('/form', { referee, ...opinion, press: 'send' });
  return true;
};

const opinion = {
  known: 'Бес жыл, мектеп директоры ретінде',
  recommends: 'yes',
  text: 'Сабақтары мұқият дайындалған, оқушылар пәнге қызығады, әріптестеріне көмектеседі.',
};
