import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { cancelOwedInterview, planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import {
  type OwedInterviewsView,
  type ShownOwed,
  viewOwedInterviews,
} from '#functions/commands/owed-interview-view.ts';
import { grantOwedInterview, refuseOwedInterview } from '#functions/commands/owed-interviews.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { inConflict } from '#shared/domain/committee.ts';
import { PanelId, type PersonId } from '#shared/domain/ids.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { candidacyCommand } from '../acting.ts';
import { notHeldError } from '../committee/call-off.tsx';
import { CardCounts, PartsOf } from '../committee/interview-parts.tsx';
import { stationPanels } from '../committee/interviews.tsx';
import { planErrors } from '../committee/plan-errors.ts';
import { providedTyped } from '../committee/plan-form.tsx';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { readLocalTime } from '../manage/local-time.ts';
import { type Fact, Facts } from '../parts.tsx';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { type Again, Answering, Cancelling, Counting, Planning } from './forms.tsx';
import { FoundBy } from './found-by.tsx';
import { StepTag } from './list.tsx';
import { Ways } from './meantime.tsx';
import { hasOpenNeeds, OpenNeeds } from './open-needs.tsx';
import { owedPaths } from './paths.ts';

/** One interview that was owed: how far it is, and what the visitor may do about it now. */
export const showOwedInterview = (deps: WebDeps) => async (c: Context) => await onePage(deps, c);

type Found = { view: OwedInterviewsView; one: ShownOwed };

const foundFor = async (deps: WebDeps, command: CandidacyCommand): Promise<Result<Found, Refusal>> => {
  const all = await viewOwedInterviews(deps, command);
  if (!all.ok) return all;
  const { place, owed } = all.value;
  if (inConflict(place.committee?.state, command.by.id, command.applicationId))
    return refuse({ kind: 'conflict-of-interest' });
  const own = owed.find(({ applicationId }) => applicationId === command.applicationId);
  return own ? ok({ view: all.value, one: own }) : refuse({ kind: 'not-found', what: 'page' });
};

const onePage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = candidacyCommand(c, 'owed-interview.read');
  const found = command.ok ? await foundFor(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noPage : found.error);
  const { by, ended } = found.value.one;
  const names = await namesOf(deps, ended ? [by, ended.by] : [by]);
  const props = { view: viewOf(c), found: found.value, names, reader: command.value.by.id, again };
  return c.html(<OnePage {...props} />, again ? 422 : 200);
};

const noPage: Refusal = { kind: 'not-found', what: 'page' };

export const postGrant = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'owed-interview.grant');
  if (!command.ok) return refusalPage(c, command.error);
  const granted = await grantOwedInterview(deps, command.value);
  return granted.ok ? doneAt(c, command.value, 'granted') : refusalPage(c, granted.error);
};

export const postRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'owed-interview.grant');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const refused = await refuseOwedInterview(deps, { ...command.value, reason: one(typed, 'reason') });
  if (refused.ok) return doneAt(c, command.value, 'refused');
  const error = reasonError(refused.error, viewOf(c).t);
  return error
    ? await onePage(deps, c, { form: 'refusal', typed, errors: [error] })
    : refusalPage(c, refused.error);
};

/** Sets the time, typed as the round's own clock shows it. */
export const postTime = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'owed-interview.plan');
  const found = command.ok ? await foundFor(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noPage : found.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const { place } = found.value.view;
  const from = readLocalTime(one(typed, 'from'), place.file.timeZone);
  const panel = PanelId.safeParse(one(typed, 'panel')).data;
  const stations = stationPanels(typed, { place });
  const wanted = { from, place: one(typed, 'place'), panel, stations, ...providedTyped(typed) };
  const planned = await planOwedInterview(deps, { ...command.value, ...wanted });
  if (planned.ok) return doneAt(c, command.value, 'planned');
  const { error } = planned;
  if (error.kind === 'slot-unfit') {
    const errors = [{ field: 'from', text: t('owed-interview.fault.unfit') }];
    return await onePage(deps, c, { form: 'time', typed, errors });
  }
  if (error.kind !== 'invalid') return refusalPage(c, error);
  return await onePage(deps, c, { form: 'time', typed, errors: await planErrors(deps, error.faults, t) });
};

export const postCancellation = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'owed-interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const said = { reason: one(typed, 'reason'), notHeld: one(typed, 'notHeld') === 'yes' };
  const off = await cancelOwedInterview(deps, { ...command.value, ...said });
  if (off.ok) return doneAt(c, command.value, 'cancelled');
  const { t } = viewOf(c);
  const error = reasonError(off.error, t) ?? notHeldError(off.error, t);
  return error
    ? await onePage(deps, c, { form: 'cancellation', typed, errors: [error] })
    : refusalPage(c, off.error);
};

