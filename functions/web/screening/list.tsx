import type { Context } from 'hono';
import {
  type CandidateView,
  type ScreeningView,
  screeningView,
} from '#functions/commands/candidate-views.ts';
import { prepareAgain } from '#functions/commands/screening.ts';
import { openRules } from '#shared/domain/eligibility.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import { PlannedEnd } from '../committee/planned-end.tsx';
import type { WebDeps } from '../deps.ts';
import { Button } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { ListLinks } from '../lists/links.tsx';
import { PageLinks, PartLinks, pageAsked, pageOf, partAsked } from '../paged.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { namesListed, subjectName, textIn } from '../words.ts';
import { documentsNamed, VerdictTag } from './parts.tsx';

const shown = ['open', 'judged', 'all'] as const;
type Shown = (typeof shown)[number];

export const showScreening = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'candidacy.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await screeningView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const show = partAsked(c, shown, 'all');
  return c.html(<ScreeningPage view={viewOf(c)} screening={found.value} show={show} page={pageAsked(c)} />);
};

/** The secretary fetches applications that the list did not show when screening began. */
export const postPrepare = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'screening.prepare');
  if (!command.ok) return refusalPage(c, command.error);
  const prepared = await prepareAgain(deps, command.value);
  if (!prepared.ok) return refusalPage(c, prepared.error);
  const { t } = viewOf(c);
  return c.redirect(`${paths.screening(t.locale, command.value.roundId)}?done=screening.done.prepared`, 303);
};

type ScreeningPageProps = { view: View; screening: ScreeningView; show: Shown; page: number };

const ScreeningPage = ({ view, screening, show, page: asked }: ScreeningPageProps) => {
  const { t } = view;
  const { role, round, file, candidates, outOfReach, unopened } = screening;
  const { rows, ...place } = pageOf(
    candidates.filter((one) => isShown(one, show)),
    asked,
  );
  const at = paths.screening(t.locale, round.id);
  return (
    <Page
      view={view}
      title={t('screening.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <p>{t('screening.text')}</p>
      <PlannedEnd t={t} round={round} file={file} />
      {outOfReach > 0 && <Inset>{t('screening.outOfReach', { count: outOfReach })}</Inset>}
      {unopened > 0 && (
        <form method="post" action={paths.prepareScreening(t.locale, round.id)}>
          <p>{t('screening.unopened', { count: unopened })}</p>
          <Button kind="secondary">{t('screening.prepare')}</Button>
        </form>
      )}
      <PartLinks
        t={t}
        at={at}
        shown={show}
        parts={shown.map((name) => ({
          name,
          label: t(`screening.show.${name}`),
          count: candidates.filter((candidate) => isShown(candidate, name)).length,
        }))}
      />
      {rows.length === 0 ? (
        <p>{t('screening.none')}</p>
      ) : (
        <Candidates view={view} screening={screening} rows={rows} />
      )}
      {permit('members.remind', role, round.stage).ok && (
        <p>
          <a href={paths.reminders(t.locale, round.id)}>{t('committee.remind.screening')}</a>
        </p>
      )}
      <ListLinks view={view} roundId={round.id} name="applications" />
      <PageLinks t={t} at={at} shown={show} {...place} />
    </Page>
  );
};

const isShown = ({ verdict, judged, withdrawn }: CandidateView, show: Shown): boolean => {
  if (show === 'all') return true;
  return show === 'open' ? verdict === undefined && !withdrawn : judged !== undefined;
};

type CandidatesProps = { view: View; screening: ScreeningView; rows: readonly CandidateView[] };

const Candidates = ({ view: { t }, screening, rows }: CandidatesProps) => (
  <Table
    caption={t('screening.applications')}
    hideCaption
    head={[t('screening.number'), t('screening.subjects'), t('screening.state'), t('screening.lacks')]}
    rows={rows.map((one) => [
      <a href={paths.candidate(t.locale, screening.round.id, one.applicationId)}>{one.number}</a>,
      namesListed(
        t,
        one.facts.subjects.map((subject) => subjectName(t, subject)),
      ),
      <VerdictTag t={t} candidate={one} />,
      lacksOf(t, one, screening),
    ])}
  />
);

const lacksOf = (
  t: Translator,
  { applicationId, screened, inquiries }: CandidateView,
  { file, unreached }: ScreeningView,
): string => {
  const open = openRules(screened.rules, file).length;
  const { missing, waiting } = screened;
  const awaited = inquiries.some(({ standing }) => standing === 'open');
  return [
    ...(awaited ? [t('inquiry.standing.open')] : []),
    ...(open > 0 ? [t('screening.lacks.rules', { count: open })] : []),
    ...(missing.length > 0
      ? [t('screening.lacks.documents', { documents: documentsNamed(t, file, missing) })]
      : []),
    ...(waiting.length > 0
      ? [t('screening.lacks.scanner', { documents: documentsNamed(t, file, waiting) })]
      : []),
    ...(screened.sameIin.length > 0 ? [t('screening.lacks.sameIin')] : []),
    ...(unreached.has(applicationId) ? [t('screening.lacks.letters')] : []),
  ].join('; ');
};
