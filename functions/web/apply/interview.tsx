import type { Context } from 'hono';
import { lastGivenUp } from '#functions/commands/called-off.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { type InterviewView, type OwnOwed, viewInterview } from '#functions/commands/interview-own.ts';
import type { PlacedSlot } from '#functions/commands/interview-stations.ts';
import { statusOf } from '#functions/http/problem.ts';
import { calendarFile } from '#shared/calendar-file.ts';
import { SlotId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { besideWords, placeWords } from '../stations.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { askedOf } from './application.ts';
import { Booked } from './booked-interview.tsx';
import { Unfitting, Wishes } from './interview-wishes.tsx';

/** The own interview: when and where, and what else is free. */
export const showOwnInterview = (deps: WebDeps) => async (c: Context) => await interviewPage(deps, c);

const interviewPage = async (
  deps: WebDeps,
  c: Context,
  errors: readonly FieldError[] = [],
  status: 200 | 409 | 422 = 200,
): Promise<Response> => {
  const asked = askedOf(c);
  const found = asked.ok ? await viewInterview(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view: viewOf(c), interview: found.value, errors, now: deps.clock.now() };
  return c.html(<InterviewPage {...props} />, status);
};

/** Books a time, or changes it. When somebody was faster, the page shows what is still free. */
export const postBooking = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const slotId = SlotId.safeParse(one(await readTyped(c), 'slot'));
  if (!slotId.success) {
    return await interviewPage(deps, c, [{ field: 'slot', text: t('interview.slotNeeded') }], 422);
  }
  const booked = await bookInterview(deps, { ...asked.value, slotId: slotId.data });
  if (booked.ok) return done(c, asked.value.applicationId, 'interview.done.booked');
  const { kind } = booked.error;
  if (kind !== 'slot-taken' && kind !== 'slot-unfit') return refusalPage(c, booked.error);
  const text = `${t(`problems.${kind}.title`)}. ${t(`problems.${kind}.help`)}`;
  return await interviewPage(deps, c, [{ field: 'slot', text }], statusOf(booked.error) === 409 ? 409 : 422);
};

export const postCancelling = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const cancelled = await cancelInterview(deps, asked.value);
  if (!cancelled.ok) return refusalPage(c, cancelled.error);
  return done(c, asked.value.applicationId, 'interview.done.cancelled');
};

const done = (c: Context, id: string, key: string): Response =>
  c.redirect(`${paths.interview(viewOf(c).t.locale, id)}?done=${key}`, 303);

/** The booked time for the own calendar; given up or called off, the same appointment as one that does not take place. */
export const downloadInterview = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOf(c);
  const found = asked.ok ? await viewInterview(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const { booked, application, file, version } = found.value;
  const gone = booked ? undefined : await lastGivenUp(deps.records, application.id);
  const { slot, parts } = booked ?? { slot: gone?.slot, parts: [] };
  if (!slot) return refusalPage(c, { kind: 'not-found', what: 'slot' });
  const starts = t.moment(slot.startsAt, file.timeZone);
  const stations = parts.length > 1 ? placeWords(t, parts, file.timeZone) : [];
  const appointment = {
    // One interview, whichever time it has: importing the file again moves the appointment.
    uid: `interview-${application.id}@${new URL(deps.publicOrigin).host}`,
    sequence: version,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    cancelled: !booked,
    stamp: gone?.at ?? slot.movedAt ?? slot.bookedAt ?? deps.clock.now(),
    title: t('interview.calendar.title', { number: application.number }),
    ...(booked && { place: [...new Set(parts.map(({ where }) => where))].join('; ') }),
    text: [textIn(t, file.title), starts, ...stations].join('\n'),
    address: `${deps.publicOrigin}${paths.interview(t.locale, application.id)}`,
  };
  return c.body(calendarFile(file.timeZone, [appointment]), 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `attachment; filename="${application.number}.ics"`,
  });
};

type PageProps = { view: View; interview: InterviewView; errors: readonly FieldError[]; now: Instant };

