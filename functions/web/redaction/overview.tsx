import type { Context } from 'hono';
import {
  type RedactionOverview,
  type RedactionRow,
  redactionOverview,
} from '#functions/commands/redaction-views.ts';
import { holdsScoring } from '#shared/domain/redaction-decisions.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { PageLinks, PartLinks, pageAsked, pageOf, partAsked } from '../paged.tsx';
import { Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

const shown = ['open', 'all'] as const;
type Shown = (typeof shown)[number];

/** What raters are to see, and what of it is still to be released. */
export const showOverview = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'redaction.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await redactionOverview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const show = partAsked(c, shown, 'open');
  return c.html(<OverviewPage view={viewOf(c)} overview={found.value} show={show} page={pageAsked(c)} />);
};

type Props = { view: View; overview: RedactionOverview; show: Shown; page: number };

const OverviewPage = ({ view, overview, show, page }: Props) => {
  const { t } = view;
  const { round, file } = overview;
  return (
    <Page
      view={view}
      title={t('redaction.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <p>{t('redaction.text')}</p>
      {file.blind.shown ? (
        <Progress view={view} overview={overview} show={show} page={page} />
      ) : (
        <Inset>{t('redaction.shownNothing')}</Inset>
      )}
    </Page>
  );
};

const Progress = ({ view: { t }, overview, show, page: asked }: Props) => {
  const { round, file, rows, ready, totals, closed } = overview;
  const at = paths.redactions(t.locale, round.id);
  const { rows: listed, ...place } = pageOf(
    rows.filter(({ open }) => show === 'all' || open > 0),
    asked,
  );
  return (
    <>
      <p class="lead">{t('redaction.ready', { ready, count: rows.length })}</p>
      <p>
        <progress
          aria-label={t('redaction.title')}
          max={Math.max(totals.wanted, 1)}
          value={totals.wanted - totals.open}
        >
          {t.number(totals.wanted - totals.open)}
        </progress>{' '}
        {t('redaction.totals', {
          wanted: totals.wanted,
          released: totals.released,
          withheld: totals.withheld,
          open: totals.open,
        })}
      </p>
      {totals.again > 0 && <Inset>{t('redaction.again', { count: totals.again })}</Inset>}
      {closed.applications > 0 && (
        <Inset>{t('redaction.closed', { count: closed.applications, open: closed.open })}</Inset>
      )}
      {totals.open + closed.open > 0 && (
        <Inset>
          {t(holdsScoring(file) && round.stage === 'screening' ? 'redaction.holds' : 'redaction.warns')}
        </Inset>
      )}
      <PartLinks
        t={t}
        at={at}
        shown={show}
        parts={shown.map((name) => ({
          name,
          label: t(`redaction.show.${name}`),
          count: name === 'all' ? rows.length : rows.length - ready,
        }))}
      />
      {listed.length === 0 ? <p>{t('redaction.none')}</p> : <Rows t={t} round={round} rows={listed} />}
      <PageLinks t={t} at={at} shown={show} {...place} />
    </>
  );
};

type RowsProps = { t: Translator; round: RedactionOverview['round']; rows: readonly RedactionRow[] };

const Rows = ({ t, round, rows }: RowsProps) => (
  <Table
    caption={t('redaction.applications')}
    hideCaption
    head={[
      t('screening.number'),
      t('redaction.standing'),
      t('redaction.wanted'),
      t('redaction.released'),
      t('redaction.withheld'),
      t('redaction.open'),
    ]}
    numeric={[2, 3, 4, 5]}
    rows={rows.map((row) => [
      <a href={paths.redaction(t.locale, round.id, row.applicationId)}>{row.number}</a>,
      <Tag colour={row.open === 0 ? 'green' : 'yellow'}>
        {t(row.open === 0 ? 'redaction.row.ready' : 'redaction.row.open')}
      </Tag>,
      t.number(row.wanted),
      t.number(row.released),
      t.number(row.withheld),
      t.number(row.open),
    ])}
  />
);
