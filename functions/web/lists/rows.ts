import { nameFor } from '#functions/commands/formulas.ts';
import type { RoundList } from '#functions/commands/lists.ts';
import type { CodedScore, ScoreTable } from '#functions/commands/score-table.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import type { LineGroup } from '#shared/domain/line-group.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { importedCriteria, type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { isWalled, openIn, type SeenStanding } from '#shared/domain/walls.ts';
import type { Cell } from '#shared/formula/evaluate.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { reasonText } from '#shared/reason-texts.ts';
import { inPercent, subjectName, textIn } from '../words.ts';

type Rows = (string | number)[][];

/** A list in the reader's language, its first row the heading. Numbers stay numbers, so that a spreadsheet can reckon with them. */
export const rowsOf = (t: Translator, found: RoundList): Rows => {
  const { file } = found.place;
  switch (found.name) {
    case 'applications':
      return applicationRows(t, found.screening);
    case 'scores':
      return scoreRows(t, found.table, file);
    case 'ranking':
      return rankingRows(t, found, file);
    default:
      return found satisfies never;
  }
};

const applicationRows = (
  t: Translator,
  { candidates }: Extract<RoundList, { name: 'applications' }>['screening'],
): Rows => [
  [
    t('screening.number'),
    t('screening.subjects'),
    t('lists.category'),
    t('lists.experience'),
    t('screening.state'),
  ],
  ...candidates.map(({ number, facts, verdict, withdrawn }) => [
    number,
    facts.subjects.map((subject) => subjectName(t, subject)).join(', '),
    facts.category === undefined ? '' : t(`application-form.category.${facts.category}`),
    facts.experienceYears ?? '',
    withdrawn ? t('committee.reason.withdrawn') : verdict ? t(`screening.verdict.${verdict}`) : '',
  ]),
];

/** What says of a score that it does not stand apart, each with the total from before. */
const markColumns = [
  { name: 'after', heads: ['scoring.after.row', 'scoring.after.total'] },
  { name: 'afterCards', heads: ['scoring.afterCards.row', 'scoring.afterCards.total'] },
] as const;

/** By what the cards of a part were given: raters' criteria, then those that are marked from outside. */
const criteriaOf = ({ part }: ScoreTable, { rubric, interviews }: RoundFile) =>
  part === 'scoring'
    ? { rated: ratedCriteria(rubric.criteria), imported: importedCriteria(rubric.criteria) }
    : { rated: interviews.criteria, imported: [] };

/** A row a score, and its station where interviews have several; where any does not stand apart from the discussion or from colleagues' cards, each says so, and what stood before. Marks from outside stand in each row of their application. */
const scoreRows = (t: Translator, table: ScoreTable, file: RoundFile): Rows => {
  const { applications } = table;
  const { rated, imported } = criteriaOf(table, file);
  const stations = new Map(
    table.stations.flatMap(({ code, title }) => (code && title ? [[code, title]] : [])),
  );
  const head = [...rated, ...imported].map(({ title }) => textIn(t, title));
  const shown = markColumns.filter(({ name }) =>
    applications.some(({ scores }) => scores.some((one) => one[name])),
  );
  const stationName = (code: string | undefined): string => {
    const title = code === undefined ? undefined : stations.get(code);
    return title ? textIn(t, title) : '';
  };
  const scoreRow = (
    number: string,
    { rater, station, points, total, ...marked }: CodedScore,
    marks: Points = {},
  ): Rows[number] => [
    number,
    rater,
    ...(stations.size > 0 ? [stationName(station)] : []),
    ...rated.map(({ code }) => points[code] ?? ''),
    ...imported.map(({ code }) => marks[code] ?? ''),
    total,
    ...shown.flatMap(({ name }) => {
      const mark = marked[name];
      return [t(mark ? 'common.yes' : 'common.no'), mark ? (mark.before ?? '') : total];
    }),
  ];
  return [
    [
      t('screening.number'),
      t('scoring.rater'),
      ...(stations.size > 0 ? [t('charts.station')] : []),
      ...head,
      t('scoring.total'),
      ...shown.flatMap(({ heads }) => heads.map((key) => t(key))),
    ],
    ...applications.flatMap(({ number, scores, marks }) => scores.map((one) => scoreRow(number, one, marks))),
  ];
};

/** What raters came to both ways, where the round file asks for adjusting. */
const ratedHeads = ['raw', 'adjusted', 'error'] as const;

/** Whether chance may have put a ranked application on either side of the line; `marks.unknown` where nobody can say. */
const nearText = (t: Translator, line: LineGroup, { applicationId, rank }: Standing): string => {
  if (rank === undefined) return '';
  if (line.unknown) return t('marks.unknown');
  return t(line.near.includes(applicationId) ? 'common.yes' : 'common.no');
};

/** Formulas of the committee come last, each under its name. */
const rankingRows = (
  t: Translator,
  { list, formulas }: Extract<RoundList, { name: 'ranking' }>,
  file: RoundFile,
): Rows => {
  const heads = openIn(list).some(({ rated }) => rated) ? ratedHeads : [];
  const { line } = list;
  const rankingRow = (one: Standing): Rows[number] => [
    one.rank ?? '',
    one.number,
    ...heads.map((name) => one.rated?.[name] ?? ''),
    one.scoring ?? '',
    one.interview ?? '',
    one.total ?? '',
    t(`committee.outcome.${one.outcome}`),
    ...(line ? [nearText(t, line, one)] : []),
    one.reasons.map((code) => reasonText(t, code, file, one)).join('; '),
    one.vacancy ?? '',
    ...formulas.map(({ values }) => cellValue(t, values.get(one.number))),
  ];
  const seenRow = (row: SeenStanding): Rows[number] =>
    isWalled(row) ? ['', t(`committee.walled.${row.walled}`)] : rankingRow(row);
  return [
    [
      t('committee.rank'),
      t('screening.number'),
      ...heads.map((name) => t(`severity.${name}`)),
      inPercent(t('committee.scoring')),
      inPercent(t('committee.interview')),
      inPercent(t('committee.total')),
      t('committee.outcome'),
      ...(line ? [t('near-line.mark')] : []),
      t('committee.reasons'),
      t('committee.vacancy'),
      ...formulas.map(({ formula }) => nameFor(t.locale, formula)),
    ],
    ...list.standings.map(seenRow),
  ];
};

/** Nothing for no value, which is not 0. */
const cellValue = (t: Translator, value: Cell): string | number => {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return value === undefined ? '' : rounded(value);
};
