import type { Context } from 'hono';
import { type ScoreCharts, scoreCharts } from '#functions/commands/score-charts.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { bandOf } from '#shared/analysis/icc.ts';
import type { Report } from '#shared/analysis/report.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Bar, Histogram, Range } from './drawings.tsx';

const sorts = ['rank', 'number', 'width'] as const;
type Sort = (typeof sorts)[number];

/** What the scores look like: by rater and criterion, how far raters agree, how sure each rank is. */
export const showCharts = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'charts.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await scoreCharts(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const sort = sorts.find((one) => one === c.req.query('sort')) ?? 'rank';
  return c.html(<ChartsPage view={viewOf(c)} charts={found.value} sort={sort} />);
};

type ChartsProps = { view: View; charts: ScoreCharts; sort: Sort };

const ChartsPage = ({ view, charts, sort }: ChartsProps) => {
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
      <Funnel t={t} charts={charts} />
      <Raters t={t} charts={charts} />
      <Criteria t={t} charts={charts} />
      {report ? (
        <>
          <Agreement t={t} report={report} />
          <Ranks view={view} charts={charts} report={report} sort={sort} />
        </>
      ) : (
        <Inset>{t('charts.tooFew')}</Inset>
      )}
    </Page>
  );
};

type PartProps = { t: Translator; charts: ScoreCharts };

const shown = (t: Translator, value: number | null): string =>
  value === null ? '–' : t.number(Math.round(value * 100) / 100);

const Funnel = ({ t, charts: { funnel } }: PartProps) => {
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

const Raters = ({ t, charts: { raters, report } }: PartProps) => (
  <Table
    caption={t('charts.raters')}
    head={[
      t('scoring.rater'),
      t('charts.scores'),
      t('charts.mean'),
      t('charts.severity'),
      t('charts.drawing'),
    ]}
    numeric={[1, 2, 3]}
    rows={raters.map(({ rater, spread }) => {
      const known = report?.raters.find(({ id }) => id === rater);
      return [
        rater,
        t.number(spread.count),
        shown(t, spread.count === 0 ? null : spread.mean),
        known ? `${shown(t, known.severity)} ± ${shown(t, 1.96 * known.se)}` : '–',
        <Histogram spread={spread} title={`${rater}: ${spread.tenths.join(', ')}`} />,
      ];
    })}
  />
);

const Criteria = ({ t, charts: { criteria } }: PartProps) => (
  <Table
    caption={t('charts.criteria')}
    head={[t('marks.criterion'), t('charts.scores'), t('charts.mean'), t('charts.drawing')]}
    numeric={[1, 2]}
    rows={criteria.map(({ criterion, spread }) => {
      const name = textIn(t, criterion.title);
      const title = `${name}: ${spread.tenths.join(', ')}`;
      return [
        name,
        t.number(spread.count),
        shown(t, spread.count === 0 ? null : spread.mean),
        <Histogram spread={spread} title={title} />,
      ];
    })}
  />
);

/** Each with its 95 % interval; the words are those of Koo and Li (2016), who have them for ICCs alone. */
const Agreement = ({ t, report: { reliability } }: { t: Translator; report: Report }) => {
  const { icc21, icc2k, iccInterval, alphaOrdinal, alphaInterval } = reliability;
  const rows = [
    { name: t('charts.icc21'), value: icc21, interval: null, isIcc: true },
    { name: t('charts.icc2k'), value: icc2k, interval: iccInterval, isIcc: true },
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
          value === null || !isIcc ? '–' : t(`charts.band.${bandOf(value)}`),
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

const Ranks = ({ view: { t }, charts: { place }, report, sort }: ChartsProps & { report: Report }) => {
  const at = paths.charts(t.locale, place.round.id);
  const count = report.applications.length;
  return (
    <section>
      <nav class="pages" aria-label={t('charts.sort')}>
        {t('charts.sort')}{' '}
        {sorts.map((one) => (
          <>
            <a href={`${at}?sort=${one}`} aria-current={one === sort ? 'true' : undefined}>
              {t(`charts.sort.${one}`)}
            </a>{' '}
          </>
        ))}
      </nav>
      <Table
        caption={t('charts.ranks')}
        head={[
          t('screening.number'),
          t('charts.mean'),
          t('charts.adjusted'),
          t('charts.rankInterval'),
          t('charts.drawing'),
        ]}
        numeric={[1, 2]}
        rows={inOrder(report.applications, sort).map(
          ({ id, raw, adjusted, se, rankInterval: [best, worst] }) => [
            <span class="whole">{id}</span>,
            shown(t, raw),
            `${shown(t, adjusted)} ± ${shown(t, 1.96 * se)}`,
            best === worst ? String(best) : `${best}–${worst}`,
            <Range
              value={(best + worst) / 2}
              low={best}
              high={worst}
              ends={[1, count]}
              title={`${id}: ${best}–${worst}`}
            />,
          ],
        )}
      />
      <p>{t('charts.ranks.text')}</p>
    </section>
  );
};

const inOrder = (applications: Report['applications'], sort: Sort): Report['applications'] => {
  if (sort === 'rank') return applications;
  return applications.toSorted((a, b) =>
    sort === 'number' ? (a.id < b.id ? -1 : 1) : widthOf(b) - widthOf(a) || (a.id < b.id ? -1 : 1),
  );
};

const widthOf = ({ rankInterval: [best, worst] }: Report['applications'][number]): number => worst - best;
