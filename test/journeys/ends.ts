import { expect } from 'vitest';
import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { expectJson } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { letterCatalogues } from '#shared/letters.ts';

const Result = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      standing: z.object({
        outcome: z.string(),
        reasons: z.array(z.string()),
        total: z.number().optional(),
        rank: z.number().optional(),
      }),
    }),
  ),
});
const Offers = z.object({ offers: z.array(z.object({ vacancy: z.string(), status: z.string() })) });
const Application = z.object({ stage: z.string() });
const Placement = z.object({ status: z.string() });

/** What a round came to for one person: nothing in it is by chance, so that two runs can be compared. */
export type End = z.infer<typeof Result> &
  z.infer<typeof Offers> & {
    application: string;
    placement: string | undefined;
    letters: Record<string, number>;
  };

/** What a round came to, by mailbox. */
export const endOf = async (scene: Scene): Promise<Record<string, End>> => {
  const ends: Record<string, End> = {};
  for (const who of scene.applicants) ends[who.person.mail] = await scene.act(() => endFor(scene, who));
  return ends;
};

const endFor = async ({ operator }: Scene, { id, client, person, number }: Applicant): Promise<End> => {
  const path = `/api/applications/${id}`;
  const { stage: application } = await expectJson(client, path, {}, Application);
  const { stages } = await expectJson(client, `${path}/result`, {}, Result);
  const { offers } = await expectJson(client, `${path}/offers`, {}, Offers);
  const placed = await client.ask(`${path}/placement`);
  const placement = placed.status === 200 ? Placement.parse(placed.json).status : undefined;
  const letters: Record<string, number> = {};
  for (const letter of await lettersAbout(operator, person.mail, number)) {
    const template = templateOf(letter.subject, person.locale);
    letters[template] = (letters[template] ?? 0) + 1;
  }
  return { application, stages, offers, placement, letters };
};

type Letter = Awaited<ReturnType<Operator['letters']>>[number];

/** Somebody's letters that name their application: all but codes. */
export const lettersAbout = async (operator: Operator, mail: string, number: string): Promise<Letter[]> =>
  (await operator.letters(mail)).filter(({ text, subject }) => `${subject} ${text}`.includes(number));

/** Which letter a subject belongs to, in the language that the person asked for. @throws when in none, or in several */
const templateOf = (subject: string, locale: 'kk' | 'ru' | 'en'): string => {
  const found = Object.entries(letterCatalogues[locale]).flatMap(([key, text]) =>
    key.endsWith('.subject') && patternOf(text).test(subject) ? [key.replace('.subject', '')] : [],
  );
  const [template] = found;
  if (found.length !== 1 || !template) throw new Error(`"${subject}" is ${found.join(', ') || 'no letter'}.`);
  return template;
};

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  );

/** The letters that the way of somebody through the round calls for, each as often as it must have been written. */
export const lettersFor = (end: End): Record<string, number> => {
  const { application, stages, offers, placement } = end;
  const letters: Record<string, number> = { 'application-submitted': 1 };
  const goes = (about: string): boolean =>
    stages.some(({ stage, standing }) => stage === about && standing.outcome === 'goes-on');
  const decided = (about: string): boolean => stages.some(({ stage }) => stage === about);
  letters[goes('screening') ? 'screening-admitted' : 'screening-refused'] = 1;
  if (decided('scoring') && goes('screening')) {
    letters[goes('scoring') ? 'interview-invited' : 'not-shortlisted'] = 1;
  }
  if (goes('scoring')) {
    // Whoever books no time is given one.
    const timed = 'interview-set' in end.letters ? 'interview-set' : 'interview-booked';
    Object.assign(letters, { [timed]: 1, 'results-preliminary': 1, 'results-final': 1 });
  }
  const count = (name: string, number: number): void => {
    if (number > 0) letters[name] = number;
  };
  const ended = (status: string): number => offers.filter((offer) => offer.status === status).length;
  count('offer-made', offers.length);
  count('offer-declined', ended('declined'));
  count('offer-reminder', ended('lapsed'));
  count('offer-lapsed', ended('lapsed'));
  // In this story whoever withdraws has accepted before.
  const left = application === 'withdrawn' ? 1 : 0;
  count('offer-accepted', ended('accepted') + left);
  count('application-withdrawn', left);
  const hadOffer = offers.some(({ status }) => ['accepted', 'declined', 'lapsed'].includes(status));
  count('no-post', goes('claims') && !hadOffer && left === 0 ? 1 : 0);
  if (placement === 'complete') letters['onboarding-reminder'] = expect.any(Number);
  return letters;
};
