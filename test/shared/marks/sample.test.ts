import { describe, expect, it } from 'vitest';
import { RoundId } from '#shared/domain/ids.ts';
import { MarkList, markListText } from '#shared/domain/marks.ts';
import { sampleFaults, sampleOf } from '#shared/marks/sample.ts';
import { numbers } from './marks-scene.ts';

const roundId = RoundId.parse('R0VND000000000000000');

const listOf = (marks: Readonly<Record<string, readonly number[]>>): MarkList => {
  const rows = Object.entries(marks).flatMap(([criterion, own]) =>
    numbers(own.length).map((number, place) => ({ criterion, number, mark: own[place] })),
  );
  return MarkList.parse(JSON.parse(markListText(roundId, rows).text));
};

const different = (count: number): number[] => Array.from({ length: count }, (_, place) => place / 100);

const codesOf = (list: MarkList): string[] => sampleOf(list, 'one').map(({ criterion }) => criterion);

describe('the marks that a second person types', () => {
  it('are one of each third, so that a third that moved always shows, and a half that moved too', () => {
    const marks = different(60);
    const right = new Map(numbers(60).map((number, place) => [number, String(marks[place])]));
    for (const from of [0, 30, 40]) {
      const moved = [...marks.slice(0, from), ...marks.slice(-1), ...marks.slice(from, -1)];
      const list = listOf({ test: moved });
      for (let seed = 0; seed < 300; seed += 1) {
        const sample = sampleOf(list, `secret ${seed}`);
        const typed = sample.map(({ number }) => right.get(number) ?? '');
        expect(sampleFaults(sample, typed).length).toBeGreaterThanOrEqual(from === 0 ? 3 : 1);
      }
    }
  });

  it('are any mark of its third, by chance alone', () => {
    const list = listOf({ test: different(30) });
    const drawn = Array.from({ length: 400 }, (_, seed) => sampleOf(list, `secret ${seed}`));
    const places = drawn.map((sample) => sample.map(({ mark }) => Math.round((mark ?? 0) * 100)));

    expect(new Set(places.flat()).size).toBe(30);
    for (const [place, from] of [0, 10, 20].entries()) {
      expect(places.every((one) => Math.floor((one[place] ?? -1) / 10) * 10 === from)).toBe(true);
    }
    expect(sampleOf(list, 'secret 1')).toEqual(drawn[1]);
  });

  it('are of each criterion that the file has, at most nine, and of a short list what there is', () => {
    expect(codesOf(listOf({ test: different(9), essay: different(9) }))).toEqual([
      'essay',
      'essay',
      'essay',
      'test',
      'test',
      'test',
    ]);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, code) => [`c${code}`, different(5)]));
    expect(codesOf(listOf(many))).toHaveLength(9);
    expect(codesOf(listOf({ test: different(1) }))).toEqual(['test']);
    expect(codesOf(listOf({ test: different(2) }))).toEqual(['test', 'test']);
  });
});
