import type { Context } from 'hono';
import {
  type ConflictsView,
  type ConflictView,
  conflictsView,
  waits,
} from '#functions/commands/conflict-views.ts';
import { permit } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { PageLinks, PartLinks, pageAsked, pageOf, partAsked } from '../paged.tsx';
import { Confidence, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { GroundList, StandingTag } from './parts.tsx';

const shown = ['open', 'all'] as const;
type Shown = (typeof shown)[number];

/** The own conflicts of a round, by number; for the secretary also everybody's. */
export const showConflicts = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'conflict.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await conflictsView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const show = partAsked(c, shown, 'open');
  return c.html(<ConflictsPage view={viewOf(c)} conflicts={found.value} show={show} page={pageAsked(c)} />);
};

type Props = { view: View; conflicts: ConflictsView; show: Shown; page: number };

const ConflictsPage = ({ view, conflicts, show, page }: Props) => {
  const { t } = view;
  const { round, file, own, all } = conflicts;
  return (
    <Page
      view={view}
      title={t('conflicts.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <h2 class="govuk-heading-m">{t('conflicts.own')}</h2>
      {own.length === 0 ? (
        <p>{t('conflicts.own.none')}</p>
      ) : (
        <Table
          caption={t('conflicts.own')}
          hideCaption
          head={[t('screening.number'), t('conflicts.because'), t('conflicts.since')]}
          rows={own.map(({ number, because, at }) => [
            number,
            t(`conflicts.because.${because}`),
            t.moment(at, file.timeZone),
          ])}
        />
      )}
      <p>{t('conflicts.own.text')}</p>
      {file.conflicts && (
        <p>
          <a href={paths.disclosure(t.locale)}>{t('conflicts.disclosure')}</a>
        </p>
      )}
      {all && <Everybody view={view} conflicts={conflicts} all={all} show={show} page={page} />}
    </Page>
  );
};

const Everybody = ({ view: { t }, conflicts, all, show, page: asked }: Props & { all: ConflictView[] }) => {
  const { round, file, closed, named, untold, retold } = conflicts;
  const at = paths.conflicts(t.locale, round.id);
  const { rows, ...place } = pageOf(
    all.filter((one) => show === 'all' || waits(one)),
    asked,
  );
  return (
    <section>
      <h2 class="govuk-heading-m">{t('conflicts.all')}</h2>
      <p>{t('conflicts.all.text')}</p>
      {untold.length > 0 && <Inset>{t('conflicts.untold', { names: untold.join(', ') })}</Inset>}
      {retold.length > 0 && (
        <Inset>
          <p>{t('conflicts.retold')}</p>
          <ul class="govuk-list">
            {retold.map(({ name, times }) => (
              <li>{t('conflicts.retold.by', { name, times })}</li>
            ))}
          </ul>
        </Inset>
      )}
      {named.length > 0 && (
        <Inset>
          <p>{t('conflicts.named')}</p>
          <ul class="govuk-list">
            {named.map(({ applicationId, number }) => (
              <li>
                <a href={paths.conflictsWith(t.locale, round.id, applicationId)}>{number}</a>
              </li>
            ))}
          </ul>
        </Inset>
      )}
      {closed > 0 && <Inset>{t('conflicts.closed', { count: closed })}</Inset>}
      <PartLinks
        t={t}
        at={at}
        shown={show}
        parts={shown.map((name) => ({
          name,
          label: t(`conflicts.show.${name}`),
          count: name === 'all' ? all.length : all.filter(waits).length,
        }))}
      />
      {rows.length === 0 ? <p>{t('conflicts.none')}</p> : <Rows t={t} round={round} rows={rows} />}
      <PageLinks t={t} at={at} shown={show} {...place} />
      <Compared t={t} file={file} />
    </section>
  );
};

/** What the round compares, and how sure somebody is that it should. */
const Compared = ({ t, file: { conflicts } }: { t: Translator; file: RoundFile }) =>
  conflicts ? (
    <>
      <Table
        caption={t('conflicts.compared')}
        head={[t('conflicts.ground'), t('conflicts.effect'), t('screening.confidence')]}
        rows={conflicts.grounds.map(({ ground, effect, confidence }) => [
          t(`conflicts.ground.${ground}`),
          t(`conflicts.effect.${effect}`),
          <Confidence t={t} level={confidence} />,
        ])}
      />
      {conflicts.pastSchoolYears !== undefined &&
        conflicts.grounds.some(({ ground }) => ground === 'past-school') && (
          <p>{t('conflicts.pastSchoolYears', { count: conflicts.pastSchoolYears })}</p>
        )}
    </>
  ) : (
    <p>{t('conflicts.comparesNothing')}</p>
  );

type RowsProps = { t: Translator; round: ConflictsView['round']; rows: readonly ConflictView[] };

const Rows = ({ t, round, rows }: RowsProps) => (
  <Table
    caption={t('conflicts.all')}
    hideCaption
    head={[t('screening.number'), t('committee.person'), t('conflicts.ground'), t('conflicts.standing')]}
    rows={rows.map((row) => [
      permit('conflict.rule', 'secretary', round.stage).ok ? (
        <a href={paths.conflictsWith(t.locale, round.id, row.applicationId)}>{row.number}</a>
      ) : (
        row.number
      ),
      row.name,
      <GroundList t={t} conflict={row} />,
      <StandingTag t={t} conflict={row} />,
    ])}
  />
);
