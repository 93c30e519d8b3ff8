import type { Context } from 'hono';
import { type OwnScore, ownScores } from '#functions/commands/own-scores.ts';
import { reportScore } from '#functions/commands/score-reports.ts';
import { ownReports, type SaidReport } from '#functions/commands/score-reports-view.ts';
import type { CommitteeCommand, Workplace } from '#functions/commands/workplace.ts';
import { commentKinds } from '#shared/domain/card.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { spreadsheetOf } from '../lists/file.ts';
import { type Fact, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { pointsText } from './card-form.tsx';
import { cameFrom } from './feedback.tsx';
import { type Again, OwnReport } from './report.tsx';

/** What is stored of the own scores. Nobody else gets this page. */
export const showStored = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'own-scores.read');
  if (!command.ok) return refusalPage(c, command.error);
  return await storedPage(deps, c, command.value);
};

const storedPage = async (
  deps: WebDeps,
  c: Context,
  command: CommitteeCommand,
  again?: Again,
): Promise<Response> => {
  const found = await ownScores(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const reports = await ownReports(deps, found.value.place);
  const page = <StoredPage view={viewOf(c)} {...found.value} reports={reports} again={again} />;
  return c.html(page, again ? 422 : 200);
};

/** Reports one of them; what was typed wrongly comes back at its application. */
export const postReport = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'own-scores.report');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const application = ApplicationNumber.safeParse(one(typed, 'application')).data;
  if (!application) return refusalPage(c, { kind: 'not-found', what: 'application' });
  const reason = one(typed, 'reason');
  const reported = await reportScore(deps, { ...command.value, application, reason });
  if (reported.ok) {
    const way = paths.ownWork(t.locale, command.value.roundId, 'own-scores');
    return c.redirect(`${way}?done=scoring.done.reported`, 303);
  }
  const error = reasonError(reported.error, t);
  if (!error) return refusalPage(c, reported.error);
  return await storedPage(deps, c, command.value, { application, reason, errors: [error] });
};

/** The same as a file for a spreadsheet: `own-scores.csv`, `own-scores.xlsx`. */
export const showStoredFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'own-scores.read');
  if (!command.ok) return refusalPage(c, command.error);
  const [, type] = /^own-scores\.(csv|xlsx)$/.exec(c.req.param('file') ?? '') ?? [];
  if (type !== 'csv' && type !== 'xlsx') return refusalPage(c, { kind: 'not-found', what: 'document' });
  const found = await ownScores(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { place, scores } = found.value;
  const rows = rowsOf(viewOf(c).t, place.file, scores);
  return await spreadsheetOf(c, { name: `own-scores-${place.file.intake}`, type, rows });
};

const rowsOf = (t: Translator, { rubric }: RoundFile, scores: readonly OwnScore[]): (string | number)[][] => {
  const criteria = ratedCriteria(rubric.criteria);
  return [
    [
      t('screening.number'),
      ...criteria.map(({ title }) => textIn(t, title)),
      t('scoring.total'),
      t('scoring.stored.at'),
      ...commentKinds.map((kind) => t(`scoring.comment.${kind}`)),
    ],
    ...scores.map(({ number, score, comments }) => [
      number,
      ...criteria.map(({ code }) => score.points[code] ?? ''),
      score.total,
      score.at,
      ...commentKinds.map((kind) => comments[kind]),
    ]),
  ];
};

type StoredProps = {
  view: View;
  place: Workplace;
  scores: readonly OwnScore[];
  reports: ReadonlyMap<ApplicationNumber, SaidReport>;
  again: Again | undefined;
};

const StoredPage = ({ view, place, scores, reports, again }: StoredProps) => {
  const { t } = view;
  const { round, file } = place;
  const isOpen = round.state.stage === 'scoring';
  const mayReport = permit('own-scores.report', place.by.role, round.state.stage).ok;
  return (
    <Page
      view={view}
      title={t('scoring.stored')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: cameFrom(t, place) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('scoring.stored.text')}</p>
      <SampleNote t={t} of={[file.rubric]} />
      <Inset>{t(`scoring.stored.${isOpen ? 'correct' : mayReport ? 'tell' : 'over'}`)}</Inset>
      {scores.length === 0 ? <p>{t('scoring.stored.none')}</p> : <Files t={t} roundId={round.id} />}
      {scores.map((own) => (
        <section>
          <h2 class="govuk-heading-m">
            {isOpen ? (
              <a href={paths.scorecard(t.locale, round.id, own.applicationId)}>{own.number}</a>
            ) : (
              own.number
            )}
          </h2>
          <Facts facts={factsOf(t, file, own)} />
          <OwnReport
            t={t}
            place={place}
            application={own.number}
            report={reports.get(own.number)}
            mayReport={mayReport}
            again={again?.application === own.number ? again : undefined}
          />
        </section>
      ))}
    </Page>
  );
};

const Files = ({ t, roundId }: { t: Translator; roundId: string }) => (
  <p class="screen-only">
    {t('lists.take')}{' '}
    <a href={paths.ownWork(t.locale, roundId, 'own-scores/own-scores.xlsx')} download>
      XLSX
    </a>
    {', '}
    <a href={paths.ownWork(t.locale, roundId, 'own-scores/own-scores.csv')} download>
      CSV
    </a>
  </p>
);

const factsOf = (t: Translator, file: RoundFile, { score, comments, counts }: OwnScore): Fact[] => [
  ...ratedCriteria(file.rubric.criteria).map(({ code, title }) => ({
    name: textIn(t, title),
    value: pointsText(t, score, code),
  })),
  {
    name: t('scoring.total'),
    value: [
      t('scoring.percent', { total: t.number(score.total) }),
      ...(counts ? [] : [t('scoring.stored.uncounted')]),
    ].join('; '),
  },
  { name: t('scoring.stored.at'), value: t.moment(score.at, file.timeZone) },
  ...commentKinds.flatMap((kind) =>
    comments[kind] === ''
      ? []
      : [{ name: t(`scoring.comment.${kind}`), value: <span class="typed">{comments[kind]}</span> }],
  ),
];
