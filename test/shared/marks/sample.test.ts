import { describe, expect, it } from 'vitest';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { MarkList, markListText } from '#shared/domain/marks.ts';
import { FileOrder, fileOrderText } from '#shared/marks/file-order.ts';
import { type SampledMark, sampleFaults, sampleOf } from '#shared/marks/sample.ts';
import { numbers, roundId } from './marks-scene.ts';

const listOf = (marks: Readonly<Record<string, readonly number[]>>): MarkList => {
  const rows = Object.entries(marks).flatMap(([criterion, own]) =>
    numbers(own.length).map((number, place) => ({ criterion, number, mark: own[place] })),
  );
  return MarkList.parse(JSON.parse(markListText(roundId, rows).text));
};

const different = (count: number): number[] => Array.from({ length: count }, (_, place) => place / 100);

const rowsOf = (sample: readonly SampledMark[]): number[] =>
  sample.map(({ mark }) => Math.round((mark ?? 0) * 100));

const codesOf = (list: MarkList): string[] => sampleOf(list, 'one').map(({ criterion }) => criterion);

const drawn = (list: MarkList, times: number): number[][] =>
  Array.from({ length: times }, (_, seed) => rowsOf(sampleOf(list, `secret ${seed}`)));

describe('the marks that a second person types', () => {
  it('hold the first row, the last and the one before it, and five that chance alone chooses', () => {
    const samples = drawn(listOf({ test: different(40) }), 400);

    expect(samples.every((rows) => rows.length === 8 && new Set(rows).size === 8)).toBe(true);
    expect(samples.every((rows) => [0, 38, 39].every((row) => rows.includes(row)))).toBe(true);
    expect(new Set(samples.flat()).size).toBe(40);
    expect(samples[1]).toEqual(drawn(listOf({ test: different(40) }), 2)[1]);
    expect(samples[1]).toEqual(samples[1]?.toSorted((a, b) => a - b));
  });

  it('leave no stretch of a fifth of the rows without one of them', () => {
    for (const rows of drawn(listOf({ test: different(103) }), 200)) {
      const gaps = rows.slice(1).map((row, place) => row - (rows[place] ?? 0) - 1);
      expect(Math.max(...gaps)).toBeLessThan(21);
    }
  });

  it('hold the last row that differs from those beside it, where the end of a list is all alike', () => {
    const marks = [...different(20), 0.5, 0.5, 0.5, 0.7, 0.5, 0.5, 0.5, 0.5];

    for (const rows of drawn(listOf({ test: marks }), 20)) expect(rows).toContain(70);
  });

  it('are of each criterion at least its last row and one by chance, and of a short list what there is', () => {
    const both = codesOf(listOf({ test: different(9), essay: different(9) }));
    expect(
      Object.fromEntries([...Map.groupBy(both, (code) => code)].map(([code, all]) => [code, all.length])),
    ).toEqual({ essay: 6, test: 6 });
    const many = listOf(
      Object.fromEntries(Array.from({ length: 15 }, (_, code) => [`c${code}`, different(5)])),
    );
    expect(codesOf(many)).toHaveLength(30);
    expect(rowsOf(sampleOf(many, 'one')).filter((row) => row === 4)).toHaveLength(15);
    for (const few of [1, 2, 3, 7, 8]) {
      expect(rowsOf(sampleOf(listOf({ test: different(few) }), 'one'))).toEqual(
        Array.from({ length: few }, (_, row) => row),
      );
    }
    expect(sampleOf(listOf({ test: [5, 5, 5] }), 'one')).toHaveLength(3);
  });

  it('are looked for in the rows as the file had them, where those stood by something else than their numbers', () => {
    const marks = different(60);
    const rows = numbers(60).map((number, place) => ({ criterion: 'test', number, mark: marks[place] }));
    const inFile = rows.toSorted((a, b) => (((a.mark ?? 0) * 7919) % 1) - (((b.mark ?? 0) * 7919) % 1));
    const list = MarkList.parse(JSON.parse(markListText(roundId, inFile).text));
    const kept = fileOrderText(roundId, inFile);
    const order = FileOrder.parse(JSON.parse(kept?.text ?? ''));
    const sampled = sampleOf(list, 'one', order).map(({ number }) => number);
    const places = sampled.map((number) => inFile.findIndex((row) => row.number === number));

    expect(list).toEqual(MarkList.parse(JSON.parse(markListText(roundId, rows).text)));
    expect([places[0], places.at(-1)]).toEqual([0, 59]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(fileOrderText(roundId, rows)).toBeUndefined();
    expect(sampleOf(list, 'one').map(({ number }) => number)).not.toEqual(sampled);
  });

  it('are found wrong each in its place, whatever a person typed', () => {
    const sample: SampledMark[] = [61.5, null, 7].map((mark, row) => ({
      criterion: 'test',
      number: numbers(3)[row] as ApplicationNumber,
      mark,
    }));

    expect(sampleFaults(sample, [' 61,50', 'absent', '7'])).toEqual([]);
    expect(sampleFaults(sample, ['61.6', '0']).map(({ place, message }) => `${place} ${message}`)).toEqual([
      'sample.0 marks.fault.sample',
      'sample.1 marks.fault.sample',
      'sample.2 marks.fault.mark',
    ]);
  });
});
