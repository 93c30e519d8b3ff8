import type { BroughtList } from '#shared/domain/elsewhere.ts';
import { regionName } from '#shared/domain/region.ts';
import { Button, FileField } from '../fields.tsx';
import { type Colour, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { StaffProps } from './staff.tsx';

export const listColours: Record<BroughtList['status'], Colour> = {
  waiting: 'yellow',
  confirmed: 'green',
  refused: 'grey',
  stopped: 'grey',
};

/** Lists of other regions, and the form that brings one. */
export const Lists = ({ view: { t }, of, again }: StaffProps) => {
  const { elsewhere, place, mayImport } = of;
  const { id } = place.round;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.brought')}</h2>
      <p>{t('elsewhere.brought.text')}</p>
      {elsewhere.lists.length > 0 && (
        <Table
          caption={t('elsewhere.brought')}
          hideCaption
          head={[
            t('elsewhere.region'),
            t('elsewhere.vacancies'),
            t('elsewhere.choosingUntil'),
            t('elsewhere.status'),
          ]}
          numeric={[1]}
          rows={elsewhere.lists.map((list) => [
            <a href={paths.elsewhereList(t.locale, id, list.number)}>
              {regionName(list.region)[t.locale]}, {list.intake}
            </a>,
            t.number(list.posts),
            t.moment(list.choosingUntil, place.work.file.timeZone),
            <Tag colour={listColours[list.status]}>{t(`elsewhere.status.${list.status}`)}</Tag>,
          ])}
        />
      )}
      {mayImport && (
        <form
          method="post"
          action={paths.elsewhereLists(t.locale, id)}
          enctype="multipart/form-data"
          novalidate
        >
          <FileField
            t={t}
            name="file"
            label={t('elsewhere.bring')}
            hint={t('elsewhere.bring.hint')}
            accept=".json,application/json"
            errors={again?.errors}
          />
          <Button kind="secondary">{t('elsewhere.check')}</Button>
        </form>
      )}
    </section>
  );
};
