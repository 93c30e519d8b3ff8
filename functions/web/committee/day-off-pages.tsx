import { type DayCounts, type DayTime, type DayView, leaving } from '#functions/commands/interview-days.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { type DayHolder, holderName } from '#shared/domain/interview-day.ts';
import type { Panel } from '#shared/domain/panel.ts';
import { atHour } from '#shared/domain/zone.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, ErrorSummary, Hidden, TextArea, WarningText } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { dayPaths } from './day-paths.ts';

/** What was typed and is shown once more. */
export type Again = { typed: string; errors: readonly FieldError[]; status: 409 | 422 };

type Of = { place: OpenWorkplace; panels: readonly Panel[] };

const holderWords = (t: Translator, { place, panels }: Of, holder: DayHolder): string => {
  if (holder.kind === 'committee') return t('panel.committee');
  if (holder.kind === 'panel') {
    const panel = panels.find(({ id }) => id === holder.panel);
    return t('panel.number', { number: panel?.number ?? 0 });
  }
  const station = place.file.interviews.stations?.find(({ code }) => code === holder.station);
  return t('day-off.station', { title: station ? textIn(t, station.title) : holder.station });
};

const dayWords = (t: Translator, { place }: Of, day: string): string =>
  t.day(atHour(place.file.timeZone, day, 12), place.file.timeZone);

type DaysProps = Of & { view: View; days: readonly DayCounts[] };

export const DaysPage = ({ view, days, ...of }: DaysProps) => {
  const { t } = view;
  const { round, file } = of.place;
  return (
    <Page
      view={view}
      title={t('day-off.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.interviews(t.locale, round.id), text: t('interview.title') }}
      wide
    >
      <p>{t('day-off.text')}</p>
      {days.length === 0 && <p>{t('day-off.none')}</p>}
      {days.length > 0 && (
        <Table
          caption={t('day-off.title')}
          hideCaption
          head={[
            t('day-off.day'),
            t('day-off.holder'),
            t('day-off.times'),
            t('day-off.booked'),
            t('day-off.off'),
          ]}
          numeric={[2, 3, 4]}
          rows={days.map(({ day, holder, times, booked, calledOff }) => [
            dayWords(t, of, day),
            <a href={dayPaths.one(t.locale, round.id, day, holderName(holder))}>
              {holderWords(t, of, holder)}
              <span class="govuk-visually-hidden"> {dayWords(t, of, day)}</span>
            </a>,
            t.number(times),
            t.number(booked),
            t.number(calledOff),
          ])}
        />
      )}
    </Page>
  );
};

type DayProps = { view: View; day: DayView; again: Again | undefined };

export const DayPage = ({ view, day, again }: DayProps) => {
  const { t } = view;
  const { file, round } = day.place;
  return (
    <Page
      view={view}
      title={t(isGone(day) ? 'day-off.gone' : 'day-off.one', {
        holder: holderWords(t, day, day.holder),
        day: dayWords(t, day, day.day),
      })}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: dayPaths.all(t.locale, round.id), text: t('day-off.title') }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <div id="affected">
        {day.times.length === 0 && !isGone(day) && <p>{t('day-off.none')}</p>}
        {day.times.length > 0 && (
          <Times
            t={t}
            day={day}
            caption={t('day-off.affected', { count: leaving(day.times).length })}
            times={day.times}
          />
        )}
      </div>
      {leaving(day.times).length > 0 && <CallOff t={t} day={day} again={again} />}
      {day.calledOff.length > 0 && <Restore t={t} day={day} />}
    </Page>
  );
};

/** Everything of the day was called off, and nothing was planned since. */
const isGone = ({ times, calledOff }: DayView): boolean => times.length === 0 && calledOff.length > 0;

const CallOff = ({ t, day, again }: { t: Translator; day: DayView; again: Again | undefined }) => {
  const told = leaving(day.times).filter(({ applicationId }) => applicationId).length;
  return (
    <section class="screen-only">
      {day.place.file.interviews.stations && <p>{t('day-off.parts')}</p>}
      <WarningText t={t}>
        {told > 0 ? t('day-off.warning', { count: told }) : t('day-off.nobody')}
      </WarningText>
      {told > 0 && <p>{t('day-off.next')}</p>}
      <form method="post" action={dayPaths.one(...addressOf(t, day))} novalidate>
        <Hidden name="digest" value={day.digest} />
        <TextArea
          t={t}
          name="reason"
          label={t('interview.callOff.reason')}
          hint={t('interview.callOff.hint')}
          value={again?.typed ?? ''}
          errors={again?.errors}
        />
        <Button kind="warning">{t('day-off.confirm')}</Button>
      </form>
    </section>
  );
};

const Restore = ({ t, day }: { t: Translator; day: DayView }) => (
  <section>
    <Times t={t} day={day} caption={t('day-off.restorable')} times={day.calledOff} />
    <p>{t('day-off.restore.text')}</p>
    <form method="post" action={dayPaths.restoration(...addressOf(t, day))} class="screen-only">
      <Button kind="secondary">{t('day-off.restore')}</Button>
    </form>
  </section>
);

const addressOf = ({ locale }: Translator, { place, day, holder }: DayView) =>
  [locale, place.round.id, day, holderName(holder)] as const;

type TimesProps = { t: Translator; day: DayView; caption: string; times: readonly DayTime[] };

const Times = ({ t, day, caption, times }: TimesProps) => (
  <Table
    caption={caption}
    head={[t('interview.starts'), t('apply.numberName')]}
    rows={times.map(({ slot, number, stays }) => [
      t.moment(slot.startsAt, day.place.file.timeZone),
      <>
        {[number ?? (stays ? [] : t('interview.free')), stays ? t(`day-off.stays.${stays}`) : []]
          .flat()
          .join(', ')}
      </>,
    ])}
  />
);
