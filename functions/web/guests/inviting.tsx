import type { TypedGuest } from '#functions/commands/guest-contact.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { RegionCode, regionName } from '#shared/domain/region.ts';
import { localeNames, locales } from '#shared/i18n/index.ts';
import { DateField } from '../date-field.tsx';
import { Button, Select, TextArea, TextField } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** What was typed and refused. */
export type Again = { typed: TypedGuest; errors: readonly FieldError[] };

type InvitingProps = { view: View; place: Workplace; own: RegionCode; again: Again | undefined };

const nothing: TypedGuest = {
  name: '',
  mail: '',
  locale: '',
  region: '',
  applications: '',
  atMost: '',
  until: '',
};

/** The form that invites a guest. */
export const Inviting = ({ view: { t }, place, own, again }: InvitingProps) => {
  const fields = { t, typed: again?.typed ?? { ...nothing, locale: t.locale }, errors: again?.errors ?? [] };
  return (
    <section>
      <h2 class="govuk-heading-m">{t('guests.invite')}</h2>
      <form method="post" action={paths.guests(t.locale, place.round.state.id)} novalidate>
        <Person {...fields} own={own} />
        <Items {...fields} />
        <Button>{t('guests.invite.button')}</Button>
      </form>
    </section>
  );
};

type FieldsProps = { t: View['t']; typed: TypedGuest; errors: readonly FieldError[] };

const Person = ({ t, typed, errors, own }: FieldsProps & { own: RegionCode }) => (
  <>
    <TextField t={t} name="name" label={t('guests.name')} value={typed.name} errors={errors} />
    <TextField
      t={t}
      name="mail"
      label={t('guests.mail')}
      hint={t('guests.mail.hint')}
      inputMode="email"
      value={typed.mail}
      errors={errors}
    />
    <Select
      t={t}
      name="region"
      label={t('guests.region')}
      empty={t('guests.choose')}
      options={RegionCode.options
        .filter((code) => code !== own)
        .map((code) => ({ value: code, text: regionName(code)[t.locale] }))}
      value={typed.region}
      errors={errors}
    />
    <Select
      t={t}
      name="locale"
      label={t('guests.locale')}
      options={locales.map((locale) => ({ value: locale, text: localeNames[locale] }))}
      value={typed.locale}
      errors={errors}
    />
  </>
);

const Items = ({ t, typed, errors }: FieldsProps) => (
  <>
    <TextArea
      t={t}
      name="applications"
      label={t('guests.applications')}
      hint={t('guests.applications.hint')}
      rows={3}
      value={typed.applications}
      errors={errors}
    />
    <TextField
      t={t}
      name="atMost"
      label={t('guests.atMost')}
      hint={t('guests.atMost.hint')}
      inputMode="numeric"
      width={5}
      value={typed.atMost}
      errors={errors}
    />
    <DateField
      t={t}
      name="until"
      label={t('guests.lastDay')}
      hint={t('guests.lastDay.hint')}
      value={typed.until}
      errors={errors}
    />
  </>
);