const InterviewPage = ({ view, interview, errors, now }: PageProps) => {
  const { t } = view;
  const { application, file, booked, invited } = interview;
  const hasBegun = booked !== undefined && booked.slot.startsAt <= now;
  return (
    <Page
      view={view}
      title={t('interview.own')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <Standing t={t} interview={interview} />
      {booked && <Booked t={t} interview={interview} booked={booked} isOver={hasBegun} />}
      {interview.mayWish && (
        <div class="screen-only">
          <Wishes t={t} interview={interview} />
        </div>
      )}
      <Unfitting t={t} interview={interview} />
      {invited && <Choice t={t} interview={interview} errors={errors} hasBegun={hasBegun} />}
    </Page>
  );
};

type ChoiceProps = {
  t: Translator;
  interview: InterviewView;
  errors: readonly FieldError[];
  hasBegun: boolean;
};

/** The free times, or why none can be chosen: once the interview has begun only who missed it gets another one. */
const Choice = ({ t, interview, errors, hasBegun }: ChoiceProps) => {
  const { application, file, booked, missed, free, left } = interview;
  if (hasBegun && !missed) return <p>{t('interview.begun')}</p>;
  if (free.length === 0) {
    return booked ? null : <p>{t(left.times > 0 ? 'interview.noneFits' : 'interview.noneFree')}</p>;
  }
  return (
    <form class="screen-only" method="post" action={paths.interview(t.locale, application.id)} novalidate>
      <Radios
        t={t}
        name="slot"
        label={t(booked ? 'interview.chooseOther' : 'interview.choose')}
        hint={minutesText(t, file)}
        errors={errors}
        options={free.map((time) => ({
          value: time.slot.id,
          text: t.moment(time.slot.startsAt, file.timeZone),
          hint: <WhereAndWith t={t} interview={interview} time={time} />,
        }))}
      />
      <Button>{t(booked ? 'interview.change' : 'interview.book')}</Button>
    </form>
  );
};

type OffProps = { t: Translator; off: NonNullable<InterviewView['calledOff']>; zone: string };

const CalledOff = ({ t, off: { reason, startsAt }, zone }: OffProps) => (
  <Inset>
    <p>
      {startsAt ? t('interview.calledOff.at', { at: t.moment(startsAt, zone) }) : t('interview.calledOff')}
    </p>
    {reason !== '' && <p class="typed">{t('interview.calledOff.reason', { reason })}</p>}
  </Inset>
);

/** What has become of the interview, where that is no time that was booked. */
const Standing = ({ t, interview }: { t: Translator; interview: InterviewView }) => {
  const { owed, missed, calledOff, invited, booked } = interview;
  if (owed) return <OwedText t={t} owed={owed} />;
  return (
    <>
      {missed && <Inset>{t('interview.youMissed')}</Inset>}
      {calledOff && <CalledOff t={t} off={calledOff} zone={interview.file.timeZone} />}
      {!invited && !booked && <p>{t('interview.notNow')}</p>}
    </>
  );
};

/** How far an interview is that was owed, in a sentence to the applicant. */
const OwedText = ({ t, owed: { status, missed, cancelled } }: { t: Translator; owed: OwnOwed }) => (
  <Inset>
    {cancelled && <p>{t('owed-interview.mine.cancelled')}</p>}
    {cancelled && cancelled.reason !== '' && (
      <p class="typed">{t('interview.calledOff.reason', { reason: cancelled.reason })}</p>
    )}
    <p>{t(`owed-interview.mine.${missed ? 'missed' : status}`)}</p>
  </Inset>
);

const minutesText = (t: Translator, { interviews: { stations, minutes } }: InterviewView['file']): string =>
  t(stations ? 'station.minutes' : 'interview.minutes', { minutes });

type TimeProps = { t: Translator; interview: InterviewView; time: PlacedSlot };

/** The same beside a time that can be chosen, each station on a line of its own; without links, since it is part of a choice. */
const WhereAndWith = ({ t, interview: { file, asked }, time }: TimeProps) => {
  const words = placeWords(t, time.parts, file.timeZone);
  const panels = besideWords(t, time, asked).join(' · ');
  if (words.length === 1) return <>{[...words, panels].filter(Boolean).join(' · ')}</>;
  return (
    <>
      {[...words, panels].map((line) => (
        <div>{line}</div>
      ))}
    </>
  );
};
