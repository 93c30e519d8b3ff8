import type { InterviewsView } from '#functions/commands/interview-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Select, TextField } from '../fields.tsx';
import { one } from '../form.ts';
import { paths } from '../paths.ts';
import { interviewLanguages } from '../words.ts';
import type { Refused } from './interviews.tsx';

type FormProps = { t: Translator; plan: InterviewsView; refused: Refused | undefined };

/** Plans times one after another, for a panel at its place or for the committee at a place that is typed. */
export const PlanForm = ({ t, plan, refused }: FormProps) => {
  const { round, file } = plan.place;
  const errors = refused?.errors;
  const typed = (name: string): string => (refused ? one(refused.typed, name) : '');
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('interview.plan')}</h2>
      <p>{t('interview.plan.text', { minutes: file.interviews.minutes })}</p>
      <form method="post" action={paths.interviews(t.locale, round.id)} novalidate>
        <TextField
          t={t}
          name="from"
          label={t('interview.from')}
          hint={t('manage.extend.hint', { zone: file.timeZone })}
          type="datetime-local"
          width={20}
          value={typed('from')}
          errors={errors}
        />
        <TextField
          t={t}
          name="count"
          label={t('interview.count')}
          type="text"
          inputMode="numeric"
          width={3}
          value={typed('count')}
          errors={errors}
        />
        {plan.panels.length > 0 && <PanelChoice t={t} plan={plan} value={typed('panel')} />}
        <TextField
          t={t}
          name="place"
          label={t('interview.place')}
          hint={t(plan.panels.length > 0 ? 'panel.place.hint' : 'interview.place.hint')}
          value={typed('place')}
          errors={errors}
        />
        <Button>{t('interview.plan')}</Button>
      </form>
    </section>
  );
};

const PanelChoice = ({ t, plan, value }: { t: Translator; plan: InterviewsView; value: string }) => (
  <Select
    t={t}
    name="panel"
    label={t('panel.panel')}
    empty={t('panel.committee')}
    value={value}
    options={plan.panels.map((panel) => ({
      value: panel.id,
      text: `${t('panel.number', { number: panel.number })}: ${interviewLanguages(t, panel.languages)}`,
    }))}
  />
);
