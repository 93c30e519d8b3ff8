import type { InterviewsView } from '#functions/commands/interview-view.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, type Option, Select, TextField } from '../fields.tsx';
import { one } from '../form.ts';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { interviewLanguages, textIn } from '../words.ts';
import type { Refused } from './interviews.tsx';

type FormProps = { t: Translator; plan: InterviewsView; refused: Refused | undefined };

/** Plans times one after another. */
export const PlanForm = ({ t, plan, refused }: FormProps) => {
  const { round, file } = plan.place;
  const errors = refused?.errors;
  const { stations } = file.interviews;
  const typed = (name: string): string => (refused ? one(refused.typed, name) : '');
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('interview.plan')}</h2>
      <p>{planText(t, file.interviews)}</p>
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
        {stations ? (
          <StationPanels t={t} plan={plan} stations={stations} refused={refused} />
        ) : (
          <PanelOrPlace t={t} plan={plan} refused={refused} />
        )}
        <Button>{t('interview.plan')}</Button>
      </form>
    </section>
  );
};

const planText = (t: Translator, { stations, minutes }: InterviewRule): string => {
  if (!stations) return t('interview.plan.text', { minutes });
  const named = stations.map((station) =>
    t('station.title', { title: textIn(t, station.title), minutes: station.minutes }),
  );
  return t('station.plan', { stations: named.join('; ') });
};

/** A panel at its place, or the whole committee at a place that is typed. */
const PanelOrPlace = ({ t, plan, refused }: FormProps) => {
  const { panels } = plan;
  const typed = (name: string): string => (refused ? one(refused.typed, name) : '');
  return (
    <>
      {panels.length > 0 && (
        <Select
          t={t}
          name="panel"
          label={t('panel.panel')}
          empty={t('panel.committee')}
          value={typed('panel')}
          options={panelOptions(t, plan)}
        />
      )}
      <TextField
        t={t}
        name="place"
        label={t('interview.place')}
        hint={t(panels.length > 0 ? 'panel.place.hint' : 'interview.place.hint')}
        value={typed('place')}
        errors={refused?.errors}
      />
    </>
  );
};

type StationProps = FormProps & { stations: NonNullable<InterviewRule['stations']> };

/** Which panel holds each of the stations; the same one may hold several. */
const StationPanels = ({ t, plan, stations, refused }: StationProps) =>
  plan.panels.length === 0 ? (
    <Inset>{t('station.noPanels')}</Inset>
  ) : (
    <>
      {stations.map(({ code, title }) => (
        <Select
          t={t}
          name={`stations.${code}`}
          label={t('station.panel', { title: textIn(t, title) })}
          empty={t('station.choose')}
          value={refused ? one(refused.typed, `stations.${code}`) : ''}
          errors={refused?.errors}
          options={panelOptions(t, plan)}
        />
      ))}
    </>
  );

const panelOptions = (t: Translator, { panels }: InterviewsView): Option[] =>
  panels.map(({ id, number, languages }) => ({
    value: id,
    text: `${t('panel.number', { number })}: ${interviewLanguages(t, languages)}`,
  }));
