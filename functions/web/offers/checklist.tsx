import type { PlacementView } from '#functions/commands/placements.ts';
import type { Item, ItemOwner } from '#shared/domain/placement.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden } from '../fields.tsx';
import { Details, Table, Tag } from '../parts.tsx';
import { textIn } from '../words.ts';

/** Where ticking and taking back are posted to. */
type Addresses = { tick: string; undo: string };

type ChecklistProps = {
  t: Translator;
  of: PlacementView;
  /** Whose items can be ticked on this page; nobody's where it is undefined. */
  owner: ItemOwner | undefined;
  addresses: Addresses;
  now: string;
};

/** What has to be done until somebody begins: by whom, by when, and whether it is. */
export const Checklist = ({ t, of, owner, addresses, now }: ChecklistProps) => {
  const { placement, file } = of;
  const may = placement.status !== 'closed';
  return (
    <Table
      caption={t('placement.checklist')}
      hideCaption
      head={[t('placement.item'), t('placement.owner'), t('placement.due'), t('placement.state')]}
      rows={placement.items.map((item) => [
        titleOf(t, of, item),
        t(`placement.owner.${item.owner}`),
        t.moment(item.dueAt, file.timeZone),
        <>
          <State t={t} of={of} item={item} now={now} />
          {may && item.owner === owner && <Act t={t} item={item} of={of} addresses={addresses} />}
        </>,
      ])}
    />
  );
};

const titleOf = (t: Translator, { file }: PlacementView, { code, required }: Item): string => {
  const known = file.checklist.items.find((item) => item.code === code);
  const title = known ? textIn(t, known.title) : code;
  return required ? title : `${title} ${t('common.optional')}`;
};

const State = ({ t, of, item, now }: { t: Translator; of: PlacementView; item: Item; now: string }) => {
  if (item.done) {
    return (
      <>
        <Tag colour="green">{t('placement.done')}</Tag> {t.moment(item.done.at, of.file.timeZone)}
      </>
    );
  }
  return item.dueAt <= now ? (
    <Tag colour="red">{t('placement.overdue')}</Tag>
  ) : (
    <Tag colour="blue">{t('placement.open')}</Tag>
  );
};

type ActProps = { t: Translator; of: PlacementView; item: Item; addresses: Addresses };

const Act = ({ t, of, item, addresses }: ActProps) => {
  const about = <span class="govuk-visually-hidden"> {titleOf(t, of, item)}</span>;
  if (!item.done) {
    return (
      <form method="post" action={addresses.tick}>
        <Hidden name="code" value={item.code} />
        <Button kind="secondary">
          {t('placement.tick')}
          {about}
        </Button>
      </form>
    );
  }
  return (
    <Details summary={t('placement.undo.summary')}>
      <form method="post" action={addresses.undo} id={`undo-${of.placement.id}-${item.code}`}>
        <Hidden name="code" value={item.code} />
        <ReasonField t={t} id={`${of.placement.id}-${item.code}`} />
        <Button kind="warning">
          {t('placement.undo')}
          {about}
        </Button>
      </form>
    </Details>
  );
};

/** Several of these stand on one page: their ids differ, their name does not. The browser itself holds an empty one back. */
const ReasonField = ({ t, id }: { t: Translator; id: string }) => (
  <div class="govuk-form-group">
    <label class="govuk-label govuk-label--s" for={`reason-${id}`}>
      {t('placement.undo.reason')}
    </label>
    <input class="govuk-input" id={`reason-${id}`} name="reason" type="text" required />
  </div>
);
