import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { sourceIn } from '#shared/domain/provenance.ts';
import { regionName } from '#shared/domain/region.ts';
import { endsOf, meanPoints } from '#shared/domain/rubric.ts';
import { interviewTotal } from '#shared/domain/station.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { apartNotes } from './evaluation-sheet-apart.ts';
import type {
  AskedCriterion,
  EvaluationSheet,
  EvaluationSheets,
  SheetCard,
  SheetPart,
} from './evaluation-sheets.ts';
import type { Paper, PaperBlock, PaperColumn, PaperFact, PaperSection } from './paper.ts';
import { type PaperTranslator, withPaperTexts } from './words.ts';

/** Evaluation sheets as papers in the language of the translator, one for each application. Equal data give equal papers. */
export const evaluationSheetPapers = (data: EvaluationSheets, translator: Translator): Paper[] => {
  const t = withPaperTexts(translator);
  const sha256 = sha256Of(canonicalJson(data));
  return data.sheets.map((sheet) => ({
    ...frameOf(data, t),
    subject: sheet.number,
    running: t('papers.sheets.running', {
      number: sheet.number,
      intake: data.intake,
      title: data.title[t.locale],
    }),
    facts: factsOf(sheet, data, t),
    sections: [
      partSection(t('papers.sheets.scoring'), sheet.scoring, data.scoring.criteria, t),
      ...(sheet.interview ? interviewSections(sheet.interview, data.interview, t) : []),
      scalesSection(data, sheet, t),
    ],
    signatures: signaturesOf(sheet, data, t),
    digest: { label: t('papers.digest'), sha256 },
  }));
};

/** Who judged this application, where they stand by name, and who runs the committee. */
const signaturesOf = (
  { scoring, interview }: EvaluationSheet,
  { named, signatures }: EvaluationSheets,
  t: PaperTranslator,
): Paper['signatures'] => {
  const cards = [...scoring.cards, ...(interview?.cards ?? [])];
  const judges = named ? [...new Set(cards.map(({ rater }) => rater))] : [];
  return {
    heading: t('papers.signatures'),
    hint: t('papers.signature'),
    lines: [
      ...judges.map((name) => ({ role: t('papers.sheets.judge'), name })),
      ...signatures.map(({ seat, name }) => ({
        role: t(`papers.seat.${seat}`),
        name: name ?? t('papers.nameNotGiven'),
      })),
    ],
  };
};

/** What stands on every sheet of a round. */
const frameOf = (data: EvaluationSheets, t: PaperTranslator) => {
  const region = regionName(data.region)[t.locale];
  return {
    locale: t.locale,
    issuer: t('papers.issuer', { region }),
    title: t('papers.sheets.title'),
    file: t('papers.sheets.file', { intake: data.intake, title: data.title[t.locale] }),
    date: t.day(data.madeAt, data.zone),
    place: region,
    remarks: [data.scoring, data.interview].some(({ confidence }) => confidence === 'unverified')
      ? [t('papers.sheets.sample', { source: sourceIn(t.locale, data.scoring.source) })]
      : [],
    pageOf: t('papers.pageOf', { page: '{page}', pages: '{pages}' }),
    madeAt: data.madeAt,
  };
};

const factsOf = (
  { scoring, interview, total }: EvaluationSheet,
  data: EvaluationSheets,
  t: PaperTranslator,
): PaperFact[] => [
  {
    name: t('papers.minutes.round'),
    value: t('papers.minutes.subject', { intake: data.intake, title: data.title[t.locale] }),
  },
  { name: t('papers.minutes.roundFile'), value: data.roundFile },
  { name: t('papers.sheets.scoringTotal'), value: totalText(scoring, t) },
  ...ratedFacts(scoring, t),
  ...(interview
    ? [
        {
          name: t('papers.sheets.interviewTotal', { weight: data.interview.weight }),
          value: totalText(interview, t),
        },
      ]
    : []),
  ...(total === undefined
    ? []
    : [
        {
          name: t('papers.sheets.total'),
          value: t('results.percent', { value: t.number(total) }),
          strong: true,
        },
      ]),
];

/** Both means, whichever counts. */
const ratedFacts = ({ rated }: SheetPart, t: PaperTranslator): PaperFact[] =>
  rated
    ? [
        { name: t('severity.raw'), value: t('results.percent', { value: t.number(rated.raw) }) },
        {
          name: t('severity.adjusted'),
          value: `${t('results.percent', { value: t.number(rated.adjusted) })} ± ${t.number(rated.error)}`,
        },
        { name: t('severity.counts'), value: t(`severity.counts.${rated.counts}`) },
      ]
    : [];

const totalText = ({ total, corrected, marksMissing }: SheetPart, t: PaperTranslator): string => {
  if (total === undefined) return t(marksMissing ? 'papers.sheets.marksMissing' : 'papers.none');
  const percent = t('results.percent', { value: t.number(total) });
  return corrected ? t('papers.sheets.corrected', { percent }) : percent;
};

