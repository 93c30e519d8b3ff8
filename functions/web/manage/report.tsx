import type { Context } from 'hono';
import { type HalfYearReport, halfYearReport } from '#functions/commands/half-year-report.ts';
import { csvText } from '#shared/domain/csv-text.ts';
import { HalfYear, partsOf } from '#shared/domain/half-year.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { reportColumns } from '#shared/papers/report-line.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type View, viewOf } from '../view.ts';

/** What the region reports for a half-year (Decree 390): figures alone, over all rounds that ended in it. */
export const showReport = (deps: WebDeps) => async (c: Context) =>
  c.html(<ReportPage view={viewOf(c)} report={await halfYearReport(deps, halfOf(c))} />);

/** The same figures for a spreadsheet, a row a round. */
export const showReportFile = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const report = await halfYearReport(deps, halfOf(c));
  return c.body(reportCsv(t, report), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${deps.region}-${report.half}.csv"`,
  });
};

/** The half-year that was asked for; an address that names none means the present one. */
const halfOf = (c: Context): HalfYear | undefined => HalfYear.safeParse(c.req.query('half')).data;

const reportCsv = (t: Translator, { lines, sum }: HalfYearReport): string =>
  csvText([
    [t('report.round'), t('report.endedOn'), ...reportColumns.map((column) => t(`report.${column}`))],
    ...lines.map(({ round, endedAt, counts }) => [
      // With the region: a spreadsheet would read 2022-3 as March.
      `${round.region}/${round.plan.intake}`,
      t.day(endedAt, round.plan.timeZone),
      ...reportColumns.map((column) => counts[column] ?? t('report.undecided')),
    ]),
    [t('report.together'), '', ...reportColumns.map((column) => sum[column] ?? t('report.undecided'))],
  ]);

const halfName = (t: Translator, given: HalfYear): string => {
  const { year, half } = partsOf(given);
  return t(`report.${half}`, { year });
};

const ReportPage = ({ view, report }: { view: View; report: HalfYearReport }) => {
  const { t } = view;
  const { half, halves } = report;
  return (
    <Page view={view} title={t('report.title')} caption={halfName(t, half)} wide>
      {halves.length > 1 && <Halves t={t} report={report} />}
      <p>{t('report.text')}</p>
      {report.lines.length === 0 ? <Inset>{t('report.none')}</Inset> : <Figures t={t} report={report} />}
      <Uncounted t={t} report={report} />
    </Page>
  );
};

type Part = { t: Translator; report: HalfYearReport };

const Halves = ({ t, report: { half, halves } }: Part) => (
  <nav class="pages" aria-label={t('report.halves')}>
    {halves.map((one) =>
      one === half ? (
        <strong aria-current="true">{halfName(t, one)}</strong>
      ) : (
        <a href={paths.report(t.locale, one)}>{halfName(t, one)}</a>
      ),
    )}
  </nav>
);

/** A figure a row: a half-year has few rounds and many figures. */
const Figures = ({ t, report: { half, lines, sum } }: Part) => (
  <>
    <Table
      caption={t('report.title')}
      hideCaption
      head={[t('report.figure'), ...lines.map(({ round }) => round.plan.intake), t('report.together')]}
      numeric={[...lines.map((_line, index) => index + 1), lines.length + 1]}
      rows={reportColumns.map((column) =>
        [t(`report.${column}`)].concat(
          [...lines.map(({ counts }) => counts), sum].map(({ [column]: count }) =>
            count === undefined ? t('report.undecided') : t.number(count),
          ),
        ),
      )}
    />
    <p>
      <a href={paths.reportFile(t.locale, half)}>{t('report.csv')}</a>
    </p>
  </>
);

const Uncounted = ({ t, report: { drawing, cancelled, running } }: Part) => {
  const kinds = [
    { text: t('report.drawing'), rounds: drawing.map(({ round }) => round) },
    { text: t('report.cancelled'), rounds: cancelled.map(({ round }) => round) },
    { text: t('report.running'), rounds: running },
  ].filter(({ rounds }) => rounds.length > 0);
  return (
    <ul class="govuk-list">
      {kinds.map(({ text, rounds }) => (
        <li>
          {text} {intakesOf(rounds)}
        </li>
      ))}
    </ul>
  );
};

const intakesOf = (rounds: readonly Round[]): string => rounds.map(({ plan }) => plan.intake).join(', ');
