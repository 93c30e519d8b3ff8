import type { SaidReport } from '#functions/commands/score-reports-view.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden, TextArea } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Details, type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';

/** What was typed about one application and could not be taken. */
export type Again = { application: ApplicationNumber; reason: string; errors: readonly FieldError[] };

type Props = {
  t: Translator;
  place: Workplace;
  application: ApplicationNumber;
  report: SaidReport | undefined;
  mayReport: boolean;
  again: Again | undefined;
};

/** What the reader said of the stored score with what became of it, and the form that says it. */
export const OwnReport = (props: Props) => {
  const { t, place, report, mayReport, again } = props;
  const isOpen = report?.answer.kind === 'open';
  return (
    <>
      {report && <Facts facts={reportFacts(t, place, report)} />}
      {(again !== undefined || (mayReport && !isOpen)) && <ReportForm {...props} />}
    </>
  );
};

/** What was reported when, and the answer. */
export const reportFacts = (
  t: Translator,
  { file }: Pick<Workplace, 'file'>,
  { at, said, answer, closed }: SaidReport,
): Fact[] => [
  { name: t('scoring.report.at'), value: t.moment(at, file.timeZone) },
  ...typedIn(t('scoring.report.said'), said),
  {
    name: t('scoring.report.answer'),
    value:
      answer.kind === 'corrected'
        ? t('scoring.report.corrected', { at: t.moment(answer.at, file.timeZone) })
        : closed
          ? t('scoring.report.closed', { at: t.moment(closed.at, file.timeZone) })
          : t('scoring.report.open'),
  },
  ...typedIn(t('scoring.report.why'), closed?.said),
];

const typedIn = (name: string, text: string | undefined): Fact[] =>
  text === undefined ? [] : [{ name, value: <span class="typed">{text}</span> }];

const ReportForm = ({ t, place, application, again }: Props) => (
  <Details summary={t('scoring.report')} open={again !== undefined}>
    <form method="post" action={paths.ownWork(t.locale, place.round.id, 'own-scores')} novalidate>
      <Hidden name="application" value={application} />
      <TextArea
        t={t}
        name="reason"
        id={again ? 'reason' : `reason-${application}`}
        label={t('scoring.report.reason')}
        hint={t('scoring.report.hint')}
        rows={3}
        value={again?.reason ?? ''}
        errors={again?.errors}
      />
      <Button kind="secondary">{t('scoring.report.press')}</Button>
    </form>
  </Details>
);
