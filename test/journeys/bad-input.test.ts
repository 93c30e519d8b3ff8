import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultText } from '#functions/http/refusal-text.ts';
import { openRound } from '#infra/demo/call.ts';
import { enrol, type Staff } from '#infra/rehearsal/sign-in.ts';
import { readRoundFile } from '#shared/domain/round-file-reading.ts';
import { readVacancies } from '#shared/domain/vacancy-csv.ts';
import { translator } from '#shared/i18n/index.ts';
import {
  type Applying,
  asForm,
  askedForCode,
  begun,
  filledIn,
  settled,
  signedInAgain,
  stateOf,
} from './half-done.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import {
  both,
  faultsOf,
  isSignedIn,
  placed,
  readable,
  routesOfApplications,
  tryRoute,
  uploadRoundFile,
} from './mistakes.ts';
import { uploadsThatAreTamperedWith } from './tampered-uploads.ts';
import { type Visitor, visitor } from './visitor.ts';

/*
 * What people and programs get wrong, or try: each has a clear answer in the person's language, and nothing changed.
 */

const kk = translator('kk');
const ru = translator('ru');
const en = translator('en');

const roundFile = await readFile(
  new URL('../../infra/data/almaty-2022-3.round.json', import.meta.url),
  'utf8',
);

let home: HomeProcess;
let staff: Staff;
let round: string;
let aigul: Applying;

beforeAll(async () => {
  home = await homeProcess();
  await home.start();
  await home.operator.setClock('2022-09-19T04:00:00.000Z');
  const administrator = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
  staff = await enrol(home.operator, home.origin, administrator);
  round = await openRound(staff.client, roundFile);
  aigul = await filledIn(home, round, { index: 0, language: 'kk' });
}, 300_000);

afterAll(() => home.remove());

describe('a form', () => {
  it('that is incomplete is answered with everything that is missing', async () => {
    const beginner = await begun(home, round, { mail: 'beginner@example.kz', language: 'ru' });
    const before = await stateOf(beginner);

    const answer = await beginner.who.client.ask(`${beginner.path}/submit`, asForm({}));

    expect(answer.status).toBe(422);
    for (const field of ['fullName', 'iinHeld', 'motivation'] as const) {
      expect(answer.text).toContain(ru(`application-form.${field}.missing`));
    }
    expect(await stateOf(beginner)).toBe(before);
    expect(await home.operator.letters(beginner.mail)).toHaveLength(1);
  });

  it.for([
    ['JSON where a form belongs', 'application/json', '{"motivation": "text"}'],
    ['bytes that only say they are a form', 'multipart/form-data; boundary=x', '\u0001\u0002garbage'],
    ['a form without its boundary', 'multipart/form-data', 'motivation=text'],
  ])('that is malformed is not taken for an empty one: %s', async ([, type = '', body = '']) => {
    const before = await stateOf(aigul);

    const path = `${aigul.path}/sections/motivation`;
    const answer = await aigul.who.client.ask(path, { method: 'POST', body, type });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(kk('problems.unreadable.title'));
    expect(await stateOf(aigul)).toBe(before);
  });

  it('that is malformed JSON is answered with the place of the fault', async () => {
    const before = await stateOf(aigul);

    const path = `/api/applications/${aigul.id}/choices`;
    const answer = await aigul.who.client.ask(path, {
      method: 'PUT',
      body: '{"codes": ["MAT-001",], "basedOn": []}',
      type: 'application/json',
    });

    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({
      title: kk('problems.invalid.title'),
      faults: [{ line: 1, column: 22, text: kk('round-file.json.value') }],
    });
    expect(await stateOf(aigul)).toBe(before);
  });

  it('that another tab saved first is shown beside what was typed here', async () => {
    const path = `${aigul.path}/sections/motivation`;
    const [first, second] = [await aigul.who.open(path), await aigul.who.open(path)];
    const long = 'Оқушыларға математиканы үйреткім келеді. '.repeat(8);
    await aigul.who.press(first, '/sections/motivation', { motivation: `Бірінші терезе. ${long}` });
    const before = await stateOf(aigul);

    const answer = await aigul.who.press(second, '/sections/motivation', {
      motivation: `Екінші терезе. ${long}`,
    });

    expect(answer.status).toBe(409);
    expect(answer.text).toContain(kk('apply.twoVersions'));
    expect(answer.text).toContain('Бірінші терезе.');
    expect(answer.document.querySelector('textarea')?.text).toContain('Екінші терезе.');
    expect(await stateOf(aigul)).toBe(before);
  });
});

const enter = (who: Visitor, language: string, code: string) =>
  who.client.ask(`/${language}/sign-in/code`, asForm({ code }));

describe('a code', () => {
  it('that is wrong says how many tries are left', async () => {
    const { who, code } = await askedForCode(home, { mail: 'wrong@example.kz', language: 'ru' });

    const answer = await enter(who, 'ru', code === '123456' ? '654321' : '123456');

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(ru('problems.code-wrong.title'));
    expect(answer.text).toContain(ru('problems.detail.triesLeft', { count: 4 }));
    expect(await isSignedIn(who)).toBe(false);
  });

  it('is good for ten minutes, not for eleven', async () => {
    const { who, code } = await askedForCode(home, { mail: 'old@example.kz', language: 'kk' });
    const { now } = await home.operator.health();
    await home.operator.setClock(new Date(Date.parse(now) + 11 * 60_000).toISOString());

    const answer = await enter(who, 'kk', code);

    expect(answer.status).toBe(410);
    expect(answer.text).toContain(kk('problems.code-expired.title'));
    expect(await isSignedIn(who)).toBe(false);
  });

  it('opens the door once, whoever comes with it the second time', async () => {
    const mail = 'twice@example.kz';
    const sent = { method: 'POST', json: { mail, locale: 'en' } } as const;
    const asked = await visitor(home.origin).client.ask('/api/sign-in/codes', sent);
    const { attempt } = z.object({ attempt: z.string() }).parse(asked.json);

    const code = await home.operator.codeFor(mail, 0);
    const { answers, signedIn } = await both(home.origin, { attempt, code });

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.find(({ status }) => status === 409)?.json).toMatchObject({ type: '/problems/code-used' });
    expect(signedIn.filter(Boolean)).toHaveLength(1);
  });
});

