import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorOnPages, type Language, signInOnPages } from './cast.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import type { Visitor } from './visitor.ts';

const data = new URL('../../infra/data/', import.meta.url);
const start = '2022-09-19T04:00:00.000Z';

let home: HomeProcess;

beforeAll(async () => {
  home = await homeProcess();
  await home.start();
  await home.operator.setClock(start);
});

afterAll(() => home.remove());

/** An administrator drafts, imports, previews and opens a round on the pages. Each language has an intake of its own. */
const openRound = async (administrator: Visitor, language: Language, intake: string): Promise<string> => {
  const text = await readFile(new URL('almaty-2022-3.round.json', data), 'utf8');
  const file = new Blob([text.replace('"2022-3"', `"${intake}"`)], { type: 'application/json' });
  const rounds = await administrator.open(`/${language}/manage`);
  const drafted = await administrator.press(rounds, '/manage/rounds', { file });
  const round = /\/manage\/rounds\/([0-9A-Z]{20})/.exec(drafted.path)?.[1] ?? '';
  const register = new Blob([await readFile(new URL('almaty-2022.vacancies.csv', data))], {
    type: 'text/csv',
  });
  const imported = await administrator.press(drafted, '/vacancies', { register });
  expect(imported.text).toContain('438');
  const preview = await administrator.open(`/${language}/manage/rounds/${round}/preview`);
  expect(preview.status).toBe(200);
  const opened = await administrator.press(
    await administrator.open(`/${language}/manage/rounds/${round}/open`),
    '/open',
  );
  expect(opened.status).toBe(200);
  return round;
};

describe.each([
  ['kk', '2022-3', 'өтініш'],
  ['ru', '2022-4', 'заявление'],
  ['en', '2022-5', 'application'],
] as const)('a call in %s, from the drafted round to its close', (language, intake, word) => {
  it('a region opens it and gives more time, somebody begins, another withdraws', async () => {
    const mail = `administrator-${language}@example.kz`;
    const administrator = await administratorOnPages(home, { mail, language });
    const round = await openRound(administrator, language, intake);

    const call = `/${language}/calls/${round}`;
    const { who } = await signInOnPages(home, { mail: `applicant-${language}@example.kz`, language });
    const started = await who.press(await who.open(`${call}/apply`), '/apply');
    const application = started.path;
    expect(started.text.toLowerCase()).toContain(word);

    const confirm = await administrator.press(
      await administrator.open(`/${language}/manage/rounds/${round}/deadline`),
      '/deadline',
      { closesAt: '2022-10-06T18:00' },
    );
    await administrator.press(confirm, '/deadline');
    const extended = await who.open(call);
    expect(extended.text).toMatch(/6 (қазан|октября|October)/);

    const other = await signInOnPages(home, { mail: `withdrawer-${language}@example.kz`, language });
    const begun = await other.who.press(await other.who.open(`${call}/apply`), '/apply');
    const withdrawn = await other.who.press(await other.who.open(`${begun.path}/withdraw`), '/withdraw', {
      reason: 'personal',
    });
    expect(withdrawn.status).toBe(200);
    expect((await other.who.open(begun.path)).status).toBe(200);

    // Nobody sees another's application, whatever the address.
    expect((await other.who.open(application)).status).toBe(404);
  });
});

describe('when the clock passes the deadline', () => {
  it('every call is closed, late answers are refused and the machine waits at the screening gate', async () => {
    const { who } = await signInOnPages(home, { mail: 'late@example.kz', language: 'en' });
    const calls = await who.open('/en/calls');
    const rounds = [
      ...new Set(
        calls.document
          .querySelectorAll('a')
          .flatMap((link) => /\/calls\/([0-9A-Z]{20})$/.exec(link.getAttribute('href') ?? '')?.[1] ?? []),
      ),
    ];
    expect(rounds).toHaveLength(3);
    const started = await who.press(await who.open(`/en/calls/${rounds[0]}/apply`), '/apply');

    await home.operator.setClock('2022-10-06T12:00:30.000Z');

    const { who: later } = await signInOnPages(home, { mail: 'late@example.kz', language: 'en' });
    const typed = { basedOn: '0', motivation: 'Too late, but not lost.' };
    const late = await later.client.ask(`${started.path}/sections/motivation`, {
      method: 'POST',
      body: new URLSearchParams(typed).toString(),
      type: 'application/x-www-form-urlencoded',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Too late, but not lost.');
    const begun = await later.client.ask(`/api/calls/${rounds[1]}/applications`, { method: 'POST' });
    expect(begun.json).toMatchObject({ status: 409 });
    const executions = await home.operator.executions();
    expect(
      executions.filter(({ status, waits }) => status === 'RUNNING' && waits[0]?.state === 'ScreeningGate'),
    ).toHaveLength(3);
  });
});
