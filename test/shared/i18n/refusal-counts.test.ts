import { describe, expect, it } from 'vitest';
import { type MessageKey, translator } from '#shared/i18n/index.ts';

/** Refusals of committees' pages that count something: what they say of one, of two and of five. */
const said: readonly [MessageKey, string, readonly string[], readonly string[]][] = [
  [
    'elsewhere.fault.largePacket',
    'people',
    ['1 человек', '2 человека', '5 человек'],
    ['1 person', '2 people'],
  ],
  [
    'elsewhere.fault.largePacket',
    'limit',
    ['1 человека', '2 человек', '5 человек'],
    ['1 person', '2 people'],
  ],
  ['panel.fault.few', 'minimum', ['1 члена', '2 членов', '5 членов'], ['1 member', '2 members']],
  ['station.fault.few', 'minimum', ['1 члена', '2 членов', '5 членов'], ['1 member', '2 members']],
  ['scoring.fault.few-words', 'minimum', ['1 слова', '2 слов', '5 слов'], ['1 word;', '2 words']],
  ['scoring.fault.many-words', 'maximum', ['1 слова', '2 слов', '5 слов'], ['1 word;', '2 words']],
  ['assignment.overloaded', 'kept', ['1 оценка', '2 оценки', '5 оценок'], ['1 rating;', '2 ratings']],
  ['assignment.minimum-reach', 'minimum', ['1 оценки', '2 оценок', '5 оценок'], ['1 rating;', '2 ratings']],
  [
    'assignment.bottleneck',
    'needed',
    ['нужна ещё 1 ', 'нужны ещё 2 ', 'нужно ещё 5 '],
    ['1 rating ', '2 ratings'],
  ],
];

describe('a refusal that counts', () => {
  it.for(said)('%s declines what it counts by %s', ([key, fact, ru, en]) => {
    for (const [locale, forms] of [
      ['ru', ru],
      ['en', en],
    ] as const) {
      const others = {
        people: 3,
        limit: 3,
        minimum: 3,
        maximum: 3,
        count: 3,
        kept: 3,
        possible: 3,
        applications: 3,
        needed: 3,
        missing: 3,
        raters: 3,
        room: 3,
        rater: 'R',
        subjects: '–',
        languages: '–',
        names: '–',
      };
      const texts = [1, 2, 5].map((count) => translator(locale)(key, { ...others, [fact]: count }));
      for (const [place, form] of forms.entries()) expect(texts[place]).toContain(form);
    }
  });
});
