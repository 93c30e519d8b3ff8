import { describe, expect, it } from 'vitest';
import { interviewTotal } from '#shared/domain/station.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { evaluationSheetPapers } from '#shared/papers/evaluation-sheet-paper.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aSheet, someSheets } from '#test/builders/evaluation-sheets.ts';
import { withStations } from '#test/builders/round-file.ts';

const { interviews } = withStations();
const { stations = [], criteria } = interviews;

/** R1 sat at both stations; R3's card of the lesson judges too little to count. */
const cards = [
  { rater: 'R1', station: 'lesson', points: { 'subject-teaching': 4, 'sample-lesson': 4 }, total: 100 },
  { rater: 'R2', station: 'lesson', points: { 'subject-teaching': 4, 'sample-lesson': 2 }, total: 75 },
  { rater: 'R3', station: 'lesson', points: { 'subject-teaching': 0 }, total: 0, counts: false as const },
  { rater: 'R1', station: 'conversation', points: { pupils: 2, 'rural-plans': 2 }, total: 50 },
];
const counted = cards.filter(({ counts }) => counts !== false);
const total = interviewTotal(counted, interviews);

const paperIn = (locale: (typeof locales)[number], shown = cards) => {
  const data = someSheets({
    sheets: [aSheet('KZ19-7Q4M-0C2X', { interview: { cards: shown, total } })],
    interview: { ...someSheets().interview, criteria, weight: interviews.weight, stations },
  });
  const [paper] = evaluationSheetPapers(data, translator(locale));
  if (!paper) throw new Error('No paper was drawn.');
  const sections = paper.sections.slice(1, -1).map(({ heading, blocks }) => {
    const table = blocks.find(({ kind }) => kind === 'table');
    return { heading, blocks, table: table?.kind === 'table' ? table : undefined };
  });
  return { paper, sections };
};

describe.for(locales)('an evaluation sheet of an interview with stations in %s', (locale) => {
  const t = withPaperTexts(translator(locale));

  it('has each station with its own criteria, the cards given there and what they come to', () => {
    const { sections } = paperIn(locale);

    expect(sections.map(({ heading }) => heading)).toEqual(
      stations.map(({ title }) =>
        t('papers.sheets.station', { interview: t('papers.sheets.interview'), title: title[locale] }),
      ),
    );
    for (const [place, station] of stations.entries()) {
      const own = criteria.filter(({ code }) => station.criteria.includes(code));
      const raters = cards.filter((card) => card.station === station.code).map(({ rater }) => rater);
      const { table } = sections[place] ?? {};
      expect(table?.columns.slice(2, -1).map(({ title }) => title)).toEqual(raters);
      expect(table?.rows.slice(0, -1).map(([name]) => name)).toEqual(own.map(({ title }) => title[locale]));
    }
  });

  it('leaves out of what a station comes to the card that judges too little, and says so', () => {
    const [lesson, conversation] = paperIn(locale).sections;

    expect(lesson?.table?.rows.at(-1)).toEqual([
      t('papers.sheets.percent'),
      expect.any(String),
      ...[100, 75, 0].map((percent) => t.number(percent)),
      t.number(87.5),
    ]);
    expect(conversation?.table?.rows.at(-1)?.at(-1)).toBe(t.number(50));
    expect(lesson?.blocks).toContainEqual({
      kind: 'text',
      text: t('papers.sheets.tooLittle', { raters: 'R3' }),
    });
  });

  it('says of a card that does not stand apart what its rater came to before', () => {
    const before = { after: { before: 50 }, afterCards: { before: 62.5 } };
    const { sections } = paperIn(
      locale,
      cards.map((card) => (card.rater === 'R3' ? { ...card, ...before } : card)),
    );
    const texts = sections.flatMap(({ blocks }) => blocks);

    expect(texts).toContainEqual({
      kind: 'text',
      text: t('papers.sheets.after', { raters: `R3 (${t.number(50)})` }),
    });
    expect(texts).toContainEqual({
      kind: 'text',
      text: t('papers.sheets.afterCards', { raters: `R3 (${t.number(62.5)})` }),
    });
  });

  it('says of a station without cards that there are none, and above what all come to', () => {
    const { paper, sections } = paperIn(
      locale,
      cards.filter(({ station }) => station === 'lesson'),
    );

    expect(sections[1]?.blocks).toEqual([{ kind: 'text', text: t('papers.sheets.noCards') }]);
    expect(paper.facts).toContainEqual({
      name: t('papers.sheets.interviewTotal', { weight: interviews.weight }),
      value: t('results.percent', { value: t.number(total) }),
    });
  });
});
