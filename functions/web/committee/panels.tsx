import type { Context } from 'hono';
import { committeeView, type SeatView } from '#functions/commands/committee-view.ts';
import { placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { keepPanel, settledPanels } from '#functions/commands/panels.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { PanelId, PersonId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import { type Panel, PanelProvision, panelistsOf, providedBy } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { sitsAt } from '#shared/domain/panel-stations.ts';
import type { Sitting } from '#shared/domain/sittings.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, many, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { owedPaths } from '../owed/paths.ts';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { provisionWords } from '../stations.tsx';
import { type View, viewOf } from '../view.ts';
import { interviewLanguages, textIn } from '../words.ts';
import { PanelForm } from './panel-form.tsx';
import { planErrors } from './plan-errors.ts';

export type Refused = { typed: Typed; errors: readonly FieldError[] };

/** The panels of a round, when each sits, and a form for one more. */
export const showPanels = (deps: WebDeps) => async (c: Context) => await panelsPage(deps, c);

/** One panel, to be composed anew. */
export const showPanel = (deps: WebDeps) => async (c: Context) => await panelsPage(deps, c);

/** Composes a panel, or one anew; what was typed comes back when it is refused. */
export const postPanel = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'panel.compose');
  const panel = panelAsked(c);
  if (!command.ok) return refusalPage(c, command.error);
  if (!panel.ok) return refusalPage(c, panel.error);
  const typed = await readTyped(c);
  const kept = await keepPanel(deps, { ...command.value, panel: panel.value, input: inputOf(typed) });
  if (kept.ok) {
    return c.redirect(`${paths.panels(t.locale, command.value.roundId)}?done=panel.done.kept`, 303);
  }
  if (kept.error.kind !== 'invalid') return refusalPage(c, kept.error);
  return await panelsPage(deps, c, { typed, errors: await planErrors(deps, kept.error.faults, t) });
};

/** The panel of the address; undefined where it names none. */
const panelAsked = (c: Context): Result<PanelId | undefined, Refusal> => {
  const asked = c.req.param('panel');
  if (asked === undefined) return ok(undefined);
  const id = PanelId.safeParse(asked);
  return id.success ? ok(id.data) : refuse({ kind: 'not-found', what: 'panel' });
};

const inputOf = (typed: Typed) => ({
  members: many(typed, 'members').flatMap((id) => PersonId.safeParse(id).data ?? []),
  languages: many(typed, 'languages').flatMap((code) => InterviewLanguage.safeParse(code).data ?? []),
  stepFree: one(typed, 'stepFree') === 'yes',
  provides: PanelProvision.options.filter((provision) => many(typed, 'provides').includes(provision)),
  place: one(typed, 'place'),
  stations: many(typed, 'stations'),
  site: one(typed, 'site') || undefined,
});

export type PanelsView = {
  place: Workplace;
  panels: readonly Panel[];
  /** Where each sits, by its place's digest. */
  places: ReadonlyMap<string, string>;
  seats: readonly SeatView[];
  /** The one that is composed anew. */
  changing: Panel | undefined;
  /** Those that stay as they are. */
  settled: ReadonlySet<PanelId>;
};

const viewPanels = async (
  deps: WebDeps,
  command: CommitteeCommand,
  asked: PanelId | undefined,
): Promise<Result<PanelsView, Refusal>> => {
  const place = await workplace(deps, command, 'panel.compose');
  if (!place.ok) return place;
  const { panels } = await panelBook(deps.records, command.roundId);
  const changing = panelIn(panels?.state, asked);
  if (asked && !changing) return refuse({ kind: 'not-found', what: 'panel' });
  const all = panels?.state.panels ?? [];
  const { seats } = await committeeView(deps, command.roundId);
  const settled = settledPanels(place.value.round.state, await slotsIn(deps.records, command.roundId));
  const places = await placesOf(deps.records, all);
  return ok({ place: place.value, panels: all, places, seats, changing, settled });
};

const panelsPage = async (deps: WebDeps, c: Context, refused?: Refused): Promise<Response> => {
  const command = roundCommand(c, 'panel.compose');
  const asked = panelAsked(c);
  if (!command.ok) return refusalPage(c, command.error);
  if (!asked.ok) return refusalPage(c, asked.error);
  const found = await viewPanels(deps, command.value, asked.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<PanelsPage view={viewOf(c)} panels={found.value} refused={refused} />, refused ? 422 : 200);
};

