import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { marksPreview } from '#functions/commands/marks-views.ts';
import { markListOf } from '#functions/commands/pinned.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { fileWithMarksBytes, marksCsv, type Row } from '#test/builders/marks.ts';
import { administrator, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, auditor, dana, secretary } from '#test/builders/selection.ts';

const scoring = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, undefined, fileWithMarksBytes);
  const site = aCommitteeSite(world);
  const seats = { secretary: await site.signIn(secretary), administrator: await site.signIn(administrator) };
  const marks = `/en/manage/rounds/${roundId}/marks`;
  return { world, roundId, numbers: applications.map(({ number }) => number), site, ...seats, marks };
};

type Scene = Awaited<ReturnType<typeof scoring>>;

const rowsOf = (numbers: readonly string[], marks: readonly (number | string)[]): Row[] =>
  numbers.map((number, index) => ({
    number,
    criterion: 'test',
    mark: marks[index] ?? '',
    max: 100,
    number_again: number,
  }));

const formOf = (file: Uint8Array, count: string, sum: string): FormData => {
  const form = new FormData();
  form.set('marks', new File([new Uint8Array(file)], 'marks.csv'));
  form.set('count', count);
  form.set('sum', sum);
  return form;
};

/** The marks that the page asks for, from the file itself. */
const sampleIn = async (world: World, roundId: RoundId): Promise<string[]> => {
  const found = await marksPreview(world, { by: administrator, roundId, import: 1 });
  const { marks, sample } = granted(found);
  const list = await markListOf(world.records, marks.sha256);
  return sample.map(({ number }) => String(list.marks.find((one) => one.number === number)?.mark));
};

/** Fills the form of the page that posts there, and posts it. */
const fill = async (seat: Seat, page: string, action: string, typed: Record<string, string>) => {
  const form = parse((await seat.get(page)).text).querySelector(`form[action="${action}"]`);
  if (!form) throw new Error(`The page has no form for ${action}.`);
  const hidden = form
    .querySelectorAll('input[type=hidden]')
    .map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? ''] as const);
  return await seat.post(action, { ...Object.fromEntries(hidden), ...typed });
};

/** A file that the secretary brought and the administrator confirmed, by the API. */
const counting = async ({ world, roundId, secretary: first, administrator: second, numbers }: Scene) => {
  const api = `/api/rounds/${roundId}/marks`;
  await first.sendFile(`${api}?count=3&sum=180`, marksCsv(rowsOf(numbers, [90, 60, 30])));
  const preview = JSON.parse((await second.get(`${api}/1`)).text);
  const { sha256 } = preview.import;
  const shown = { sha256, outcomes: preview.outcomes, sample: await sampleIn(world, roundId) };
  expect((await second.send('POST', `${api}/1/confirmation`, shown)).status).toBe(204);
  return api;
};