/** One for each station, with what its cards come to; the total of all of them stands above. */
const interviewSections = (
  part: SheetPart,
  { criteria, stations }: EvaluationSheets['interview'],
  t: PaperTranslator,
): PaperSection[] => {
  const heading = t('papers.sheets.interview');
  if (!stations) return [partSection(heading, part, criteria, t)];
  return stations.map(({ code, title, criteria: own }) => {
    const asked = criteria.filter((one) => own.includes(one.code));
    const cards = part.cards.filter(({ station }) => station === code);
    const counted = cards.filter(({ counts }) => counts !== false);
    const total =
      counted.length > 0 && interviewTotal(counted, { criteria: asked, stations: [{ code, criteria: own }] });
    return partSection(
      t('papers.sheets.station', { interview: heading, title: title[t.locale] }),
      { cards, ...(total !== false && { total }) },
      asked,
      t,
    );
  });
};

/** Points by criterion and rater, what each card comes to, and what was said. */
const partSection = (
  heading: string,
  part: SheetPart,
  criteria: readonly AskedCriterion[],
  t: PaperTranslator,
): PaperSection => {
  if (part.cards.length === 0)
    return { heading, blocks: [{ kind: 'text', text: t('papers.sheets.noCards') }] };
  const counted = part.cards.filter(({ counts }) => counts !== false);
  const means = meanPoints(criteria, [...counted, { points: part.marks ?? {} }]);
  const mean = (code: string): string => {
    const found = means.get(code);
    return found === undefined ? t('papers.none') : t.number(hundredth(found));
  };
  const isMissing = (code: string): boolean => part.cards.some(({ points }) => points[code] === undefined);
  const hasGaps = criteria.some(({ code, markedBy }) => markedBy === undefined && isMissing(code));
  const said = part.cards.filter(({ comment }) => comment);
  return {
    heading,
    blocks: [
      {
        kind: 'table',
        columns: columnsOf(part.cards, t),
        rows: [
          ...criteria.map((criterion) => [
            nameOf(criterion, t),
            criterion.independent ? t('papers.none') : t.number(criterion.weight),
            ...part.cards.map(({ points }) => cellOf(points[criterion.code], t)),
            mean(criterion.code),
          ]),
          [
            t('papers.sheets.percent'),
            t.number(criteria.reduce((sum, { weight }) => sum + weight, 0)),
            ...part.cards.map(({ total }) => t.number(hundredth(total))),
            part.total === undefined ? t('papers.none') : t.number(hundredth(part.total)),
          ],
        ],
        totals: true,
      },
      ...notesOf(part, { hasGaps }, t),
      ...(said.length > 0 ? commentsBlocks(said, t) : []),
    ],
  };
};

const columnsOf = (cards: readonly SheetCard[], t: PaperTranslator): PaperColumn[] => [
  { title: t('papers.sheets.criterion'), width: 'rest', align: 'start' },
  { title: t('papers.sheets.weight'), width: 'fit', align: 'end' },
  // Names are broken into lines where there are many of them.
  ...cards.map(({ rater }) => ({
    title: rater.replaceAll(' ', '\n'),
    width: 'fit' as const,
    align: 'end' as const,
  })),
  { title: t('papers.sheets.mean'), width: 'fit', align: 'end' },
];

const nameOf = ({ title, independent, markedBy }: AskedCriterion, t: PaperTranslator): string => {
  const name = title[t.locale];
  if (markedBy) return t('papers.sheets.marked', { name });
  return independent ? t('papers.sheets.independent', { name }) : name;
};

const cellOf = (points: number | undefined, t: PaperTranslator): string =>
  points === undefined ? t('papers.none') : t.number(points);

/** Percent with four decimals are exact; on paper two are enough to compare. */
const hundredth = (value: number): number => Math.round(value * 100) / 100;

const notesOf = (part: SheetPart, { hasGaps }: { hasGaps: boolean }, t: PaperTranslator): PaperBlock[] => {
  const little = part.cards.filter(({ counts }) => counts === false).map(({ rater }) => rater);
  return [
    ...apartNotes(part, t),
    ...(hasGaps ? [{ kind: 'text' as const, text: t('papers.sheets.gaps') }] : []),
    ...(little.length > 0
      ? [{ kind: 'text' as const, text: t('papers.sheets.tooLittle', { raters: little.join(', ') }) }]
      : []),
  ];
};

const commentsBlocks = (said: readonly SheetCard[], t: PaperTranslator): PaperBlock[] => [
  { kind: 'heading', text: t('papers.sheets.comments') },
  { kind: 'facts', facts: said.map(({ rater, comment }) => ({ name: rater, value: comment ?? '' })) },
];

/** What the points mean, for who holds the paper and not the round file. */
const scalesSection = (
  { scoring, interview }: EvaluationSheets,
  sheet: EvaluationSheet,
  t: PaperTranslator,
): PaperSection => ({
  heading: t('papers.sheets.scales'),
  blocks: [
    {
      kind: 'facts',
      facts: [...scoring.criteria, ...(sheet.interview ? interview.criteria : [])].map((criterion) => ({
        name: criterion.title[t.locale],
        value: scaleText(criterion, t),
      })),
    },
  ],
});

/** Each step with its label; of a mark from outside its ends, between which any number may lie. */
const scaleText = (criterion: AskedCriterion, t: PaperTranslator): string => {
  if (criterion.markedBy) {
    const { least, most } = endsOf(criterion);
    return t('papers.sheets.ends', { least: t.number(least), most: t.number(most) });
  }
  return criterion.scale
    .toSorted((a, b) => a.points - b.points)
    .map(({ points, label }) => t('call.rules.point', { points, label: label[t.locale] }))
    .join('; ');
};
