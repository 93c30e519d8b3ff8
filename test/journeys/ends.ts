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
export const Slots = z.object({ slots: z.array(z.object({ status: z.string().optional() })) });

/** What a round came to for one person: nothing in it is by chance, so that two runs can be compared. */
export type End = z.infer<typeof Result> &
  z.infer<typeof Offers> & {
    application: string;
    placement: string | undefined;
    /** What came of each reference that was asked for. */
    references: (string | undefined)[];
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
  const { slots } = await expectJson(client, `${path}/references`, {}, Slots);
  const references = slots.map(({ status }) => status);
  const letters: Record<string, number> = {};
  for (const letter of await lettersAbout(operator, person.mail, number)) {
    const template = templateOf(letter, person.locale);
    letters[template] = (letters[template] ?? 0) + 1;
  }
  return { application, stages, offers, placement, references, letters };
};

type Letter = Awaited<ReturnType<Operator['letters']>>[number];

/** Somebody's letters that name their application: all but codes. */
export const lettersAbout = async (operator: Operator, mail: string, number: string): Promise<Letter[]> =>
  (await operator.letters(mail)).filter(({ text, subject }) => `${subject} ${text}`.includes(number));

/**
 * Which letter it is, in the language that the person asked for: by its subject, and where two share that by how their words start.
 * @throws when it is none, or several
 */
const templateOf = ({ subject, text }: Letter, locale: 'kk' | 'ru' | 'en'): string => {
  const { greeting, ...texts } = letterCatalogues[locale];
  const words = new Map<string, string>(Object.entries(texts));
  const named = [...words].flatMap(([key, title]) =>
    key.endsWith('.subject') && shaped(title, '$').test(subject) ? [key.replace('.subject', '')] : [],
  );
  const start = (name: string): string => `${greeting}\n\n${words.get(`${name}.body`)}\n\n`;
  const found = named.length === 1 ? named : named.filter((name) => shaped(start(name)).test(text));
  const [template] = found;
  if (found.length !== 1 || !template) throw new Error(`"${subject}" is ${named.join(', ') || 'no letter'}.`);
  return template;
};

/** Each fact is on one line. @param end `$` where nothing may follow */
const shaped = (text: string, end = ''): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}${end}`,
  );

/** They depend on when somebody chose a time, and on whether the story stands still on the morning before it; each comes once. */
const remindersIn = ({ letters }: End): Record<string, number> =>
  Object.fromEntries(
    ['interview-unbooked', 'interview-reminder'].flatMap((name) => (name in letters ? [[name, 1]] : [])),
  );

/** The letters that the way of somebody through the round calls for, each as often as it must have been written. */
export const lettersFor = (end: End): Record<string, number> => {
  const { application, stages, offers, placement, references } = end;
  const letters: Record<string, number> = { 'application-submitted': 1 };
  const goes = (about: string): boolean =>
    stages.some(({ stage, standing }) => stage === about && standing.outcome === 'goes-on');
  const decided = (about: string): boolean => stages.some(({ stage }) => stage === about);
  letters[goes('screening') ? 'screening-admitted' : 'screening-refused'] = 1;
  if (decided('scoring') && goes('screening')) {
    letters[goes('scoring') ? 'interview-invited' : 'not-shortlisted'] = 1;
  }
  if (decided('preliminary')) letters['results-preliminary'] = 1;
  if (goes('scoring')) {
    // Whoever books no time is given one.
    const timed = 'interview-set' in end.letters ? 'interview-set' : 'interview-booked';
    Object.assign(letters, { [timed]: 1, 'results-final': 1 });
    Object.assign(letters, remindersIn(end));
  }
  const count = (name: string, number: number): void => {
    if (number > 0) letters[name] = number;
  };
  const ended = (status: string): number => offers.filter((offer) => offer.status === status).length;
  for (const [status, name] of [
    ['given', 'referee-answered'],
    ['declined', 'referee-declined'],
  ] as const) {
    count(name, references.filter((one) => one === status).length);
  }
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
