import { asPeople, bandsOf } from '#shared/analysis/icc.ts';
import { alphaStanding } from '#shared/analysis/krippendorff.ts';
import type { Agreement } from './agreement.ts';
import type { Minutes } from './minutes.ts';
import type { PaperBlock, PaperFact, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** How far raters agreed and what followed from it; nothing in minutes of before it was said, nor where nobody scored. */
export const agreementSection = (minutes: Minutes, t: PaperTranslator): PaperSection[] => {
  const { agreement } = minutes;
  if (!agreement) return [];
  return [
    {
      heading: t('papers.agreement.heading'),
      blocks: [
        {
          kind: 'facts',
          facts: [
            cardsFact('papers.agreement.scores', agreement, t),
            ...factsOf(agreement, t),
            { name: t('severity.counts'), value: countedText(agreement, minutes, t) },
          ],
        },
        { kind: 'text', text: t('papers.agreement.how') },
      ],
    },
  ];
};

/** The same of interviewers, by station; what the measures mean is not said again. */
export const interviewAgreementSection = (
  { agreement, interviewAgreement: stations = [] }: Minutes,
  t: PaperTranslator,
): PaperSection[] => {
  if (stations.length === 0) return [];
  return [
    {
      heading: t('papers.agreement.interviews'),
      blocks: [
        ...stations.flatMap(({ station, groups, ...one }): PaperBlock[] => [
          ...(station ? [{ kind: 'heading' as const, text: station[t.locale] }] : []),
          {
            kind: 'facts',
            facts: [
              cardsFact('papers.agreement.cards', one, t),
              ...(groups === undefined
                ? []
                : [{ name: t('papers.agreement.groups'), value: t.number(groups) }]),
              ...factsOf(one, t),
            ],
          },
        ]),
        { kind: 'text', text: t('papers.agreement.never') },
        ...(agreement ? [] : [{ kind: 'text' as const, text: t('papers.agreement.how') }]),
      ],
    },
  ];
};

const cardsFact = (
  name: 'papers.agreement.scores' | 'papers.agreement.cards',
  { raters, applications, scores }: Agreement,
  t: PaperTranslator,
): PaperFact => ({
  name: t(name),
  value: t('papers.agreement.scores.value', { raters, applications, scores }),
});

const factsOf = (agreement: Agreement, t: PaperTranslator): PaperFact[] => {
  const { applications, icc21, icc2k, anchored, alphaOrdinal, needed, apart } = agreement;
  return [
    { name: t('charts.icc21'), value: iccText(icc21, t) },
    { name: t('charts.icc2k'), value: iccText(icc2k, t) },
    ...(anchored
      ? [
          {
            name: t('charts.anchored', { count: anchored.applications, raters: anchored.raters }),
            value: iccText(anchored, t),
          },
        ]
      : []),
    { name: t('charts.alpha'), value: alphaText(alphaOrdinal, t) },
    ...(needed ? [{ name: t('charts.needed'), value: neededText(needed, t) }] : []),
    {
      name: t('papers.agreement.apart', { percent: t.number(apart.percent) }),
      value: t('papers.agreement.apart.value', { count: apart.applications, of: applications }),
    },
  ];
};

type Measured = NonNullable<Agreement['icc21']>;

/** With the words that Koo and Li (2016) have for what lies between the ends of the interval, or for the value where there is none. */
const iccText = (measured: Measured | undefined, t: PaperTranslator): string => {
  if (!measured) return t('papers.agreement.untold');
  const words = bandsOf(measured.value, measured.interval)
    .map((band) => t(`charts.band.${band}`))
    .join(' – ');
  return `${valueText(measured, t)}; ${words}`;
};

const alphaText = (measured: Measured | undefined, t: PaperTranslator): string => {
  if (!measured) return t('papers.agreement.untold');
  const { side, bound } = alphaStanding(measured.value);
  return `${valueText(measured, t)}; ${t(`charts.alpha.${side}`, { bound: t.number(bound) })}`;
};

const neededText = (needed: NonNullable<Agreement['needed']>, t: PaperTranslator): string =>
  needed
    .map(({ reliability, raters }) =>
      t('charts.needed.value', { count: asPeople(raters), reliability: t.number(reliability) }),
    )
    .join('; ');

const valueText = ({ value, interval }: Measured, t: PaperTranslator): string =>
  interval
    ? t('papers.agreement.interval', {
        value: hundredth(value, t),
        low: hundredth(interval[0], t),
        high: hundredth(interval[1], t),
      })
    : hundredth(value, t);

const hundredth = (value: number, t: PaperTranslator): string => t.number(Math.round(value * 100) / 100);

/** What was adjusted or not, and which checks said so. */
const countedText = ({ counts }: Agreement, { gates }: Minutes, t: PaperTranslator): string => {
  if (counts === 'not-asked') return t('papers.agreement.notAsked');
  if (counts === 'never') return t('papers.agreement.never');
  const said = `${t(`severity.counts.${counts}`)}. ${t(`severity.text.${counts}`)}`;
  const decided = gates.findLast(({ adjustment }) => adjustment !== undefined);
  const failed = (decided?.adjustment?.checks ?? []).filter(({ passed }) => !passed);
  if (counts === 'adjusted' || failed.length === 0) return said;
  const checks = failed.map(({ check }) => t(`severity.check.${check}`)).join('; ');
  return `${said} ${t('papers.agreement.failed', { checks })}`;
};