describe('the pages of marks from outside', () => {
  it('give the list to be marked, with numbers and no names', async () => {
    const { administrator: seat, marks, numbers } = await scoring();
    const list = await seat.get(`${marks}/list.csv`);

    expect(list.status).toBe(200);
    expect(list.text.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual([
      'number;criterion;mark;max;number_again;mark_again;row_hash',
      `${numbers.toSorted()[0]};test;;100;;;`,
    ]);
    expect(list.text.trim().split('\r\n')).toHaveLength(1 + 2 * numbers.length);
  });

  it('name every fault of a file with row and column, keep the totals that were typed, and nothing else', async () => {
    const { secretary: seat, marks, numbers } = await scoring();
    const answer = await seat.upload(
      marks,
      formOf(marksCsv(rowsOf(numbers, [90, '=A1', 101])), '3', '1 245,5'),
    );

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('line 3, column 3, mark: The cell is computed: paste its value');
    expect(answer.text).toContain('line 4, column 3, mark: A mark from 0 to 100 is needed');
    expect(answer.text).toContain('value="1 245,5"');
    expect((await seat.get(marks)).text).toContain('No file has been brought yet.');
  });

  it('say beside its field what is wrong with the totals, or that there is no file', async () => {
    const { secretary: seat, marks, numbers } = await scoring();
    const totals = await seat.upload(marks, formOf(marksCsv(rowsOf(numbers, [90, 60, 30])), '3', '181'));
    const none = await seat.post(marks, { count: '3', sum: '180' });

    expect(parse(totals.text).querySelector('#sum-error')?.text).toContain('another sum than was stated');
    expect(none.status).toBe(422);
    expect(parse(none.text).querySelector('#marks-error')?.text).toContain('Choose a file');
  });

  it('let a second person confirm what would change, and show the trace of both and of its undoing', async () => {
    const { world, roundId, secretary: first, administrator: second, marks, numbers } = await scoring();
    const brought = await first.upload(marks, formOf(marksCsv(rowsOf(numbers, [90, 60, 30])), '3', '180'));
    expect(brought).toMatchObject({ status: 303, location: `${marks}/files/1?done=marks.done.brought` });

    const own = await first.get(`${marks}/files/1`);
    expect(own.text).toContain('You brought this file.');
    for (const text of [
      'The raters of 3 applications have not all scored: their totals are not whole yet.',
      '3 applications have no score at all.',
      'No marks count yet at: ',
      'No application has a whole total yet',
      'At or above the pass mark, whatever is still to come',
    ]) {
      expect(own.text).toContain(text);
    }
    expect(own.text).not.toContain('Let these marks count');

    const wrong = await fill(second, `${marks}/files/1`, `${marks}/files/1/confirmation`, {
      'sample.0': '1',
    });
    expect(wrong.status).toBe(422);
    expect(parse(wrong.text).querySelector('[id="sample.0-error"]')?.text).toContain('another mark');
    expect(wrong.text).toContain('value="1"');

    const [a = '', b = '', c = ''] = await sampleIn(world, roundId);
    const typed = { 'sample.0': a, 'sample.1': b, 'sample.2': c };
    const confirmed = await fill(second, `${marks}/files/1`, `${marks}/files/1/confirmation`, typed);
    expect(confirmed).toMatchObject({ status: 303, location: `${marks}?done=marks.done.confirmed` });
    expect((await first.get(marks)).text).toContain('counts now');

    const undoing = `${marks}/files/1/undoing`;
    const silent = await fill(first, undoing, undoing, { reason: '' });
    expect(silent.status).toBe(422);
    expect(silent.text).toContain('Write in a few words why.');
    const asked = await fill(first, undoing, undoing, { reason: 'The list of another round.' });
    expect(asked.location).toBe(`${marks}?done=marks.done.undoing-asked`);
    expect((await first.get(undoing)).text).toContain('You asked for this.');
    expect((await first.get(undoing)).text).not.toContain('Undo these marks');
    expect((await second.get(marks)).text).toContain('Somebody asks to undo file 1');
    const undone = await fill(second, undoing, `${undoing}/confirmation`, {});
    expect(undone.location).toBe(`${marks}?done=marks.done.undone`);
    const page = (await first.get(marks)).text;
    expect(page).toContain('Undone');
    expect(page).toContain('The list of another round.');
  });

  it('let a request to undo be withdrawn by who asked, and refused by another with a reason', async () => {
    const scene = await scoring();
    const { secretary: first, administrator: second, marks, roundId } = scene;
    await counting(scene);
    const undoing = `${marks}/files/1/undoing`;
    await fill(first, undoing, undoing, { reason: 'A wrong column.' });

    const withdrawn = await fill(first, undoing, `${undoing}/withdrawal`, {});
    expect(withdrawn.location).toBe(`${marks}?done=marks.done.undoing-withdrawn`);
    await fill(first, undoing, undoing, { reason: 'A wrong column after all.' });
    const silent = await fill(second, undoing, `${undoing}/refusal`, { reason: ' ' });
    expect([silent.status, silent.text.includes('Refuse the request')]).toEqual([422, true]);
    const refused = await fill(second, undoing, `${undoing}/refusal`, { reason: 'It is right.' });
    expect(refused.location).toBe(`${marks}?done=marks.done.undoing-refused`);
    const page = (await first.get(marks)).text;
    for (const text of ['Request withdrawn', 'Request refused', 'It is right.', 'counts now']) {
      expect(page).toContain(text);
    }
    expect(
      (await second.post(`/en/manage/rounds/${roundId}/marks/files/1/undoing/confirmation`)).status,
    ).toBe(404);
  });

  it('are read by the committee and the auditor, who bring nothing', async () => {
    const { site, secretary: seat, marks, numbers } = await scoring();
    await seat.upload(marks, formOf(marksCsv(rowsOf(numbers, [90, 60, 30])), '3', '180'));

    for (const who of [dana, auditor]) {
      const visitor = await site.signIn(who);
      const page = await visitor.get(marks);
      expect(page.text).toContain('Waits for a second person');
      expect(page.text).not.toContain('Bring a file');
      expect((await visitor.get(`${marks}/files/1`)).status).toBe(403);
      expect((await visitor.get(`${marks}/list.csv`)).status).toBe(403);
    }
  });

  it('are not there for a file that nobody brought', async () => {
    const { administrator: seat, marks } = await scoring();

    expect((await seat.get(`${marks}/files/1`)).status).toBe(404);
    expect((await seat.get(`${marks}/files/x`)).status).toBe(404);
    expect((await seat.post(`${marks}/files/1/confirmation`)).status).toBe(404);
  });
});

describe('the scorecard', () => {
  it('does not ask for what another organisation marks, and the call says so', async () => {
    const { site, roundId, world } = await scoring();
    const seat = await site.signIn(dana);
    const list = parse((await seat.get(`/en/committee/rounds/${roundId}/scoring`)).text);
    const link = list
      .querySelectorAll('a')
      .find((one) => /scoring\/[0-9A-Z]{20}$/.test(one.getAttribute('href') ?? ''));
    const card = (await seat.get(link?.getAttribute('href') ?? '')).text;

    expect(card).toContain('points.education');
    expect(card).not.toContain('points.test');
    expect((await seat.get(`/en/calls/${roundId}/rules`)).text).toContain('Marked by another organisation');
    expect(world.region).toBe('KZ-19');
  });
});

describe('the API of marks', () => {
  it('takes a file with its totals, previews it, and confirms what was shown', async () => {
    const { world, roundId, secretary: first, administrator: second, numbers } = await scoring();
    const api = `/api/rounds/${roundId}/marks`;
    const bytes = marksCsv(rowsOf(numbers, [90, 60, 30]));

    expect(await first.sendFile(`${api}?count=3&sum=181`, bytes)).toMatchObject({ status: 422 });
    const brought = await first.sendFile(`${api}?count=3&sum=180`, bytes);
    expect([brought.status, JSON.parse(brought.text)]).toEqual([201, { number: 1 }]);
    const preview = JSON.parse((await second.get(`${api}/1`)).text);
    expect(JSON.parse((await first.get(`${api}/1`)).text).sample).toEqual([]);
    expect(preview.sample).toHaveLength(3);
    expect(preview).toMatchObject({
      import: { number: 1, status: 'waiting', sum: 180 },
      unmarked: 0,
      unscored: 3,
      untouched: 3,
      missing: ['essay'],
      whole: 0,
      settled: { changed: [], before: { open: 3 }, after: { open: 3 } },
      soFar: { among: 0, changed: [], totalsChanged: [] },
      odd: [],
    });

    const { sha256 } = preview.import;
    const shown = { sha256, outcomes: preview.outcomes, sample: await sampleIn(world, roundId) };
    expect((await first.send('POST', `${api}/1/confirmation`, shown)).text).toContain('second-person-needed');
    expect((await second.send('POST', `${api}/1/confirmation`, shown)).status).toBe(204);
    expect(JSON.parse((await second.get(api)).text).imports).toMatchObject([{ countsAt: ['test'] }]);
    expect((await second.send('POST', `${api}/1/refusal`, { reason: 'Late.' })).status).toBe(409);
    expect((await second.send('POST', `${api}/nine/refusal`, { reason: 'x' })).status).toBe(404);
  });

  it('undoes marks by two people, who see what would change', async () => {
    const scene = await scoring();
    const { secretary: first, administrator: second } = scene;
    const undoing = `${await counting(scene)}/1/undoing`;
    const reason = 'Wrong list.';

    expect((await first.send('POST', undoing, { reason })).status).toBe(204);
    const preview = JSON.parse((await second.get(undoing)).text);
    expect(preview).toMatchObject({
      again: [{ criterion: 'test' }],
      unmarked: 3,
      undoing: [{ status: 'waiting', said: reason }],
    });
    const shown = { shown: preview.shown };
    expect((await first.send('POST', `${undoing}/confirmation`, shown)).text).toContain(
      'second-person-needed',
    );
    expect((await first.send('POST', `${undoing}/refusal`, { reason })).text).toContain(
      'second-person-needed',
    );
    expect((await second.send('POST', `${undoing}/withdrawal`)).status).toBe(403);
    expect((await second.send('POST', `${undoing}/confirmation`, shown)).status).toBe(204);
    const list = JSON.parse((await second.get(undoing.replace('/1/undoing', ''))).text);
    expect(list.imports).toMatchObject([{ status: 'undone', countsAt: [], undoing: [{ status: 'done' }] }]);
    expect(JSON.stringify(list)).not.toContain('digest');
  });
});
