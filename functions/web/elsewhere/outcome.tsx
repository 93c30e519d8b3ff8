import type { ListPreview } from '#functions/commands/elsewhere-import.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import { Button, FileField, Hidden } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

type Props = { view: View; of: ListPreview; reader: string; errors: readonly FieldError[] };

/** What became of who was handed over: the file that says it, the button that lets everyone be told, or when they were. */
export const Outcome = (props: Props) => {
  const { view, of } = props;
  const { t } = view;
  const { list, place } = of;
  if (!list.handed) return null;
  const { outcome } = list;
  const many = (count: number): string => t('elsewhere.outcome.people', { count });
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.outcome')}</h2>
      <p>{t('elsewhere.outcome.text', { region: regionName(list.region)[t.locale] })}</p>
      {outcome && (
        <Facts
          facts={[
            { name: t('elsewhere.outcome.posts'), value: many(outcome.posts.length) },
            { name: t('elsewhere.outcome.none'), value: many(list.handed.people - outcome.posts.length) },
            { name: t('elsewhere.key'), value: <Digest value={outcome.key} /> },
          ]}
        />
      )}
      {outcome?.confirmed ? (
        <Inset>
          {t('elsewhere.outcome.told', {
            at: t.moment(outcome.confirmed.at, place.work.file.timeZone),
            count: outcome.confirmed.told,
          })}
        </Inset>
      ) : (
        <Deciding {...props} />
      )}
    </section>
  );
};

const Deciding = ({ view: { t }, of: { place, list, untold }, reader, errors }: Props) => {
  if (!permit('elsewhere.outcome', place.work.by.role, place.round.stage).ok) return null;
  const confirms = paths.confirmElsewhereOutcome(t.locale, place.round.id, list.number);
  return (
    <>
      {list.outcome?.by === reader && <Inset>{t('elsewhere.outcome.secondPerson')}</Inset>}
      {list.outcome && list.outcome.by !== reader && (
        <form method="post" action={confirms}>
          <Hidden name="outcome" value={list.outcome.sha256} />
          <Hidden name="confirmed" value={untold} />
          <Button>{t('elsewhere.outcome.confirm', { count: untold })}</Button>
        </form>
      )}
      <form
        method="post"
        action={paths.elsewhereOutcome(t.locale, place.round.id, list.number)}
        enctype="multipart/form-data"
        novalidate
      >
        <FileField
          t={t}
          name="outcome"
          label={t('elsewhere.outcome.file', { region: regionName(list.region)[t.locale] })}
          hint={t('elsewhere.bring.hint')}
          accept=".json,application/json"
          errors={errors}
        />
        <Button kind="secondary">{t('elsewhere.outcome.check')}</Button>
      </form>
    </>
  );
};
