import { describe, expect, it } from 'vitest';
import { ReasonCode } from '#shared/domain/standing-reason.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { ownReasonText, reasonText } from '#shared/reason-texts.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const file = aRoundFile();
const texts = { 'the committee': reasonText, 'the applicant': ownReasonText };

describe.each(Object.entries(texts))('why an application stands where it does, as %s reads it', (_, text) => {
  it.each(locales)('is a text of its own for each reason, in %s', (locale) => {
    const t = translator(locale);

    const told = ReasonCode.options.map((code) => text(t, code, file));

    expect(new Set(told).size).toBe(ReasonCode.options.length);
    // A sentence, not the code that stands in records.
    for (const one of told) expect(one).toMatch(/\p{L} \p{L}/u);
  });

  it.each(locales)('names each document that is missing and each item that is not done, in %s', (locale) => {
    const t = translator(locale);
    const named = [
      ...file.documents.map(({ code, title }) => ({ reason: `missing-document:${code}`, title })),
      ...file.checklist.items.map(({ code, title }) => ({ reason: `outstanding:${code}`, title })),
    ];

    expect(named.length).toBeGreaterThan(2);
    for (const { reason, title } of named) {
      expect(text(t, reason, file)).toContain(title[locale]);
      expect(text(t, reason, file)).not.toContain(reason);
    }
  });

  it.each(locales)(
    'names the part that misses its minimum, the own points and the minimum, in %s',
    (locale) => {
      const t = translator(locale);
      const sampled = { source: 'A test', confidence: 'unverified', verifiedOn: '2022-09-01' } as const;
      const minimums = [
        { code: 'test', atLeast: 52.5, ...sampled },
        { code: 'interview', atLeast: 40, ...sampled },
      ];
      const asking = aFileWithMarks({ minimums });
      const own = { marks: { test: 51.25 }, interview: 33.5 };
      const title = asking.rubric.criteria.find(({ code }) => code === 'test')?.title[locale] ?? '';
      const [test, interview] = minimums.map(({ code }) => text(t, `below-part:${code}`, asking, own));

      for (const part of [title, t.number(51.25), t.number(52.5)]) expect(test).toContain(part);
      const percent = t('results.percent', { value: t.number(33.5) });
      for (const part of [t('committee.interview'), percent, '40']) expect(interview).toContain(part);
    },
  );

  it.each(locales)('is the rule itself where one was not met, in %s', (locale) => {
    const t = translator(locale);

    for (const { code } of file.eligibility) expect(text(t, code, file)).not.toContain(code);
  });
});
