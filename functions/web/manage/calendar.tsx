import type { Context } from 'hono';
import type { CalendarChange } from '#functions/commands/calendar-effects.ts';
import {
  type CalendarView,
  enforceRegionCalendar,
  followRegionCalendar,
  importRegionCalendar,
  viewRegionCalendar,
} from '#functions/commands/region-calendar.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { type CalendarFile, yearsOf } from '#shared/domain/region-calendar.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Fault } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, FileField, Hidden } from '../fields.tsx';
import { bytesOf, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Digest, Facts, Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { Faults } from './faults.tsx';
import { faultsOf } from './imports.tsx';
import { administratorOf } from './round-of.ts';

export const showCalendar = (deps: WebDeps) => async (c: Context) =>
  c.html(<CalendarPage view={viewOf(c)} shown={await viewRegionCalendar(deps)} faults={[]} />);

/** A file with faults changes nothing and is answered with all of them. */
export const postCalendar = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const file = await bytesOf(c, 'file');
  const imported = file.ok
    ? await importRegionCalendar(deps, { by: administratorOf(c), file: file.value })
    : file;
  if (imported.ok) return c.redirect(`${paths.calendar(view.t.locale)}?done=calendar.done.imported`, 303);
  const faults = faultsOf(imported.error);
  if (!faults) return refusalPage(c, imported.error);
  const page = <CalendarPage view={view} shown={await viewRegionCalendar(deps)} faults={faults} />;
  return c.html(page, statusOf(imported.error));
};

/** Puts in force what the page showed. */
export const postForce = (deps: WebDeps) => async (c: Context) => {
  const sha256 = Sha256.safeParse(one(await readTyped(c), 'sha256'));
  if (!sha256.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const enforced = await enforceRegionCalendar(deps, { by: administratorOf(c), sha256: sha256.data });
  if (!enforced.ok) return refusalPage(c, enforced.error);
  return c.redirect(`${paths.calendar(viewOf(c).t.locale)}?done=calendar.done.enforced`, 303);
};

export const postFollow = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, rolesFor('round.follow-calendar'));
  const sha256 = Sha256.safeParse(one(await readTyped(c), 'sha256'));
  if (!sha256.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const followed = await followRegionCalendar(deps, { by, roundId, sha256: sha256.data });
  if (!followed.ok) return refusalPage(c, followed.error);
  return c.redirect(`${paths.calendar(viewOf(c).t.locale)}?done=calendar.done.followed`, 303);
};

type CalendarPageProps = { view: View; shown: CalendarView; faults: readonly Fault[] };

/** By which days the region counts, what waits to take their place, and what that would change. */
const CalendarPage = ({ view, shown, faults }: CalendarPageProps) => {
  const { t } = view;
  const { calendar, inForce, waiting, changes } = shown;
  const newest = waiting ?? inForce;
  return (
    <Page
      view={view}
      title={t('calendar.title')}
      failed={faults.length > 0}
      back={{ href: paths.manage(t.locale), text: t('common.manage') }}
      wide
    >
      <Faults t={t} faults={faults} />
      <p>{t('calendar.text')}</p>
      <h2 class="govuk-heading-m">{t('calendar.inForce')}</h2>
      {inForce && calendar.inForce ? (
        <CalendarFacts t={t} file={inForce} sha256={calendar.inForce} shown={shown} />
      ) : (
        <Inset>{t('calendar.none')}</Inset>
      )}
      {waiting && calendar.waiting && (
        <>
          <h2 class="govuk-heading-m">{t('calendar.waiting')}</h2>
          <CalendarFacts t={t} file={waiting} sha256={calendar.waiting} shown={shown} />
        </>
      )}
      {newest && <Changes t={t} changes={changes} />}
      {calendar.waiting && (
        <form method="post" action={paths.enforceCalendar(t.locale)}>
          <p>{t('calendar.enforce.text')}</p>
          <Hidden name="sha256" value={calendar.waiting} />
          <Button>{t('calendar.enforce')}</Button>
        </form>
      )}
      {inForce && <Followers t={t} shown={shown} />}
      <h2 class="govuk-heading-m">{t('calendar.import')}</h2>
      <form method="post" action={paths.calendar(t.locale)} enctype="multipart/form-data">
        <FileField
          t={t}
          name="file"
          label={t('calendar.file')}
          hint={t('calendar.fileHint')}
          accept=".json,application/json"
        />
        <Button {...(calendar.waiting && { kind: 'secondary' })}>{t('manage.import')}</Button>
      </form>
    </Page>
  );
};

type FactsProps = { t: Translator; file: CalendarFile; sha256: Sha256; shown: CalendarView };

const CalendarFacts = ({ t, file, sha256, shown }: FactsProps) => {
  const since = shown.calendar.versions.findLast((version) => version.sha256 === sha256)?.inForceAt;
  const counts = { holidays: file.holidays.length, moved: file.transferred.length };
  return (
    <>
      <Facts
        facts={[
          { name: t('calendar.years'), value: yearsOf(file).join(', ') },
          { name: t('calendar.days'), value: t('calendar.daysText', counts) },
          ...(since ? [{ name: t('calendar.since'), value: t.moment(since) }] : []),
          { name: t('calendar.digest'), value: <Digest value={sha256} /> },
        ]}
      />
      <Source t={t} of={file} />
    </>
  );
};

const Changes = ({ t, changes }: { t: Translator; changes: readonly CalendarChange[] }) =>
  changes.length === 0 ? (
    <p>{t('calendar.noChanges')}</p>
  ) : (
    <Table
      caption={t('calendar.changes')}
      head={[
        t('manage.intake'),
        t('calendar.what'),
        t('calendar.count'),
        t('calendar.before'),
        t('calendar.after'),
        t('calendar.then'),
      ]}
      numeric={[2]}
      rows={changes.map(({ round, what, count, told, before, after }) => [
        round.plan.intake,
        t(`calendar.what.${what}`),
        t.number(count),
        t.moment(before, round.plan.timeZone),
        t.moment(after, round.plan.timeZone),
        t(told ? 'calendar.then.told' : 'calendar.then.expected'),
      ])}
    />
  );

const Followers = ({ t, shown: { rounds, calendar } }: { t: Translator; shown: CalendarView }) =>
  rounds.length === 0 ? null : (
    <>
      <Table
        caption={t('calendar.rounds')}
        head={[t('manage.intake'), t('calendar.counts'), t('calendar.follow')]}
        rows={rounds.map((round) => [
          <a href={paths.managed(t.locale, round.id)}>{round.plan.intake}</a>,
          t(`calendar.counts.${countsBy(round, calendar.inForce)}`),
          <Follow t={t} round={round} inForce={calendar.inForce} />,
        ])}
      />
      <p>{t('calendar.follow.text')}</p>
    </>
  );

type FollowProps = { t: Translator; round: Round; inForce: Sha256 | undefined };

const Follow = ({ t, round, inForce }: FollowProps) =>
  inForce === undefined || round.plan.calendar === inForce ? (
    <>–</>
  ) : (
    <form method="post" action={paths.followCalendar(t.locale, round.id)}>
      <Hidden name="sha256" value={inForce} />
      <button type="submit" class="link-button">
        {t('calendar.follow')} <span class="govuk-visually-hidden">{round.plan.intake}</span>
      </button>
    </form>
  );

const countsBy = ({ plan }: Round, inForce: Sha256 | undefined): 'file' | 'region' | 'older' => {
  if (plan.calendar === undefined) return 'file';
  return plan.calendar === inForce ? 'region' : 'older';
};
