import type { Context } from 'hono';
import type { InterviewView } from '#functions/commands/interview-own.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { DayPart, InterviewWishes } from '#shared/domain/interview-wishes.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, Select } from '../fields.tsx';
import { many, one, readTyped, type Typed } from '../form.ts';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { dateIn, optionName } from '../words.ts';
import { askedOf } from './application.ts';

/** Keeps what the applicant asks of the interview; what no form can have sent is left out. */
export const postWishes = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const wished = await wishForInterview(deps, { ...asked.value, wishes: wishesIn(await readTyped(c)) });
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
    stepFree: one(typed, 'stepFree') === 'yes',
    days: days.safeParse([...new Set(many(typed, 'days'))].toSorted()).data ?? [],
  };
};

/** Asked before a time is chosen; folded away, so that the times stay near. */
export const Wishes = ({ t, interview }: { t: Translator; interview: InterviewView }) => {
  const { application, asked, days } = interview;
  return (
    <Details summary={t('wishes.title')}>
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
          name="stepFree"
          label={t('panel.access')}
          values={asked.stepFree ? ['yes'] : []}
          options={[{ value: 'yes', text: t('wishes.stepFree'), hint: t('wishes.stepFree.hint') }]}
        />
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
        <Button kind="secondary">{t('wishes.save')}</Button>
      </form>
    </Details>
  );
};
