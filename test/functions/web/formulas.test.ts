import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { formulasAggregate } from '#shared/domain/formula.ts';
import { dana, erlan, secretary } from '#test/builders/selection.ts';
import { scored, scoring, shared, tried, valuesOn } from './formula-scene.ts';

describe('the page of formulas', () => {
  it('says what they are for and what they may say, in the words of the round', async () => {
    const { site, formulas } = await scoring();
    const { text, status } = await (await site.signIn(secretary)).get(formulas);

    expect(status).toBe(200);
    expect(text).toContain('It informs and never decides');
    expect(text).toContain('<code>methods, rubric.methods</code>');
    expect(text).toContain('<code>sample-lesson, interview.sample-lesson</code>');
    expect(text).toContain('<code>if(x &gt; y, x, 0)</code>');
    expect(text).toContain('avg(education) + 2 * avg(degree)');
  });

  it('shows what a formula comes to: for each application, as a histogram and a table; and stores nothing', async () => {
    const { world, site, roundId, applications, formulas } = await scored();
    const seat = await site.signIn(secretary);
    const { text } = await seat.get(formulas + tried('max(score) - min(score) + total'));
    const values = valuesOn(text);

    expect([...values.keys()].toSorted()).toEqual(
      applications.map(({ number }) => String(number)).toSorted(),
    );
    expect(applications.map(({ number }) => values.get(number))).toEqual([
      '100',
      '100',
      '100',
      '0',
      '0',
      '0',
    ]);
    expect(parse(text).querySelectorAll('svg[role=img][aria-label]')).toHaveLength(1 + 10);
    expect(text).toContain('Histogram; the red line is the mean');
    const sorted = await seat.get(`${formulas}${tried('total')}&values=-value`);
    expect([...valuesOn(sorted.text).values()]).toEqual(['100', '100', '100', '0', '0', '0']);
    const truth = await seat.get(formulas + tried('any(score > 50)'));
    expect([...valuesOn(truth.text).values()].toSorted()).toEqual(['No', 'No', 'No', 'Yes', 'Yes', 'Yes']);
    const nothing = await seat.get(formulas + tried('avg(interview.pupils) / 0'));
    expect(new Set(valuesOn(nothing.text).values())).toEqual(new Set(['–']));
    expect(await world.records.find(formulasAggregate, roundId)).toBeUndefined();
  });

  it.for([
    ['en', 'Character 1: nothing here is called “lesson”'],
    ['ru', 'Знак 1: имени «lesson» здесь нет'],
    ['kk', 'Таңба 1: мұнда «lesson» деген атау жоқ'],
  ] as const)('says in %s what is wrong and where, and gives back what was typed', async ([locale, said]) => {
    const { site, formulas } = await scoring();
    const seat = await site.signIn(secretary);
    const answer = await seat.get(formulas.replace('/en/', `/${locale}/`) + tried('lesson + 1'));
    const typed = await seat.get(formulas.replace('/en/', `/${locale}/`) + tried('1 + "<b>'));

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    expect(parse(answer.text).querySelector('#formula')?.getAttribute('value')).toBe('lesson + 1');
    expect(typed.status).toBe(422);
    expect(parse(typed.text).querySelector('#formula')?.getAttribute('value')).toBe('1 + "<b>');
    expect(typed.text).not.toContain('<b>');
  });

  it('shares one with the committee once, also when it is pressed twice, and takes it away with a trace', async () => {
    const { world, site, roundId, formulas } = await scored();
    const seat = await site.signIn(erlan);
    const there = await shared(seat, formulas);

    expect(await shared(seat, formulas, 'AVG( methods )*2')).toBe(there);
    const [first, second] = await Promise.all([
      shared(seat, formulas, 'total', 'Same'),
      shared(seat, formulas, 'total', 'Same'),
    ]);
    expect(first).toBe(second);
    const other = await site.signIn(dana);
    expect((await other.get(formulas)).text).toContain('avg(methods) * 2');
    expect((await other.post(`${there}/removal`)).status).toBe(403);
    expect((await other.get(there)).text).not.toContain('/removal');
    const desk = await site.signIn(secretary);
    expect((await desk.get(there)).text).toContain(`action="${there}/removal"`);
    // The second press changes nothing.
    for (const removal of [`${there}/removal`, `${there}/removal`]) {
      expect(await desk.post(removal)).toMatchObject({
        status: 303,
        location: `${formulas}?done=formula.done.removed`,
      });
    }
    const page = (await other.get(formulas)).text;
    expect(page).toContain('Removed formulas');
    const history = await world.records.history('formulas', roundId);
    expect(history.map(({ fact }) => fact.type)).toEqual([
      'formula-saved',
      'formula-saved',
      'formula-removed',
    ]);
    const timeline = (await desk.get(`/en/manage/rounds/${roundId}/history`)).text;
    expect(timeline).toContain('Formula over scores shared');
    expect(timeline).toContain('Formula over scores removed');
    expect((await desk.get(`/en/committee/rounds/${roundId}?formulas=shown`)).text).not.toContain('Twice');
  });

  it('is asked for a name in one language, and gives back what was typed', async () => {
    const { site, formulas } = await scored();
    const seat = await site.signIn(secretary);
    const without = await seat.post(formulas, { formula: 'total', 'name.en': ' ' });
    const long = await seat.post(formulas, { formula: 'total', 'name.ru': 'ж'.repeat(81) });
    const wrong = await seat.post(formulas, { formula: 'total +', 'name.en': 'x' });

    expect([without.status, long.status, wrong.status]).toEqual([422, 422, 422]);
    expect(without.text).toContain('Say in at least one language');
    expect(long.text).toContain('at most 80 characters');
    expect(long.text).toContain('ж'.repeat(81));
    expect(wrong.text).toContain('the formula ends where a value is missing');
  });

  it('is a column of the ranking that sorts, and of its files', async () => {
    const { site, roundId, applications, formulas } = await scored();
    const seat = await site.signIn(secretary);
    await shared(seat, formulas, 'avg(score) / 3', '=Third');
    const gate = `/en/committee/rounds/${roundId}`;
    const page = parse((await seat.get(`${gate}?formulas=shown`)).text);
    const heading = page.querySelectorAll('#ranking thead th').at(-1);
    const href = heading?.querySelector('a')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';

    expect(heading?.text).toContain('=Third');
    expect(href).toContain('formulas=shown');
    const sorted = parse((await seat.get(href.split('#')[0] ?? '')).text).querySelectorAll(
      '#ranking tbody tr',
    );
    expect(sorted.map((row) => row.childNodes.at(-1)?.text)).toEqual([
      ...Array.from({ length: 3 }, () => '33.3333'),
      ...Array.from({ length: 3 }, () => '0'),
    ]);
    const [head = '', ...lines] = (await seat.get(`${gate}/lists/ranking.csv`)).text.trim().split('\r\n');
    // A name is nothing that a spreadsheet runs.
    expect(head.endsWith(";'=Third")).toBe(true);
    expect(lines.map((line) => line.split(';').at(-1))).toEqual([
      '33,3333',
      '33,3333',
      '33,3333',
      '0',
      '0',
      '0',
    ]);
    expect(lines).toHaveLength(applications.length);
    expect((await seat.get(gate)).text).not.toContain('=Third');
    expect((await seat.get(`${gate}/lists/ranking.xlsx`)).status).toBe(200);
  });
});
