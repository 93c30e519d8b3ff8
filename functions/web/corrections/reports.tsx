import type { Context } from 'hono';
import type { CorrectionsView } from '#functions/commands/corrections-list.ts';
import type { SaidReport } from '#functions/commands/score-reports-view.ts';
import { Button, TextArea } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Details, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { reportFacts } from '../scoring/report.tsx';
import type { View } from '../view.ts';

/** The number of a report as an address has it; undefined for what is none. */
export const reportIn = (c: Context): number | undefined => {
  const number = c.req.param('report') ?? '';
  return /^[1-9]\d{0,8}$/.test(number) ? Number(number) : undefined;
};

/** What was typed to close one report and could not be taken. */
export type ClosingAgain = { report: number; reason: string; errors: readonly FieldError[] };

type Props = {
  view: View;
  found: Pick<CorrectionsView, 'place' | 'reports' | 'mayTry' | 'mayClose'>;
  again: ClosingAgain | undefined;
};

/** What raters said of their own stored scores; of each that is open, the ways to correct it or to say why not. */
export const Reports = (props: Props) => {
  const { t } = props.view;
  const { reports } = props.found;
  if (reports.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('corrections.reports')}</h2>
      <p>{t('corrections.reports.text')}</p>
      {reports.map((report) => (
        <article>
          <h3 class="govuk-heading-s">
            {t('corrections.report', { application: report.application, rater: report.rater })}
          </h3>
          <Facts facts={reportFacts(t, props.found.place, report)} />
          {report.answer.kind === 'open' && <Answering {...props} report={report} />}
        </article>
      ))}
    </section>
  );
};

const Answering = ({ view: { t }, found, report, again: all }: Props & { report: SaidReport }) => {
  const { place, mayTry, mayClose } = found;
  const { id } = place.round;
  const again = all?.report === report.number ? all : undefined;
  const start = (known: Record<string, string>): string => paths.startCorrection(t.locale, id, known);
  const { rater, application: number } = report;
  const part = 'scoring';
  return (
    <>
      {mayTry && (
        <ul class="govuk-list govuk-list--bullet">
          <li>
            <a href={start({ kind: 'criterion', part, number })}>{t('corrections.report.points')}</a>
          </li>
          <li>
            <a href={start({ kind: 'rows-shifted', part, rater })}>{t('corrections.report.rows')}</a>
          </li>
        </ul>
      )}
      {mayClose && report.own && <p>{t('corrections.report.own')}</p>}
      {mayClose && !report.own && (
        <Details summary={t('corrections.report.close')} open={again !== undefined}>
          <form method="post" action={paths.scoreReport(t.locale, id, report.number)} novalidate>
            <TextArea
              t={t}
              name="reason"
              id={again ? 'reason' : `reason-${report.number}`}
              label={t('corrections.report.why')}
              hint={t('corrections.report.hint')}
              rows={3}
              value={again?.reason ?? ''}
              errors={again?.errors}
            />
            <Button kind="secondary">{t('corrections.report.press')}</Button>
          </form>
        </Details>
      )}
    </>
  );
};
