import type { Context } from 'hono';
import type { InterviewLine } from '#functions/commands/interview-lines.ts';
import { planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { type InterviewsView, viewInterviews } from '#functions/commands/interview-view.ts';
import { statusOf } from '#functions/http/problem.ts';
import { PanelId, SlotId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { readLocalTime } from '../manage/local-time.ts';
import { Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { placedWords } from '../stations.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { CardsGiven } from './cards-given.tsx';
import { dayPaths } from './day-paths.ts';
import { EngagedTag, EngagedWarning, freeWord } from './engaged.tsx';
import { CardCounts, PartsOf, panelNames, RemindLink, SittingsLink } from './interview-parts.tsx';
import { planErrors } from './plan-errors.ts';
import { PlanForm, providedTyped } from './plan-form.tsx';
import { Reminded } from './reminded.tsx';
import { StepsUntold } from './steps.tsx';
import { Unbooked } from './unbooked.tsx';

export type Refused = { typed: Typed; errors: readonly FieldError[] };

/** The plan of the interviews, by application number. */
export const showInterviews = (deps: WebDeps) => async (c: Context) => await interviewsPage(deps, c);

const interviewsPage = async (
  deps: WebDeps,
  c: Context,
  refused?: Refused,
  status: 200 | 422 = 200,
): Promise<Response> => {
  const command = roundCommand(c, 'candidacy.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await viewInterviews(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<InterviewsPage view={viewOf(c)} plan={found.value} refused={refused} />, status);
};

/** The secretary plans slots, typed as the round's own clock shows them. */
export const postSlots = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const seen = await viewInterviews(deps, command.value);
  if (!seen.ok) return refusalPage(c, seen.error);
  const from = readLocalTime(one(typed, 'from'), seen.value.place.file.timeZone);
  const count = Number(one(typed, 'count'));
  const panel = PanelId.safeParse(one(typed, 'panel')).data;
  const stations = stationPanels(typed, seen.value);
  const held = { place: one(typed, 'place'), panel, stations, ...providedTyped(typed) };
  const wanted = { ...command.value, from, count, ...held };
  const planned = await planSlots(deps, wanted);
  if (planned.ok) return done(c, command.value.roundId, 'interview.done.planned');
  if (planned.error.kind !== 'invalid') return refusalPage(c, planned.error);
  const errors = await planErrors(deps, planned.error.faults, t);
  return await interviewsPage(deps, c, { typed, errors }, statusOf(planned.error) === 422 ? 422 : 200);
};

/** The panels that were chosen for stations; what is no panel is left out and then named as missing. */
export const stationPanels = (typed: Typed, { place }: Pick<InterviewsView, 'place'>) =>
  place.file.interviews.stations?.flatMap(({ code: station }) => {
    const panel = PanelId.safeParse(one(typed, `stations.${station}`));
    return panel.success ? [{ station, panel: panel.data }] : [];
  });

/** Takes a free slot out of the plan. */
export const postRemoval = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const slotId = SlotId.safeParse(one(await readTyped(c), 'slot'));
  if (!slotId.success) return refusalPage(c, { kind: 'not-found', what: 'slot' });
  const removed = await removeFreeSlot(deps, { ...command.value, slotId: slotId.data });
  if (!removed.ok) return refusalPage(c, removed.error);
  return done(c, command.value.roundId, 'interview.done.removed');
};

const done = (c: Context, roundId: string, key: string): Response =>
  c.redirect(`${paths.interviews(viewOf(c).t.locale, roundId)}?done=${key}`, 303);

type PageProps = { view: View; plan: InterviewsView; refused: Refused | undefined };

const InterviewsPage = ({ view, plan, refused }: PageProps) => {
  const { t } = view;
  const { round, file, by } = plan.place;
  const plans = permit('interview.plan', by.role, round.state.stage).ok;
  return (
    <Page
      view={view}
      title={t('interview.title')}
      caption={textIn(t, file.title)}
      failed={refused !== undefined}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      {plans && (
        <p class="screen-only">
          <a href={paths.panels(t.locale, round.id)}>{t('panel.title')}</a>
          {' · '}
          <a href={paths.timetable(t.locale, round.id)}>{t('timetable.title')}</a>
          {' · '}
          <a href={dayPaths.all(t.locale, round.id)}>{t('day-off.title')}</a>
        </p>
      )}
      <EngagedWarning
        t={t}
        engaged={plan.engaged}
        slots={plan.slots.map(({ slot }) => slot.slot)}
        zone={file.timeZone}
      />
      {plan.slots.length === 0 ? (
        <p>{t(plan.hasCalledOff ? 'interview.none.calledOff' : 'interview.none')}</p>
      ) : (
        <Slots t={t} plan={plan} plans={plans} />
      )}
      {plan.owing && <RemindLink t={t} place={plan.place} />}
      {plan.slots.length > 0 && <SittingsLink t={t} place={plan.place} />}
      <Unbooked t={t} plan={plan} />
      <Reminded t={t} plan={plan} />
      <CardsGiven view={view} plan={plan} />
      {plans && <StepsUntold t={t} plan={plan} />}
      {plans && <PlanForm t={t} plan={plan} refused={refused} />}
    </Page>
  );
};

const Slots = ({ t, plan, plans }: { t: Translator; plan: InterviewsView; plans: boolean }) => {
  const { round, file, by } = plan.place;
  const reads = permit('interview.read', by.role, round.state.stage).ok;
  const head = [
    t('interview.starts'),
    ...(plan.panels.length > 0 ? [t('panel.panel')] : []),
    t('interview.place'),
    t('apply.numberName'),
    t('interview.cards'),
  ];
  return (
    <Table
      caption={t('interview.title')}
      hideCaption
      head={[...head, ...(plans ? [t('committee.change')] : [])]}
      acts={head.length}
      rows={plan.slots.map(({ slot: placed, line, walled }) => {
        const { slot, parts } = placed;
        return [
          <>
            {t.moment(slot.startsAt, file.timeZone)}
            {plan.engaged.has(slot.id) && <EngagedTag t={t} id={slot.id} />}
          </>,
          ...(plan.panels.length > 0 ? [panelNames(t, parts)] : []),
          <>
            <PartsOf t={t} parts={parts} zone={file.timeZone} />
            {/* Beside a number it would tell of health: only who plans sees it. */}
            {plans && <span class="today-only">{placedWords(t, placed)}</span>}
          </>,
          line ? (
            <Applicant t={t} line={line} roundId={round.id} reads={reads} />
          ) : (
            t(walled ? 'committee.walled.conflict' : freeWord(plan.engaged, slot.id))
          ),
          line ? <CardCounts t={t} line={line} /> : '',
          ...(plans
            ? [
                <>
                  {takesOut(line, slot) && <TakeOut t={t} slot={slot} plan={plan} />}
                  {line && <Moves t={t} line={line} roundId={round.id} />}
                </>,
              ]
            : []),
        ];
      })}
    />
  );
};

const takesOut = (line: InterviewLine | undefined, slot: Slot): boolean =>
  line ? line.given === 0 && !line.missed : !slot.applicationId;

/** A free time is removed at once; a booked one on a page of its own, with a reason. */
const TakeOut = ({ t, slot, plan }: { t: Translator; slot: Slot; plan: InterviewsView }) => {
  const { round, file } = plan.place;
  const about = <span class="govuk-visually-hidden"> {t.moment(slot.startsAt, file.timeZone)}</span>;
  if (slot.applicationId) {
    return (
      <a href={paths.callOff(t.locale, round.id, slot.id)}>
        {t('interview.callOff')}
        {about}
      </a>
    );
  }
  return (
    <form method="post" action={paths.removeSlot(t.locale, round.id)}>
      <Hidden name="slot" value={slot.id} />
      <button type="submit" class="link-button">
        {t('interview.remove')}
        {about}
      </button>
    </form>
  );
};

/** Each station without a scorecard can be moved alone. */
const Moves = ({ t, line, roundId }: Omit<ApplicantProps, 'reads'>) => (
  <>
    {stationsToMove(line).map(({ code, title }) => (
      <div>
        <a href={paths.stationMove(t.locale, roundId, line.applicationId, code)}>
          {t('station.move', { title: textIn(t, title) })}
          <span class="govuk-visually-hidden"> {line.number}</span>
        </a>
      </div>
    ))}
  </>
);

const stationsToMove = ({ missed, stations }: InterviewLine) =>
  stations.flatMap(({ station: { code, title }, given }) =>
    code === undefined || !title || missed || given > 0 ? [] : [{ code, title }],
  );

type ApplicantProps = { t: Translator; line: InterviewLine; roundId: string; reads: boolean };

const Applicant = ({ t, line, roundId, reads }: ApplicantProps) => (
  <>
    <span class="whole">
      {reads ? (
        <a href={paths.interviewed(t.locale, roundId, line.applicationId)}>{line.number}</a>
      ) : (
        line.number
      )}
    </span>{' '}
    {line.short && <Tag colour="red">{t('panel.short')}</Tag>}
    {line.missed && <Tag colour="orange">{t('interview.missed')}</Tag>}
    {line.own && <Tag colour="green">{t('interview.ownGiven')}</Tag>}
  </>
);