type PageProps = { view: View; panels: PanelsView; refused: Refused | undefined };

const PanelsPage = ({ view, panels, refused }: PageProps) => {
  const { t } = view;
  const { place, changing, settled } = panels;
  const roundId = place.round.id;
  return (
    <Page
      view={view}
      title={changing ? t('panel.number', { number: changing.number }) : t('panel.title')}
      caption={textIn(t, place.file.title)}
      failed={refused !== undefined}
      back={changing ? { href: paths.panels(t.locale, roundId), text: t('panel.title') } : before(t, place)}
      wide={!changing}
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      {place.round.state.stage !== 'interviews' && <p>{t('panel.afterwards')}</p>}
      {!changing && <PanelTable t={t} panels={panels} />}
      {changing && settled.has(changing.id) ? (
        <p>{t('panel.fault.settled')}</p>
      ) : (
        <PanelForm t={t} panels={panels} refused={refused} />
      )}
    </Page>
  );
};

/** Where panels are needed: for the timetable, and once that is over for interviews that are owed. */
const before = (t: Translator, { round }: Workplace): { href: string; text: string } =>
  round.state.stage === 'interviews'
    ? { href: paths.interviews(t.locale, round.id), text: t('interview.title') }
    : { href: owedPaths.all(t.locale, round.id), text: t('owed-interview.title') };

type StationRules = NonNullable<InterviewRule['stations']>;

const PanelTable = ({
  t,
  panels: { place, panels, places, seats, settled },
}: {
  t: Translator;
  panels: PanelsView;
}) => {
  const committee = place.committee?.state;
  const { stations } = place.file.interviews;
  const nameOf = (id: PersonId): string => seats.find(({ personId }) => personId === id)?.name ?? id;
  if (panels.length === 0 || !committee) return <p>{t('panel.none')}</p>;
  const head = [
    t('panel.panel'),
    t('panel.members'),
    t('panel.languages'),
    t('interview.place'),
    ...(stations ? [t('panel.stations')] : []),
    t('panel.sits'),
  ];
  return (
    <Table
      caption={t('panel.title')}
      hideCaption
      head={[...head, t('committee.change')]}
      acts={head.length}
      rows={panels.map((panel) => [
        t('panel.number', { number: panel.number }),
        panelistsOf(panel, committee).map(nameOf).join(', '),
        interviewLanguages(t, panel.languages),
        [siteName(t, place.file.interviews, panel), whereOf(t, panel, places)].filter(Boolean).join(': '),
        ...(stations ? [stationNames(t, panel, stations)] : []),
        <Sittings t={t} sittings={panel.sittings} zone={place.file.timeZone} />,
        settled.has(panel.id) ? (
          '–'
        ) : (
          <a href={paths.panel(t.locale, place.round.id, panel.id)}>
            {t('panel.change')}
            <span class="govuk-visually-hidden"> {t('panel.number', { number: panel.number })}</span>
          </a>
        ),
      ])}
    />
  );
};

const whereOf = (t: Translator, panel: Panel, places: PanelsView['places']): string => {
  const there = provisionWords(t, providedBy(panel)).join(', ');
  return `${places.get(panel.place.digest) ?? ''}${there === '' ? '' : ` (${there})`}`;
};

/** The site where a panel sits; nothing for a video call, and where the round names none. */
const siteName = (t: Translator, { travel }: InterviewRule, { site }: Panel): string => {
  const found = travel?.sites.find(({ code }) => code === site);
  return found ? textIn(t, found.title) : '';
};

/** Where a panel sits, in the order of the interview. */
const stationNames = (t: Translator, panel: Panel, stations: StationRules): string =>
  panel.stations
    ? stations
        .filter(({ code }) => sitsAt(panel, code))
        .map(({ title }) => textIn(t, title))
        .join(', ')
    : t('panel.stations.any');

const Sittings = ({ t, sittings, zone }: { t: Translator; sittings: readonly Sitting[]; zone: string }) =>
  sittings.length === 0 ? (
    '–'
  ) : (
    <ul class="govuk-list">
      {sittings.map(({ from, until }) => (
        <li>{t('panel.fromUntil', { from: t.start(from, zone), until: t.moment(until, zone) })}</li>
      ))}
    </ul>
  );
