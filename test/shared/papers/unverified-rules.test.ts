import { expect, it } from 'vitest';
import { RoundFile } from '#shared/domain/round-file.ts';
import { translator } from '#shared/i18n/index.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { unverifiedRules } from '#shared/papers/unverified-rules.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

/** The same, with every rule a sample whose source is the place where it stands. */
const asSamples = (value: unknown, place: string, places: string[]): unknown => {
  if (Array.isArray(value)) return value.map((one, index) => asSamples(one, `${place}/${index}`, places));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, of]) => [
    name,
    asSamples(of, `${place}/${name}`, places),
  ]);
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  if (!('confidence' in copy)) return copy;
  places.push(place);
  return { ...copy, confidence: 'unverified', source: place };
};

it('names every rule of a round file that is a sample, wherever it stands', () => {
  const { source, confidence, verifiedOn } = aRoundFile().answer;
  const of = { source, confidence, verifiedOn };
  const title = { kk: 'Диплом', ru: 'Диплом', en: 'A diploma' };
  const file = aRoundFile();
  const places: string[] = [];
  const samples = asSamples(
    {
      ...file,
      answer: {
        ...file.answer,
        conditions: [{ code: 'diploma', title, workingDays: 5, ...of }],
        deferral: { until: '2023-01-09', ...of },
      },
      committee: {
        ...file.committee,
        recusal: { leaves: 'list', quorum: { of: 'committee' }, substitutes: 'when-short', ...of },
        absentChair: { replacedBy: 'elected', ...of },
      },
      marksFile: { rowHash: 'required', ...of },
    },
    '',
    places,
  );
  const named = unverifiedRules(RoundFile.parse(samples));

  expect(new Set(named.map((one) => one.source))).toEqual(new Set(places));
  expect(named).toHaveLength(places.length);
  expect(named).toContainEqual({
    rule: { kk: 'Ұсыным берушілер', ru: 'Рекомендации', en: 'References' },
    source: '/references',
  });
});

const ruled = (title: string, source: string) => ({ rule: { kk: title, ru: title, en: title }, source });

it('stand in the minutes by their source, which is named once', () => {
  const unverified = [
    ruled('Quorum', 'Order 57'),
    ruled('Load', 'A sample'),
    ruled('Sheet', 'Order 57'),
    ruled('Load', 'A sample'),
  ];

  const { sections } = minutesPaper(someMinutes({ unverified }), translator('en'));

  expect(sections.find(({ heading }) => heading.endsWith('unverified samples'))?.blocks).toEqual([
    { kind: 'list', items: ['Quorum; Sheet. Source: Order 57', 'Load. Source: A sample'] },
  ]);
});
