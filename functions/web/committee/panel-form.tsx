import { InterviewLanguage } from '#shared/domain/codes.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import { type Panel, PanelProvision } from '#shared/domain/panel.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes, Select, TextField } from '../fields.tsx';
import { many, one, type Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { optionName, textIn } from '../words.ts';
import type { PanelsView, Refused } from './panels.tsx';

type FormProps = { t: Translator; panels: PanelsView; refused: Refused | undefined };

/** Who sits, in which languages, and where. */
export const PanelForm = ({ t, panels, refused }: FormProps) => {
  const { place, changing, seats } = panels;
  const errors = refused?.errors;
  const now = typedOrKept(panels, refused);
  const roundId = place.round.id;
  return (
    <section class="screen-only">
      {!changing && <h2 class="govuk-heading-m">{t('panel.compose')}</h2>}
      <form
        method="post"
        action={changing ? paths.panel(t.locale, roundId, changing.id) : paths.panels(t.locale, roundId)}
        novalidate
      >
        <Checkboxes
          t={t}
          name="members"
          label={t('panel.members')}
          hint={membersHint(t, place.file.interviews)}
          values={now.members}
          errors={errors}
          options={seats
            .filter(({ seat, left }) => !left && (seat === 'chair' || seat === 'member'))
            .map(({ personId, name, seat }) => ({
              value: personId,
              text: name,
              hint: t(`committee.seat.${seat}`),
            }))}
        />
        <Checkboxes
          t={t}
          name="languages"
          label={t('panel.languages')}
          values={now.languages}
          errors={errors}
          options={InterviewLanguage.options.map((code) => ({
            value: code,
            text: optionName(t, 'languages', code),
          }))}
        />
        <TextField
          t={t}
          name="place"
          label={t('interview.place')}
          hint={t('interview.place.hint')}
          value={now.place}
          errors={errors}
        />
        <Site t={t} panels={panels} refused={refused} />
        <Stations t={t} panels={panels} refused={refused} />
        <Access t={t} values={now.stepFree} />
        <Provides t={t} values={now.provides} />
        <Button>{t(changing ? 'panel.save' : 'panel.compose')}</Button>
      </form>
    </section>
  );
};

const Access = ({ t, values }: { t: Translator; values: readonly string[] }) => (
  <Checkboxes
    t={t}
    name="stepFree"
    label={t('panel.access')}
    values={values}
    options={[{ value: 'yes', text: t('panel.stepFree'), hint: t('panel.stepFree.hint') }]}
  />
);

const Provides = ({ t, values }: { t: Translator; values: readonly string[] }) => (
  <Checkboxes
    t={t}
    name="provides"
    label={t('panel.provides')}
    hint={t('panel.provides.hint')}
    values={values}
    options={PanelProvision.options.map((code) => ({ value: code, text: t(`panel.provides.${code}`) }))}
  />
);

/** At which site it sits, where the round names some. */
const Site = ({ t, panels, refused }: FormProps) => {
  const { travel } = panels.place.file.interviews;
  if (!travel) return null;
  return (
    <Select
      t={t}
      name="site"
      label={t('panel.site')}
      hint={t('panel.site.hint')}
      value={typedOrKept(panels, refused).site}
      errors={refused?.errors}
      options={[
        { value: '', text: t('panel.site.none') },
        ...travel.sites.map(({ code, title }) => ({ value: code, text: textIn(t, title) })),
      ]}
    />
  );
};

/** At which stations it sits, where the interview has some. */
const Stations = ({ t, panels, refused }: FormProps) => {
  const { stations } = panels.place.file.interviews;
  if (!stations) return null;
  return (
    <Checkboxes
      t={t}
      name="stations"
      label={t('panel.stations')}
      hint={t('panel.stations.hint')}
      values={typedOrKept(panels, refused).stations}
      errors={refused?.errors}
      options={stations.map(({ code, title }) => ({ value: code, text: textIn(t, title) }))}
    />
  );
};

/** How many must sit there: as many as scorecards are needed, which each station says of itself. */
const membersHint = (t: Translator, { stations, scorecards, outsiders }: InterviewRule): string => {
  const seats = stations
    ? t('panel.members.hint.stations', {
        stations: stations.map((station) => `${textIn(t, station.title)}: ${station.scorecards}`).join('; '),
      })
    : t('panel.members.hint', { count: Math.max(scorecards, outsiders?.atLeast ?? 0) });
  return outsiders ? `${seats} ${t('panel.members.hint.outsiders', { minimum: outsiders.atLeast })}` : seats;
};

/** What was typed and refused; else what the panel is now. */
const typedOrKept = ({ changing, places }: PanelsView, refused: Refused | undefined) =>
  refused ? typedIn(refused.typed) : keptIn(changing, places);

const typedIn = (typed: Typed) => ({
  members: many(typed, 'members'),
  languages: many(typed, 'languages'),
  place: one(typed, 'place'),
  stepFree: many(typed, 'stepFree'),
  provides: many(typed, 'provides'),
  stations: many(typed, 'stations'),
  site: one(typed, 'site'),
});

const keptIn = (panel: Panel | undefined, places: PanelsView['places']): ReturnType<typeof typedIn> => {
  if (!panel) return typedIn({});
  const { members, languages, place, stepFree, provides = [], stations = [], site = '' } = panel;
  const where = places.get(place.digest) ?? '';
  return {
    members,
    languages,
    place: where,
    stepFree: stepFree ? ['yes'] : [],
    provides,
    stations,
    site,
  };
};
