import { type StationHolders, stationHolders } from '#functions/commands/interview-circuit.ts';
import type { InterviewsView } from '#functions/commands/interview-view.ts';
import { Longer, Provision } from '#shared/domain/access-need.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import { type Panel, PanelProvision } from '#shared/domain/panel.ts';
import { sitsAt } from '#shared/domain/panel-stations.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes, type Option, Select, TextField } from '../fields.tsx';
import { many, one, type Typed } from '../form.ts';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { holderWords } from '../stations.tsx';
import { interviewLanguages, textIn } from '../words.ts';
import type { Refused } from './interviews.tsx';

type FormProps = {
  t: Translator;
  plan: Pick<InterviewsView, 'place' | 'panels'>;
  refused: Refused | undefined;
};

/** Plans times one after another. */
export const PlanForm = ({ t, plan, refused }: FormProps) => {
  const { round, file } = plan.place;
  const errors = refused?.errors;
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
        <Holders t={t} plan={plan} refused={refused} />
        <ProvidedFields t={t} refused={refused} />
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

/** Who holds the interviews that are planned, and where. */
export const Holders = (form: FormProps) =>
  form.plan.place.file.interviews.stations ? <StationPanels {...form} /> : <PanelOrPlace {...form} />;

/** What is there besides, and whether more time is needed. */
export const ProvidedFields = ({ t, refused }: Omit<FormProps, 'plan'>) => (
  <>
    <Checkboxes
      t={t}
      name="provides"
      label={t('interview.provides')}
      hint={t('interview.provides.hint')}
      values={refused ? many(refused.typed, 'provides') : []}
      options={PanelProvision.options.map((code) => ({ value: code, text: t(`panel.provides.${code}`) }))}
    />
    <Select
      t={t}
      name="longer"
      label={t('interview.longer')}
      hint={t('interview.longer.hint')}
      empty={t('interview.longer.none')}
      value={refused ? one(refused.typed, 'longer') : ''}
      options={[
        { value: '25', text: t('interview.longer.25') },
        { value: '50', text: t('interview.longer.50') },
      ]}
    />
  </>
);

type Said = { provides?: Provision[]; stepFree?: boolean; longer?: Longer };

/** What was said of them in a form: nothing where nothing was ticked. */
export const providedTyped = (typed: Typed): Said => {
  const provides = Provision.options.filter((code) => many(typed, 'provides').includes(code));
  const stepFree = one(typed, 'stepFree');
  const longer = Longer.safeParse(Number(one(typed, 'longer'))).data;
  return {
    ...(provides.length > 0 && { provides }),
    ...((stepFree === 'yes' || stepFree === 'no') && { stepFree: stepFree === 'yes' }),
    ...(longer && { longer }),
  };
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
          options={panelOptions(t, panels)}
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
      <Select
        t={t}
        name="stepFree"
        label={t('interview.steps')}
        hint={t('interview.steps.hint')}
        empty={t('interview.steps.unknown')}
        value={typed('stepFree')}
        options={['yes' as const, 'no' as const].map((value) => ({
          value,
          text: t(`interview.steps.${value}`),
        }))}
        errors={refused?.errors}
      />
    </>
  );
};

/** Which panel holds each of the stations; the same one may hold several. */
const StationPanels = ({ t, plan, refused }: FormProps) =>
  plan.panels.length === 0 ? (
    <Inset>{t('station.noPanels')}</Inset>
  ) : (
    <>
      {stationHolders(plan.place, plan.panels).map((station) => (
        <StationPanel t={t} plan={plan} refused={refused} station={station} />
      ))}
    </>
  );

/** Panels that sit there, and the one that was sent, whatever it is. */
const StationPanel = ({ t, plan, refused, station }: FormProps & { station: StationHolders }) => {
  const name = `stations.${station.code}`;
  const sent = refused ? one(refused.typed, name) : '';
  const panels = plan.panels.filter((panel) => sitsAt(panel, station.code) || panel.id === sent);
  return (
    <Select
      t={t}
      name={name}
      label={t('station.panel', { title: textIn(t, station.title) })}
      hint={station.panels.length === 0 ? holderWords(t, station) : undefined}
      empty={t('station.choose')}
      value={sent}
      errors={refused?.errors}
      options={panelOptions(t, panels)}
    />
  );
};

const panelOptions = (t: Translator, panels: readonly Panel[]): Option[] =>
  panels.map(({ id, number, languages }) => ({
    value: id,
    text: `${t('panel.number', { number })}: ${interviewLanguages(t, languages)}`,
  }));
