import type { Context } from 'hono';
import type { InterviewView } from '#functions/commands/interview-own.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { AccessNeed } from '#shared/domain/access-need.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { accessOf, DayPart, InterviewWishes, maxOther } from '#shared/domain/interview-wishes.ts';
import type { Lack } from '#shared/domain/panel.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, Hidden, Select, TextArea, WarningText } from '../fields.tsx';
import { many, one, readTyped, type Typed } from '../form.ts';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { dateIn, needNames, optionName } from '../words.ts';
import { askedOf } from './application.ts';

/** Keeps what the applicant asks of the interview; what no form can have sent is left out. */
export const postWishes = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const wishes = wishesIn(await readTyped(c));
  const facts = { maximum: maxOther };
  if ((wishes.other?.length ?? 0) > maxOther) {
    const fault = { place: 'other', message: 'application-form.too-long', facts };
    return refusalPage(c, { kind: 'invalid', faults: [fault] });
  }
  const wished = await wishForInterview(deps, { ...asked.value, wishes });
  if (!wished.ok) return refusalPage(c, wished.error);
  const page = paths.interview(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${page}?done=wishes.done.kept`, 303);
};

const wishesIn = (typed: Typed): InterviewWishes => {
  const language = InterviewLanguage.safeParse(one(typed, 'language')).data;
  const part = DayPart.safeParse(one(typed, 'part')).data;
  const { days } = InterviewWishes.shape;
  return {
    ...(language && { language }),
    ...(part && { part }),
    ...neededIn(typed),
    days: days.safeParse([...new Set(many(typed, 'days'))].toSorted()).data ?? [],
  };
};

/** Nothing ticked is an answer as well. A page that was opened before it had the list asked of steps alone. */
const neededIn = (typed: Typed): Pick<InterviewWishes, Need> => {
  if (!('other' in typed)) return { stepFree: one(typed, 'stepFree') === 'yes' };
  const ticked = many(typed, 'needs');
  const needs = AccessNeed.options.filter((need) => ticked.includes(need));
  const other = one(typed, 'other').trim();
  return {
    stepFree: needs.includes('step-free'),
    needs: needs.flatMap((need) => (need === 'step-free' ? [] : [need])),
    ...(other !== '' && { other }),
  };
};

type Need = 'stepFree' | 'needs' | 'other';

/** Why free times are not shown, and what the booked one lacks. */
export const Unfitting = ({ t, interview }: { t: Translator; interview: InterviewView }) => {
  const { left, lacking, owed } = interview;
  const words = (lacks: readonly Lack[]): string[] => lacks.map((lack) => t(`panel.lacks.${lack}`));
  return (
    <>
      <Arranged t={t} interview={interview} />
      {lacking.length > 0 && (
        <WarningText t={t}>
          {t(owed ? 'wishes.owedUnfit' : 'wishes.bookedUnfit', { lacks: words(lacking).join(', ') })}
        </WarningText>
      )}
      {left.times > 0 && (
        <Inset>
          <p>{t('wishes.hidden', { count: left.times })}</p>
          <ul class="govuk-list govuk-list--bullet">
            {[...left.lacks].map(([lack, count]) => (
              <li>
                {words([lack])}: {count}
              </li>
            ))}
          </ul>
          <p>{t('wishes.hidden.ask')}</p>
        </Inset>
      )}
    </>
  );
};

/** Whether what a person arranges is confirmed. */
const Arranged = ({ t, interview }: { t: Translator; interview: InterviewView }) => {
  const { arranging, invited, owed, file } = interview;
  const isToCome = invited || (owed !== undefined && owed.status !== 'counted');
  if (!isToCome || !arranging || arranging.needs.length === 0) return null;
  const needs = needNames(t, arranging.needs, 'wishes.other.said');
  const { arrangedAt: at } = arranging;
  return (
    <p>
      {at
        ? t('wishes.arranged', { needs, at: t.moment(at, file.timeZone) })
        : t('wishes.toArrange', { needs })}
    </p>
  );
};

/** Asked before a time is chosen; folded away, so that the times stay near. */
export const Wishes = ({ t, interview }: { t: Translator; interview: InterviewView }) => {
  const { application, asked, owed } = interview;
  return (
    <Details summary={t('wishes.title')}>
      {owed && <p>{t('wishes.owed')}</p>}
      <form method="post" action={paths.interviewWishes(t.locale, application.id)} novalidate>
        <Select
          t={t}
          name="language"
          label={t('wishes.language')}
          empty={t('wishes.any')}
          value={asked.language}
          options={InterviewLanguage.options.map((code) => ({
            value: code,
            text: optionName(t, 'languages', code),
          }))}
        />
        <Checkboxes
          t={t}
          name="needs"
          label={t('wishes.needs')}
          hint={t('wishes.needs.hint')}
          values={accessOf(asked)}
          options={AccessNeed.options.map((need) => ({
            value: need,
            text: optionName(t, 'accessNeeds', need),
          }))}
        />
        <TextArea t={t} name="other" label={t('wishes.other')} rows={3} value={asked.other ?? ''} />
        {owed ? <KeptTimes asked={asked} /> : <BestTimes t={t} interview={interview} />}
        <Button kind="secondary">{t('wishes.save')}</Button>
      </form>
    </Details>
  );
};

const BestTimes = ({ t, interview: { asked, days } }: { t: Translator; interview: InterviewView }) => (
  <>
    <Select
      t={t}
      name="part"
      label={t('wishes.part')}
      hint={t('wishes.part.hint')}
      empty={t('wishes.any')}
      value={asked.part}
      options={DayPart.options.map((part) => ({ value: part, text: t(`wishes.${part}`) }))}
    />
    {days.length > 0 && (
      <Checkboxes
        t={t}
        name="days"
        label={t('wishes.days')}
        values={asked.days}
        options={days.map((day) => ({ value: day, text: dateIn(t, day) }))}
      />
    )}
  </>
);

/** The secretary sets the time of an interview that is owed: what was wished of the stage's times stays as it was. */
const KeptTimes = ({ asked: { part, days } }: Pick<InterviewView, 'asked'>) => (
  <>
    {part && <Hidden name="part" value={part} />}
    {days.map((day) => (
      <Hidden name="days" value={day} />
    ))}
  </>
);
