import type { Applicant } from '#infra/demo/applicant.ts';
import type { SyntheticReferee } from '#infra/demo/people.ts';
import { httpClient, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { eachOf, type Rehearsal } from '#infra/rehearsal/rehearsal.ts';

/** How many referees answer at the same time. */
const atOnce = 4;

/**
 * Referees open the link of their letter and answer, without an account: most recommend, every fifth declines, and every seventh
 * never answers and is reminded. Whoever has answered before finds that it is over.
 */
export const answerReferences = async (
  rehearsal: Rehearsal,
  applicants: readonly Pick<Applicant, 'person'>[],
): Promise<void> => {
  const referees = applicants.flatMap(({ person: { referee } }) => referee ?? []);
  await eachOf(referees, atOnce, async (referee) => {
    const drawn = Number(/\d+/.exec(referee.mail)?.[0] ?? '1');
    if (drawn % 7 === 6) return;
    await rehearsal.act(() => answer(rehearsal, referee, drawn % 5 === 4 ? 'declines' : 'recommends'));
  });
};

const answer = async (
  { operator, origin }: Rehearsal,
  { mail, locale }: SyntheticReferee,
  how: 'recommends' | 'declines',
): Promise<void> => {
  const [letter] = await operator.letters(mail);
  const token = /#(\S+)/.exec(letter?.text ?? '')?.[1];
  // The letter may be written a moment later: the next time, then.
  if (token === undefined) return;
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
  if (!(await post('', { token }))) return;
  const form = await browser.ask(`/${locale}/reference/form`);
  const referee = /name="referee" value="(\w+)"/.exec(form.text)?.[1] ?? '';
  if (how === 'declines') await post('/refusal', { referee });
  else await post('/form', { referee, ...opinion, press: 'send' });
};

const opinion = {
  known: 'Бес жыл, мектеп директоры ретінде',
  recommends: 'yes',
  text: 'Сабақтары мұқият дайындалған, оқушылар пәнге қызығады, әріптестеріне көмектеседі.',
};