describe('a round file', () => {
  it('with broken syntax is answered with line and column', async () => {
    const { answer, changed } = await uploadRoundFile(
      staff.client,
      roundFile.replace('"closesAt"', 'closesAt'),
    );

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(ru('manage.place.lineColumn', { line: 17, column: 5 }));
    expect(answer.text).toContain(ru('manage.faults.nothingChanged'));
    expect(changed).toBe(false);
  });

  it('with broken rules is answered with every one of them and its place', async () => {
    const broken = roundFile
      .replace('"2022-3"', '"2022-9"')
      .replace('"minimumDays": 7', '"minimumDays": 90')
      .replace('"region": "KZ-19"', '"region": "KZ-61"')
      .replace('"maxBytes": 5242880', '"maxBytes": "five"');
    const expected = faultsOf(readRoundFile(broken, 'KZ-19'));
    expect(expected.length).toBeGreaterThanOrEqual(2);

    const { answer, changed } = await uploadRoundFile(staff.client, broken);

    expect(answer.status).toBe(422);
    for (const fault of expected) expect(readable(answer.text)).toContain(placed(fault, ru));
    expect(changed).toBe(false);
  });
});

describe('a register of vacancies', () => {
  it('with wrong columns is answered with each of them, and the draft keeps none', async () => {
    const administrator = staff.client;
    const drafted = await administrator.ask('/api/rounds', {
      method: 'POST',
      body: roundFile.replace('"2022-3"', '"2022-7"'),
      type: 'application/json',
    });
    const { id } = z.object({ id: z.string() }).parse(drafted.json);
    const csv = 'code,colour\nMAT-001,red\n';
    const body = new FormData();
    body.set('register', new Blob([csv], { type: 'text/csv' }), 'vacancies.csv');

    const answer = await administrator.ask(`/ru/manage/rounds/${id}/vacancies`, { method: 'POST', body });

    expect(answer.status).toBe(422);
    for (const fault of faultsOf(readVacancies(csv))) {
      expect(readable(answer.text)).toContain(faultText(fault, ru));
    }
    const after = await administrator.ask(`/api/rounds/${id}`);
    expect(after.json).toMatchObject({ version: 1, vacancies: 0 });
  });
});

describe("somebody else's application", () => {
  it('is not found by any route that takes one, and stays as it was', async () => {
    const stranger = await begun(home, round, { mail: 'stranger@example.kz', language: 'en' });
    const before = await stateOf(aigul);
    const tried = routesOfApplications();
    const found: string[] = [];

    for (const route of tried) {
      const answer = await tryRoute(stranger.who, route, aigul.id);
      if (answer.status !== 404) found.push(`${route.method} ${route.path} answered ${answer.status}`);
      // A program that names no language is answered in the state language.
      const title = (answer.isApi ? kk : en)('problems.not-found.title');
      if (!answer.text.includes(title)) found.push(`${route.method} ${route.path} is unclear`);
    }

    expect(tried.length).toBeGreaterThan(15);
    expect(found).toEqual([]);
    expect(await stateOf(aigul)).toBe(before);
  });
});

describe(
  'an upload',
  uploadsThatAreTamperedWith(() => ({ home, round })),
);

describe('the last button', () => {
  it('pressed twice at once submits once, and both presses lead to the receipt', async () => {
    const press = () => aigul.who.client.ask(`${aigul.path}/submit`, asForm({}));

    const answers = await Promise.all([press(), press()]);

    for (const { status, headers, text } of answers) {
      expect(status, text).toBe(303);
      expect(headers.get('location')).toBe(`${aigul.path}/receipt`);
    }
    await settled(home);
    const number = /KZ19-\w{4}-\w{4}/.exec(await stateOf(aigul))?.[0] ?? 'none';
    const letters = await home.operator.letters(aigul.mail);
    expect(letters.filter(({ text }) => text.includes(number))).toHaveLength(1);
    expect((await aigul.who.open(`${aigul.path}/receipt`)).text).toContain(number);
    const paper = await aigul.who.client.ask(`${aigul.path}/receipt.pdf`);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    expect(paper.text.slice(0, 8)).toBe('%PDF-1.7');
  });

  it('pressed after the deadline is told when it was, and nothing is submitted', async () => {
    const late = await filledIn(home, round, { index: 1, language: 'en' });
    await home.operator.setClock('2022-10-04T12:00:30.000Z');
    const { who } = await signedInAgain(home, late);
    const before = await stateOf({ ...late, who });

    const answer = await who.client.ask(`${late.path}/submit`, asForm({}));

    expect(answer.status).toBe(409);
    expect(answer.text).toContain(en('problems.too-late.title'));
    expect(answer.text).toContain('4 October 2022 at 18:00');
    expect(await stateOf({ ...late, who })).toBe(before);
    await settled(home);
    expect((await home.operator.letters(late.mail)).filter(({ text }) => text.includes('KZ19-'))).toEqual([]);
  });
});
