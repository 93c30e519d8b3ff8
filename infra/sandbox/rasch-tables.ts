import { tableOf } from '#infra/sandbox/table.ts';
import { type Beside, besideOf } from '#shared/analysis/rasch/beside.ts';
import { misfitBand } from '#shared/analysis/rasch/misfit.ts';
import type { Rasch } from '#shared/analysis/rasch/rasch.ts';
import type { Report } from '#shared/analysis/report.ts';
import { type Locale, translator } from '#shared/i18n/index.ts';

/** What `--json --rasch` adds. */
export const raschJson = (rasch: Rasch, { raters }: Report) => {
  const { rankCorrelation, turned } = besideOf(rasch, raters);
  return { ...rasch, beside: { rankCorrelation, turned } };
};

/** What `--rasch` prints below the rest: severities of both models beside each other, and where they disagree. */
export const raschPage = (rasch: Rasch, { raters }: Report, locale: Locale): string => {
  const say = translator(locale);
  const beside = besideOf(rasch, raters);
  const notes = [
    ...(rasch.connected ? [] : [say('ratings.rasch.not-linked', { groups: rasch.groups })]),
    ...(rasch.converged ? [] : [say('ratings.rasch.not-converged')]),
  ];
  return [
    '',
    'Many-facet Rasch, another model of the same scores: in logits, above 0 severe (in points below 0). Places are from the most severe on.',
    ...notes,
    '',
    ratersOf(rasch, raters, beside),
    ...(rasch.criteria.length > 0 ? ['', criteriaOf(rasch)] : []),
    '',
    stepsOf(rasch),
    '',
    ...agreementOf(rasch, beside),
  ].join('\n');
};

const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(4));

type Fitted = Pick<Rasch['raters'][number], 'infit' | 'outfit' | 'extreme'>;

const fitColumns = [
  { title: 'infit', of: ({ infit }: Fitted) => shown(infit), right: true },
  { title: 'outfit', of: ({ outfit }: Fitted) => shown(outfit), right: true },
  { title: '', of: (one: Fitted) => fitWord(one) },
] as const;

const ratersOf = ({ raters, groups }: Rasch, linear: Report['raters'], { places }: Beside): string => {
  const points = new Map(linear.map(({ id, severity }) => [id, severity]));
  return tableOf(raters, [
    { title: 'rater', of: ({ id }) => id },
    { title: 'points', of: ({ id }) => shown(points.get(id) ?? null), right: true },
    { title: 'place', of: ({ id }) => places.get(id)?.linear ?? '–', right: true },
    { title: 'logits', of: ({ severity }) => shown(severity), right: true },
    { title: 'error', of: ({ se }) => shown(se), right: true },
    { title: 'place', of: ({ id }) => places.get(id)?.rasch ?? '–', right: true },
    ...(groups > 1
      ? [{ title: 'group', of: ({ group }: Rasch['raters'][number]) => group ?? '–', right: true } as const]
      : []),
    ...fitColumns,
  ]);
};

const criteriaOf = ({ criteria }: Rasch): string =>
  tableOf(criteria, [
    { title: 'criterion', of: ({ id }) => id },
    { title: 'difficulty', of: ({ difficulty }) => shown(difficulty), right: true },
    { title: 'error', of: ({ se }) => shown(se), right: true },
    ...fitColumns,
  ]);

const stepsOf = ({ steps }: Rasch): string =>
  tableOf(steps, [
    { title: 'step to', of: ({ score }) => score, right: true },
    { title: 'logits', of: ({ step }) => shown(step), right: true },
    { title: 'error', of: ({ se }) => shown(se), right: true },
    { title: 'scores', of: ({ marks }) => marks, right: true },
  ]);

const fitWord = ({ infit, outfit, extreme }: Fitted): string => {
  if (extreme) return `only the ${extreme}`;
  const values = [infit, outfit].filter((value) => value !== null);
  if (values.some((value) => value > misfitBand.most)) return 'noisy';
  return values.some((value) => value < misfitBand.least) ? 'too even' : '';
};

const agreementOf = ({ separation }: Rasch, { rankCorrelation, turned }: Beside): string[] => [
  `${'rank correlation'.padEnd(22)}${rankCorrelation === null ? 'not known' : `${shown(rankCorrelation)}  (of raters, between the two models)`}`,
  `${'rater separation'.padEnd(22)}${separation ? `${shown(separation.separation)}  (reliability ${shown(separation.reliability)}; high means that it matters who scores)` : 'not known'}`,
  ...turned.map(
    ([one, other]) =>
      `ORDER DIFFERS: each model is sure who of ${one} and ${other} is the more severe, and they disagree.`,
  ),
  ...(rankCorrelation !== null && turned.length === 0
    ? ['No two raters whose order both models are sure of are ordered differently.']
    : []),
];
