import { maxReason } from '#functions/commands/reasons.ts';
import type { ItemView, RedactionView } from '#functions/commands/redaction-views.ts';
import { isSettled } from '#shared/domain/redaction-decisions.ts';
import { Button, ErrorSummary, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Colour, Details, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import type { Again } from './copies.tsx';
import { FileItem, ItemForm, type ItemProps, idIn, TextItem } from './items.tsx';
import { titleOf } from './title.ts';

type PageProps = { view: View; redaction: RedactionView; again: Again | undefined };

/** Each original beside its copy, with the forms that release, withhold or take it back. */
export const CopiesPage = ({ view, redaction, again }: PageProps) => {
  const { t } = view;
  const { round, number, applicationId, items } = redaction;
  return (
    <Page
      view={view}
      title={number}
      caption={t('redaction.title')}
      failed={again !== undefined}
      back={{ href: paths.redactions(t.locale, round.id) }}
      wide
    >
      <ErrorSummary
        t={t}
        errors={again?.errors.map((error) => ({ ...error, field: idIn(again.item, error.field) }))}
      />
      <Inset>{t('redaction.onRecord')}</Inset>
      {items.length === 0 && <p>{t('redaction.nothing')}</p>}
      {items.map((item) => (
        <Item t={t} item={item} redaction={redaction} again={again?.item === item.item ? again : undefined} />
      ))}
      <p>
        <a href={paths.timeline(t.locale, round.id, applicationId)}>{t('timeline.title')}</a>
      </p>
    </Page>
  );
};

const colours: Record<ItemView['standing'], Colour> = {
  missing: 'yellow',
  released: 'green',
  withheld: 'grey',
  'taken-back': 'orange',
  stale: 'red',
};

const Item = ({ t, item, redaction, again }: ItemProps) => (
  <section class="card" id={item.item}>
    <h2 class="govuk-heading-m">{titleOf(t, item, redaction.file)}</h2>
    <p>
      <Tag colour={colours[item.standing]}>{t(`redaction.standing.${item.standing}`)}</Tag>{' '}
      {item.at && item.standing !== 'missing' && t.moment(item.at, redaction.file.timeZone)}
    </p>
    {item.standing === 'stale' && <p>{t('redaction.stale.text')}</p>}
    {item.reason !== undefined && (
      <p>
        {t('redaction.reason')}: <span class="typed">{item.reason}</span>
      </p>
    )}
    {item.text && <TextItem t={t} item={item} redaction={redaction} again={again} />}
    {item.file && <FileItem t={t} item={item} redaction={redaction} again={again} />}
    {isSettled(item.standing) ? (
      <ItemForm t={t} item={item} redaction={redaction} press="taking-back">
        <Button kind="secondary">{t('redaction.takeBack')}</Button>
      </ItemForm>
    ) : (
      <Withhold t={t} item={item} redaction={redaction} again={again} />
    )}
  </section>
);

const Withhold = ({ t, item, redaction, again }: ItemProps) => {
  const typed = again && 'reason' in again.typed ? again : undefined;
  return (
    <Details summary={t('redaction.withhold')} open={typed !== undefined}>
      <ItemForm t={t} item={item} redaction={redaction} press="withholding">
        <TextArea
          t={t}
          name="reason"
          id={idIn(item.item, 'reason')}
          label={t('redaction.reason')}
          hint={t('redaction.reason.hint', { maximum: maxReason })}
          rows={2}
          errors={typed?.errors}
          value={typed ? one(typed.typed, 'reason') : ''}
        />
        <Button kind="secondary">{t('redaction.withhold')}</Button>
      </ItemForm>
    </Details>
  );
};
