import { describe, expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { someMinutes } from '#test/builders/minutes.ts';

const checks = [
  { check: 'connected', passed: true, found: 1, bound: 1 },
  { check: 'ratings', passed: true, found: 0, bound: 0 },
  { check: 'reliability', passed: false, found: 0.4123, bound: 0.5 },
  { check: 'residuals', passed: true, found: 0.002, bound: 0.01 },
] as const;

const adjusted = (): Minutes => {
  const minutes = someMinutes();
  const scoring = minutes.gates[1];
  if (!scoring) throw new Error('There is a gate of scoring.');
  return Minutes.parse({
    ...minutes,
    gates: minutes.gates.with(1, { ...scoring, adjustment: { counts: 'raw', checks: [...checks] } }),
    applications: minutes.applications.map((one, place) =>
      place === 0
        ? Object.assign(structuredClone(one), { rated: { raw: 71.5, adjusted: 73.25, error: 2.5 } })
        : one,
    ),
  });
};

const blocksOf = (minutes: Minutes, locale: 'kk' | 'ru' | 'en') =>
  minutesPaper(minutes, translator(locale)).sections.flatMap(({ blocks }) => blocks);

describe('the minutes of a round that adjusts scores', () => {
  it.for(['kk', 'ru', 'en'] as const)(
    'say in %s which scores counted and what each check found',
    (locale) => {
      const t = translator(locale);
      const facts = blocksOf(adjusted(), locale).flatMap((block) =>
        block.kind === 'facts' ? block.facts : [],
      );
      const said = (name: string) => facts.find((fact) => fact.name === name)?.value;

      expect(said(t('severity.counts'))).toContain(t('severity.text.raw'));
      const lines = said(t('severity.checks'))?.split('\n') ?? [];
      expect(lines).toHaveLength(4);
      expect(lines[2]).toBe(
        `${t('severity.check.reliability')}: ${t.number(0.4123)} (${t('severity.least', { bound: t.number(0.5) })}) – ${t('severity.failed')}`,
      );
    },
  );

  it('list both means beside the points, and nothing of them in a round that does not', () => {
    const headsIn = (minutes: Minutes) =>
      blocksOf(minutes, 'en').flatMap((block) =>
        block.kind === 'table' ? block.columns.map(({ title }) => title) : [],
      );
    const cells = blocksOf(adjusted(), 'en').flatMap((block) =>
      block.kind === 'table' ? block.rows.flat() : [],
    );

    expect(headsIn(adjusted())).toEqual(expect.arrayContaining(['Raters, as given', 'Adjusted ± error']));
    expect(cells).toEqual(expect.arrayContaining(['71.5', '73.25 ± 2.5']));
    expect(headsIn(someMinutes())).not.toContain('Adjusted ± error');
  });
});
