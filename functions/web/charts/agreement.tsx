import type { ScoreCharts } from '#functions/commands/score-charts.ts';
import { asPeople, bandsOf, type Interval } from '#shared/analysis/icc.ts';
import { alphaStanding } from '#shared/analysis/krippendorff.ts';
import type { Report } from '#shared/analysis/report.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';
import { Range } from './drawings.tsx';
import { shown } from './tables.tsx';

/** Where one rater agrees with another by chance alone no number of them would do; while that is not known, nothing is said. */
export const Needed = ({ t, report: { reliability, oneRater } }: { t: Translator; report: Report }) =>
  reliability.icc21 === null ? null : (
    <p>
      {t('charts.needed')}:{' '}
      {oneRater.ratersNeeded
        .map(({ reliability: wanted, raters }) =>
          raters === null
            ? t('charts.needed.none', { reliability: t.number(wanted) })
            : t('charts.needed.value', { count: asPeople(raters), reliability: t.number(wanted) }),
        )
        .join('; ')}
      . {t('charts.needed.text')}
    </p>
  );

type AgreementProps = { t: Translator; report: Report; anchored: ScoreCharts['anchored'] };

/** The words of Koo and Li (2016) for what lies between the ends of the interval, or for the value where there is none. */
const iccWords = (t: Translator, value: number, interval: Interval | null): string =>
  bandsOf(value, interval)
    .map((band) => t(`charts.band.${band}`))
    .join(' – ');

const alphaWords = (t: Translator, value: number): string => {
  const { side, bound } = alphaStanding(value);
  return t(`charts.alpha.${side}`, { bound: t.number(bound) });
};

/** Each with its 95 % interval, and what it is usually called: an ICC by its band, alpha by the bounds that are customary. */
export const Agreement = ({ t, report: { reliability, oneRater }, anchored }: AgreementProps) => {
  const { icc21, icc2k, iccInterval, alphaOrdinal, alphaInterval } = reliability;
  const rows = [
    { name: t('charts.icc21'), value: icc21, interval: oneRater.iccInterval, isIcc: true },
    { name: t('charts.icc2k'), value: icc2k, interval: iccInterval, isIcc: true },
    ...(anchored
      ? [
          {
            name: t('charts.anchored', { count: anchored.applications, raters: anchored.raters }),
            value: anchored.single,
            interval: anchored.singleInterval ?? null,
            isIcc: true,
          },
        ]
      : []),
    { name: t('charts.alpha'), value: alphaOrdinal, interval: alphaInterval, isIcc: false },
  ];
  return (
    <Table
      caption={t('charts.agreement')}
      head={[
        t('charts.measure'),
        t('charts.value'),
        t('charts.interval'),
        t('charts.band'),
        t('charts.drawing'),
      ]}
      numeric={[1]}
      rows={rows.map(({ name, value, interval, isIcc }) => {
        const [low, high] = interval ?? [value ?? 0, value ?? 0];
        const range = interval ? `${shown(t, low)} – ${shown(t, high)}` : '–';
        return [
          name,
          shown(t, value),
          range,
          value === null ? '–' : isIcc ? iccWords(t, value, interval) : alphaWords(t, value),
          value === null ? (
            '–'
          ) : (
            <Range {...{ value, low, high }} ends={[0, 1]} title={`${name}: ${shown(t, value)} (${range})`} />
          ),
        ];
      })}
    />
  );
};
