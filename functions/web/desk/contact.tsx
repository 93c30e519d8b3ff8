import { localeNames, locales, type Translator } from '#shared/i18n/index.ts';
import { Select, TextArea, TextField } from '../fields.tsx';
import type { FieldError } from '../form.ts';

/** A contact as it was typed, right or wrong. */
export type TypedContact = { name: string; phone: string; address: string; locale: string };

type ContactProps = {
  t: Translator;
  contact: TypedContact;
  errors?: readonly FieldError[] | undefined;
};

/** Who the person is, how they are reached, and in which language. */
export const ContactFields = ({ t, contact, errors }: ContactProps) => (
  <>
    <TextField
      t={t}
      name="name"
      label={t('desk.name')}
      hint={t('desk.name.hint')}
      autoComplete="off"
      spellCheck={false}
      value={contact.name}
      errors={errors}
    />
    <TextField
      t={t}
      name="phone"
      label={t('desk.phone')}
      hint={t('desk.phone.hint')}
      type="tel"
      autoComplete="off"
      width={20}
      value={contact.phone}
      errors={errors}
    />
    <TextArea
      t={t}
      name="address"
      label={t('desk.address')}
      rows={3}
      value={contact.address}
      errors={errors}
    />
    <Select
      t={t}
      name="locale"
      label={t('desk.locale')}
      value={contact.locale}
      errors={errors}
      options={locales.map((locale) => ({ value: locale, text: localeNames[locale] }))}
    />
  </>
);