const doneAt = (
  c: Context,
  { roundId, applicationId }: CandidacyCommand,
  done: 'granted' | 'refused' | 'planned' | 'cancelled',
): Response => {
  const page = owedPaths.one(viewOf(c).t.locale, roundId, applicationId);
  return c.redirect(`${page}?done=owed-interview.done.${done}`, 303);
};

type PageProps = {
  view: View;
  found: Found;
  names: ReadonlyMap<PersonId, string>;
  reader: PersonId;
  again: Again | undefined;
};

const OnePage = (props: PageProps) => {
  const { view, found, names, again } = props;
  const { t } = view;
  const { one: owed, view: all } = found;
  const { round, file } = all.place;
  return (
    <Page
      view={view}
      title={owed.number}
      caption={t('owed-interview.title')}
      failed={again !== undefined}
      back={{ href: owedPaths.all(t.locale, round.id), text: t('owed-interview.title') }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{textIn(t, file.title)}</p>
      <Facts facts={factsOf(view, { found, names })} />
      <OpenNeeds t={t} owed={owed} roundId={round.id} />
      <NextStep {...props} />
      {owed.step === 'counted' && round.state.stage === 'offers' && (
        <>
          <p>{t('owed-interview.counted.offers')}</p>
          <Ways t={t} place={all.place} />
        </>
      )}
    </Page>
  );
};

/** What the visitor may do about it now. */
const NextStep = ({ view: { t }, found: { one: owed, view: all }, reader, again }: PageProps) => {
  const { round, by } = all.place;
  const may = (action: Action): boolean => permit(action, by.role, round.state.stage).ok;
  const form = { t, roundId: round.id, owed, again };
  switch (owed.step) {
    case 'waiting':
      return may('owed-interview.grant') ? <Answering {...form} isOwn={owed.by === reader} /> : null;
    case 'granted':
      return may('owed-interview.plan') ? (
        <>
          {!hasOpenNeeds(owed) && (
            <p class="screen-only">
              <a href={owedPaths.held(t.locale, round.id, owed.applicationId)}>
                {t('interview.adjustments')}
              </a>
            </p>
          )}
          <Planning {...form} all={all} />
        </>
      ) : null;
    case 'refused':
    case 'withdrawn':
      return null;
    default:
      return (
        <>
          {may('owed-interview.attend') && (
            <p class="screen-only">
              <a href={owedPaths.held(t.locale, round.id, owed.applicationId)}>{t('owed-interview.open')}</a>
            </p>
          )}
          {owed.step === 'scored' && may('correction.try') && <Counting {...form} />}
          {owed.line.given === 0 && may('owed-interview.plan') && <Cancelling {...form} now={all.now} />}
        </>
      );
  }
};

const factsOf = (
  { t }: View,
  { found: { one: owed, view }, names }: Pick<PageProps, 'found' | 'names'>,
): Fact[] => {
  const { timeZone: zone } = view.place.file;
  const { found, by, at, said, ended, booked, line, total, counted, cancelled, step } = owed;
  const who = (person: PersonId, when: Instant): string =>
    `${names.get(person) ?? person}, ${t.moment(when, zone)}`;
  const sum = counted?.total ?? total;
  return [
    { name: t('apply.numberName'), value: <span class="whole">{owed.number}</span> },
    { name: t('owed-interview.status'), value: <StepTag t={t} step={step} /> },
    { name: t('owed-interview.found'), value: <FoundBy t={t} roundId={view.place.round.id} found={found} /> },
    { name: t('owed-interview.asked'), value: who(by, at) },
    { name: t('owed-interview.reason'), value: said === undefined ? '–' : <span class="typed">{said}</span> },
    ...(ended
      ? [
          {
            name: t(step === 'refused' ? 'owed-interview.refused' : 'owed-interview.granted'),
            value: who(ended.by, ended.at),
          },
        ]
      : []),
    ...(ended?.said === undefined
      ? []
      : [{ name: t('owed-interview.answer'), value: <span class="typed">{ended.said}</span> }]),
    ...(booked
      ? [
          { name: t('interview.starts'), value: `${t.moment(booked.slot.startsAt, zone)}, ${zone}` },
          { name: t('interview.place'), value: <PartsOf t={t} parts={booked.parts} zone={zone} /> },
          { name: t('interview.cards'), value: <CardCounts t={t} line={line} /> },
        ]
      : []),
    ...(sum === undefined
      ? []
      : [{ name: t('owed-interview.total'), value: t('results.percent', { value: t.number(sum) }) }]),
    ...(cancelled.length === 0
      ? []
      : [
          {
            name: t('owed-interview.cancelled'),
            value: cancelled.map(({ startsAt, said: why }) => (
              <div>{[startsAt && t.moment(startsAt, zone), why].filter(Boolean).join(': ')}</div>
            )),
          },
        ]),
  ];
};
