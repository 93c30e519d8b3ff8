import { regionName } from '#shared/domain/region.ts';
import { Button, Select, TextField } from '../fields.tsx';
import { one } from '../form.ts';
import { Digest, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { StaffProps } from './staff.tsx';

/** By which keys other regions sign, and the form that says so. */
export const Keys = ({ view: { t }, of, again }: StaffProps) => {
  const { elsewhere, place, mayPin, regions } = of;
  const typed = (name: string): string => (again ? one(again.typed, name) : '');
  const named = regions
    .map((code) => ({ value: code, text: regionName(code)[t.locale] }))
    .toSorted((a, b) => a.text.localeCompare(b.text, t.locale));
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.keys')}</h2>
      <p>{t('elsewhere.keys.text')}</p>
      {elsewhere.keys.length > 0 && (
        <Table
          caption={t('elsewhere.keys')}
          hideCaption
          head={[t('elsewhere.region'), t('elsewhere.key'), t('elsewhere.pinnedAt')]}
          rows={elsewhere.keys.map(({ region, key, at }) => [
            regionName(region)[t.locale],
            <Digest value={key} />,
            t.moment(at, place.work.file.timeZone),
          ])}
        />
      )}
      {mayPin && (
        <form method="post" action={paths.elsewhereKeys(t.locale, place.round.id)} novalidate>
          <Select
            t={t}
            name="region"
            label={t('elsewhere.region')}
            options={named}
            value={typed('region')}
            empty=""
            errors={again?.errors}
          />
          <TextField
            t={t}
            name="key"
            label={t('elsewhere.key')}
            hint={t('elsewhere.key.hint')}
            autoComplete="off"
            spellCheck={false}
            value={typed('key')}
            errors={again?.errors}
          />
          <Button kind="secondary">{t('elsewhere.pin')}</Button>
        </form>
      )}
    </section>
  );
};
