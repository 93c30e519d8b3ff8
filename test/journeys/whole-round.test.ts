import { afterAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { main as audit } from '#infra/audit.ts';
import { withBeacon } from '#infra/demo/beacon.ts';
import type { Person } from '#infra/demo/call.ts';
import { withChecks } from '#infra/demo/checks.ts';
import { minutesOf } from '#infra/demo/outcome.ts';
import { type SyntheticApplicant, syntheticApplicant } from '#infra/demo/people.ts';
import { fileFor } from '#infra/demo/round-file.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { playRound } from '#infra/demo/whole-round.ts';
import { expectJson, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { daysLater, type Rehearsal } from '#infra/rehearsal/rehearsal.ts';
import { letterCatalogues } from '#shared/letters.ts';
import { type End, endOf, lettersAbout, lettersFor, Slots } from './ends.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { checksIn, enterHome } from './inside-home.ts';
import { insist, killRepeatedly } from './kill.ts';
import { onPages } from './on-pages.ts';
import { seeded } from './random.ts';

/** `npm run soak` does the full count, over as many rounds as it takes; a plain run a sample; `KILLS=50` so many. */
const kills = Number(process.env['KILLS'] ?? (process.env['SOAK'] ? 200 : 5));
const seed = process.env['SEED'] ?? 'irikteu';
/** Milliseconds between being ready and the next kill, at most. */
const longestLife = process.env['SOAK'] ? 5000 : 12_000;

/** Ends what hangs: hundreds of kills take their time, and so does a busy machine. */
vi.setConfig({ testTimeout: 3_600_000 });

const languages = ['kk', 'ru', 'en'] as const;

/** Eight people who want the same few posts, so that whoever declines is followed by somebody; one lacks the degree. */
const people = Array.from({ length: 8 }, (_, index): SyntheticApplicant => {
  const { typed, ...person } = syntheticApplicant(index);
  return {
    ...person,
    locale: languages[index % languages.length] ?? 'en',
    typed: {
      ...typed,
      education: { ...typed.education, education: index === 4 ? 'vocational' : 'bachelor' },
      work: { ...typed.work, subjects: ['physics'] },
    },
  };
});

const homes: HomeProcess[] = [];
afterAll(() => Promise.all(homes.map((home) => home.remove())));

const aHome = async (): Promise<HomeProcess> => {
  const home = await homeProcess();
  homes.push(home);
  await home.start();
  return home;
};

/** Plays a round to its end; two weeks later the last reminder would have come due. */
const playToTheEnd = async (rehearsal: Rehearsal, cast: readonly Person[]): Promise<Scene> => {
  const asItWas = await rehearsal.act(() => fileFor(rehearsal.operator));
  const file = withBeacon(withChecks(asItWas));
  const scene = await playRound(rehearsal, { file, people: cast, say: () => {}, applied: () => {} });
  await daysLater(rehearsal, 14);
  return scene;
};

let undisturbed: Record<string, End>;

it('a round ends in three languages: everybody is told what concerns them, once, in theirs', async () => {
  const home = await aHome();
  const { operator, origin } = home;
  // One of each language does everything on the pages.
  const cast = people.map((person, index) =>
    index < languages.length ? { ...person, ways: onPages(home, person.mail, person.locale) } : person,
  );

  const scene = await playToTheEnd({ operator, origin, act: (work) => work() }, cast);

  undisturbed = await endOf(scene);
  expectWholeStory(undisturbed);
  await expectReferences(scene);
  await expectSound(home, scene);
  await expectOwnLetters(scene);
});

it(`a round ends in the same way when the home is killed at ${kills} moments of it (seed ${seed})`, async () => {
  const home = await aHome();
  const { operator, origin } = home;
  const killing = { left: kills, over: false };
  const killer = killRepeatedly(home, killing, seeded(seed), longestLife);
  const rehearsal: Rehearsal = {
    operator,
    origin,
    act: (work) => insist(() => patient(rehearsal, work)),
  };
  const scenes: Scene[] = [];
  const ends: Record<string, End>[] = [];
  do {
    const scene = await playToTheEnd(rehearsal, people);
    scenes.push(scene);
    ends.push(await endOf(scene));
  } while (process.env['SOAK'] && killing.left > 0);
  killing.over = true;
  await killer;

  process.stdout.write(
    `${kills - killing.left} kills in ${ends.length} rounds of ${people.length} people.\n`,
  );
  // A sample may be over before its last kill, but never before its first.
  if (process.env['SOAK']) expect(killing.left).toBe(0);
  else expect(killing.left).toBeLessThan(kills);
  for (const end of ends) expect(withoutReminders(end)).toEqual(withoutReminders(undisturbed));
  for (const scene of scenes) {
    await expectSound(home, scene);
    await expectOwnLetters(scene);
  }
});

/**
 * Whoever was cut off often has asked for many codes; an hour later they may ask again. And a stage that is still being prepared is
 * ready minutes later: what a kill cut is taken up again by then.
 */
const patient = async <T>({ operator }: Rehearsal, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    const isEarly = error.body.includes('/problems/gate-not-open');
    const seconds = error.status === 429 ? 3_660 : isEarly ? 130 : 0;
    if (seconds > 0) {
      const { now } = await operator.health();
      await operator.setClock(new Date(Date.parse(now) + seconds * 1000).toISOString());
    }
    throw isEarly ? new Error('The stage is not ready.', { cause: error }) : error;
  }
};

/** Whether somebody was reminded depends on the days, which an hour more or another month may change; never twice of the same offer. */
const withoutReminders = (ends: Record<string, End>): Record<string, End> =>
  Object.fromEntries(
    Object.entries(ends).map(([mail, { letters, ...end }]) => {
      const { 'onboarding-reminder': _, 'offer-reminder': reminders = 0, ...rest } = letters;
      expect(reminders).toBeLessThanOrEqual(end.offers.length);
      return [mail, { ...end, letters: rest }];
    }),
  );

/** Everything that can happen to somebody has happened to one of them, and each had the letters that belong to it. */
const expectWholeStory = (ends: Record<string, End>): void => {
  const all = Object.values(ends);
  const offers = all.flatMap((end) => end.offers);
  const reasons = all.flatMap(({ stages }) => stages.flatMap(({ standing }) => standing.reasons));
  expect(reasons).toEqual(expect.arrayContaining(['higher-education', 'missed-interview', 'below-minimum']));
  expect(all.map(({ application }) => application)).toContain('withdrawn');
  expect(offers.map(({ status }) => status)).toEqual(
    expect.arrayContaining(['accepted', 'declined', 'lapsed', 'closed']),
  );
  // What one person let go was taken by another.
  const letGo = offers.filter(({ status }) => status !== 'accepted').map(({ vacancy }) => vacancy);
  const taken = offers.filter(({ status }) => status === 'accepted').map(({ vacancy }) => vacancy);
  expect(taken).toEqual(expect.arrayContaining([expect.toBeOneOf(letGo)]));
  const claims = all.flatMap(({ letters }) => (letters['claim-filed'] ? [letters] : []));
  expect(claims).toHaveLength(2);
  for (const end of all) {
    const { 'claim-filed': filed, 'claim-decided': decided, ...others } = end.letters;
    expect(decided).toBe(filed);
    expect(others).toEqual(lettersFor(end));
  }
};

/** Whoever was named was asked once, and reminded once at most, in the language that was asked for; the applicant sees that they answered. */
const expectReferences = async ({ operator, applicants }: Scene): Promise<void> => {
  const naming = applicants.flatMap(({ person: { referee }, ...one }) =>
    referee ? [{ ...one, referee }] : [],
  );
  expect(naming.length).toBeGreaterThan(1);
  for (const { client, id, referee } of naming) {
    const letters = await operator.letters(referee.mail);
    expect(letters.length).toBeGreaterThan(0);
    expect(new Set(letters.map(({ subject }) => subject)).size).toBe(letters.length);
    const { greeting } = letterCatalogues[referee.locale];
    for (const { text } of letters) expect(text.startsWith(greeting), text).toBe(true);
    const { slots } = await expectJson(client, `/api/applications/${id}/references`, {}, Slots);
    expect(slots.map(({ status }) => status)).toEqual([expect.toBeOneOf(['given', 'declined'])]);
  }
};

const Board = z.object({
  contenders: z.array(z.object({ offers: z.array(z.object({ vacancy: z.string(), status: z.string() })) })),
});
const Register = z.object({
  vacancies: z.array(z.object({ code: z.string(), posts: z.int(), locality: z.string() })),
});

/** The round is closed, its records add up, nothing is left running, no post is given twice. Letters are counted by `endOf`. */
const expectSound = async (home: HomeProcess, scene: Scene): Promise<void> => {
  const { operator, company, round } = scene;
  const said: string[] = [];
  expect(await audit(['--data', home.data], (line) => void said.push(line)), said.join('\n')).toBe(0);
  const running = (await operator.executions()).filter(({ status }) => status !== 'SUCCEEDED');
  expect(running).toEqual([]);
  const { client } = company.administrator;
  const { contenders } = await expectJson(client, `/api/rounds/${round}/offers`, {}, Board);
  const { vacancies } = await expectJson(client, `/api/calls/${round}/vacancies`, {}, Register);
  for (const { code, posts } of vacancies) {
    const given = contenders.flatMap(({ offers }) =>
      offers.filter(({ vacancy, status }) => vacancy === code && status === 'accepted'),
    );
    expect(given.length).toBeLessThanOrEqual(posts);
  }
  expect((await minutesOf(scene)).files.map(({ locale }) => locale)).toEqual(['kk', 'ru', 'en']);
  await expectChecked(home);
};

/** The home looked for itself, each night and after each stage, found nothing, and signed how far its records had come. */
const expectChecked = async (home: HomeProcess): Promise<void> => {
  enterHome(home);
  try {
    const { night, stage, anchor } = await checksIn(home).read();
    expect([night?.findings, stage?.findings]).toEqual([[], []]);
    expect([night?.records, anchor?.heads]).toEqual([expect.any(Number), expect.any(Number)]);
  } finally {
    vi.unstubAllEnvs();
  }
};

/** Each letter came once, and speaks the language of its reader, of nobody else's application, and of the post that was offered. */
const expectOwnLetters = async ({ operator, applicants, company, round }: Scene): Promise<void> => {
  const { client } = company.administrator;
  const { vacancies } = await expectJson(client, `/api/calls/${round}/vacancies`, {}, Register);
  for (const { person, number } of applicants) {
    const letters = await lettersAbout(operator, person.mail, number);
    // A reminder of the checklist may say the same on another day.
    const reminder = letterCatalogues[person.locale]['onboarding-reminder.subject'].replace(
      '{number}',
      number,
    );
    const once = letters.filter(({ subject }) => subject !== reminder).map(({ text }) => text);
    expect(once).toEqual([...new Set(once)]);
    for (const { subject, text } of letters) {
      const words = `${subject}\n${text}`;
      expect(text.startsWith(letterCatalogues[person.locale].greeting), words).toBe(true);
      expect(applicants.filter((other) => other.number !== number && words.includes(other.number))).toEqual(
        [],
      );
      // The post that it is about stands first; a letter may go on to places on the waiting lists of others.
      const [post] = vacancies
        .filter(({ code }) => words.includes(code))
        .toSorted((a, b) => words.indexOf(a.code) - words.indexOf(b.code));
      if (post) expect(words).toContain(post.locality);
    }
  }
};
