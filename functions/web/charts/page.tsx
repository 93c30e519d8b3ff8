import type { Context } from 'hono';
import { type ScoreCharts, scoreCharts } from '#functions/commands/score-charts.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { asPeople, bandsOf, type Interval } from '#shared/analysis/icc.ts';
import { alphaStanding } from '#shared/analysis/krippendorff.ts';
import type { Report } from '#shared/analysis/report.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Apart } from './apart.tsx';
import { Bar, Range } from './drawings.tsx';
import { type ChartsProps, Criteria, Ranks, Raters, shown } from './tables.tsx';

/** What the scores look like: by rater and criterion, how far raters agree, how sure each rank is. */
export const showCharts = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'charts.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await scoreCharts(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ChartsPage view={viewOf(c)} charts={found.value} />);
};

const ChartsPage = ({ view, charts }: ChartsProps) => {
  const { t } = view;
  const { place, report } = charts;
  return (
    <Page
      view={view}
      title={t('charts.title')}
      caption={textIn(t, place.file.title)}
      back={{ href: paths.committee(t.locale, place.round.id) }}
      wide
    >
      <p>{t('charts.text')}</p>
      <SampleNote t={t} of={[place.file.rubric]} />
      {hasOwnAlone(place.by.role, place.round.state.stage) && <Inset>{t('lists.own')}</Inset>}
      <Funnel t={t} charts={charts} />
      <Raters view={view} charts={charts} />
      <Criteria view={view} charts={charts} />
      {charts.apart.length > 0 && <Apart view={view} charts={charts} />}
      {report ? (
        <>
          <Agreement t={t} report={report} anchored={charts.anchored} />
          <Needed t={t} report={report} />
          <Ranks view={view} charts={charts} report={report} />
        </>
      ) : (
        <Inset>{t('charts.tooFew')}</Inset>
      )}
    </Page>
  );
};

/** In the order of the stages: that is what it says. */
const Funnel = ({ t, charts: { funnel } }: { t: Translator; charts: ScoreCharts }) => {
  const whole = funnel[0]?.count ?? 0;
  return (
    <Table
      caption={t('charts.funnel')}
      head={[t('charts.after'), t('charts.applications'), t('charts.drawing')]}
      numeric={[1]}
      rows={funnel.map(({ stage, count }) => {
        const name = stage === 'submitted' ? t('manage.submitted') : stageName(t, stage);
        return [name, t.number(count), <Bar part={count} whole={whole} title={`${name}: ${count}`} />];
      })}
    />
  );
};

/** Where one rater agrees with another by chance alone no number of them would do; while that is not known, nothing is said. */
const Needed = ({ t, report: { reliability, oneRater } }: { t: Translator; report: Report }) =>
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
const Agreement = ({ t, report: { reliability, oneRater }, anchored }: AgreementProps) => {
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
