import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Around, openPast, type Past } from '#functions/commands/looking-back.ts';
import type { Route } from '#functions/http/authorize.ts';
import { sessionOf } from '#functions/http/session.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { archived } from './archived.ts';
import { MomentField, momentIn } from './moment-field.tsx';
import { writtenBeside } from './moments.ts';
import { leadsAt, type PastPage, pagesOpen, pastPages } from './pages.ts';

const round = '/:locale{kk|ru|en}/committee/rounds/:round/replay';

/** Pages of a round as they were at a moment, and the way to one that somebody typed. */
export const pastRoutes = (deps: WebDeps): readonly Route[] => [
  show('replay.read', `${round}/at`, leadToMoment(deps)),
  ...pastPages.map((page) => show('replay.read', `${round}/:until${page.tail}`, showThen(deps, page))),
];

const momentOf = (c: Context): Instant | undefined => readInstant(c.req.param('until') ?? '');

/** Runs the page of today over the records of the moment, and takes from it what could be pressed. */
const showThen = (deps: WebDeps, page: PastPage) => async (c: Context) => {
  const command = roundCommand(c, 'replay.read');
  if (!command.ok) return refusalPage(c, command.error);
  const past = await openPast(deps, { ...command.value, until: momentOf(c) });
  if (!past.ok) return refusalPage(c, past.error);
  const roles = page.does && rolesFor(page.does);
  if (roles && !roles.some((role) => sessionOf(c)?.roles.includes(role))) {
    return refusalPage(c, { kind: 'not-allowed' });
  }
  const shown = await page.show({ ...deps, ...past.value.reads })(c);
  if (shown.status !== 200) return shown;
  const view = viewOf(c);
  const { t } = view;
  const { until, place } = past.value;
  const around = await past.value.around();
  const written = writtenBeside(t, place.file.timeZone, [
    until,
    ...[around.since, around.previous, around.next].flatMap((one) => one ?? []),
  ]);
  const banner = <Banner view={view} past={past.value} around={around} written={written} page={page} c={c} />;
  return c.html(
    archived(await shown.text(), {
      banner: await html`${banner}`,
      title: written(until),
      leads: leadsAt(t.locale, place.round.id, until),
      back: wayBack(view, past.value),
    }),
  );
};

/** The overview of the moment, for who may read it; else the page of today that led here. */
const wayBack = ({ t }: View, { place, until }: Past): string =>
  rolesFor('round.replay').includes(place.by.role)
    ? paths.replay(t.locale, place.round.id, until)
    : paths.offers(t.locale, place.round.id);

/** From the form that every page of the past has: by the clocks of the round, or now. */
const leadToMoment = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'replay.read');
  if (!command.ok) return refusalPage(c, command.error);
  const now = deps.clock.now();
  const here = await openPast(deps, { ...command.value, until: now });
  if (!here.ok) return refusalPage(c, here.error);
  const typed = c.req.query('until')?.trim() ?? '';
  const { timeZone } = here.value.place.file;
  const until = typed === '' ? now : momentIn(typed, timeZone);
  const past = await openPast(deps, { ...command.value, until });
  const asked = c.req.query('page') ?? '';
  if (!past.ok) {
    if (past.error.kind !== 'invalid') return refusalPage(c, past.error);
    return c.html(<NoMoment view={viewOf(c)} here={here.value} tail={asked} typed={typed} />, 422);
  }
  const tail = leadsAt(viewOf(c).t.locale, command.value.roundId, past.value.until);
  const to = pastPages.map(({ area }) => tail(`/en/${area}/${command.value.roundId}${asked}`)).find(Boolean);
  return to ? c.redirect(to, 303) : refusalPage(c, { kind: 'not-found', what: 'page' });
};

type FormProps = {
  t: Translator;
  about: { roundId: string; zone: string };
  tail: string;
  value: string;
  errors?: readonly FieldError[];
};

/** To the same page at another moment. */
const MomentForm = ({ t, about: { roundId, zone }, tail, value, errors }: FormProps) => (
  <form method="get" action={paths.past(t.locale, roundId, 'at', '')} novalidate>
    <Hidden name="page" value={tail} />
    <MomentField t={t} zone={zone} value={value} errors={errors ?? []} />
    <Button>{t('replay.show')}</Button>
  </form>
);

/** What was typed comes back with what is wrong with it. */
const NoMoment = ({ view, here, tail, typed }: { view: View; here: Past; tail: string; typed: string }) => {
  const { t } = view;
  const { file, round: about } = here.place;
  const errors = [{ field: 'until', text: t('replay.fault.until') }];
  const back = { href: wayBack(view, here) };
  return (
    <Page view={view} title={t('replay.page.other')} caption={textIn(t, file.title)} failed back={back}>
      <ErrorSummary t={t} errors={errors} />
      <MomentForm
        t={t}
        about={{ roundId: about.id, zone: file.timeZone }}
        tail={tail}
        value={typed}
        errors={errors}
      />
    </Page>
  );
};

type BannerProps = {
  view: View;
  past: Past;
  around: Around;
  written: (moment: Instant) => string;
  page: PastPage;
  c: Context;
};

const Banner = ({ view, past, around, written, page, c }: BannerProps) => {
  const { t } = view;
  const { until, place } = past;
  const zone = place.file.timeZone;
  const roundId = place.round.id;
  const tail = page.tail.replaceAll(/:(\w+)/g, (_all, name: string) => c.req.param(name) ?? '');
  const to = (moment: Instant): string => paths.past(t.locale, roundId, moment, tail) + view.query;
  return (
    <>
      <Inset>
        <p>
          <strong>{t('replay.page.stood', { at: written(until) })}</strong>
        </p>
        {past.roleSince && <p>{t('replay.page.role', { role: t(`account.role.${past.roleSince}`) })}</p>}
        {around.since && <p>{t('replay.page.since', { at: written(around.since) })}</p>}
        <ul class="govuk-list">
          {around.previous && (
            <li>
              <a href={to(around.previous)} rel="prev">
                {t('replay.page.previous', { at: written(around.previous) })}
              </a>
            </li>
          )}
          {around.next && (
            <li>
              <a href={to(around.next)} rel="next">
                {t('replay.page.next', { at: written(around.next) })}
              </a>
            </li>
          )}
          <li>
            <a href={`/${t.locale}/${page.area}/${roundId}${tail}`}>{t('replay.page.today')}</a>
          </li>
        </ul>
        <Details summary={t('replay.page.other')}>
          <MomentForm t={t} about={{ roundId, zone }} tail={tail} value={until} />
          <PastLinks view={view} past={past} />
        </Details>
      </Inset>
    </>
  );
};

type LinksProps = {
  view: View;
  past: Pick<Past, 'until' | 'stage'> & { place: { by: Past['place']['by']; round: { id: string } } };
};

/** To every page of the moment that the reader could open. */
export const PastLinks = ({ view: { t }, past: { until, stage, place } }: LinksProps) => (
  <>
    <h2 class="govuk-heading-s">{t('replay.pages')}</h2>
    <ul class="govuk-list">
      {pagesOpen(place.by.role, stage).map(({ tail, title }) => (
        <li>{title && <a href={paths.past(t.locale, place.round.id, until, tail)}>{t(title)}</a>}</li>
      ))}
    </ul>
  </>
);
