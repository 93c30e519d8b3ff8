import type { ListName } from '#functions/commands/lists.ts';
import type { CardStage } from '#shared/domain/stage.ts';
import type { MessageKey } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

type Props = { view: View; roundId: string } & (
  | { name: Exclude<ListName, 'scores'> }
  /** `isOwn`: a chair has those of own applications alone while the stage goes on. */
  | { name: 'scores'; part: CardStage; isOwn: boolean }
);

/** A list as a file for a spreadsheet, both ways; that it was taken is logged. */
export const ListLinks = ({ view: { t }, roundId, ...list }: Props) => {
  const address = (type: 'xlsx' | 'csv'): string =>
    paths.list(t.locale, roundId, `${list.name}.${type}`) +
    (list.name === 'scores' && list.part !== 'scoring' ? `?part=${list.part}` : '');
  return (
    <p class="screen-only">
      {t(textOf(list))}{' '}
      <a href={address('xlsx')} download>
        XLSX
      </a>
      {', '}
      <a href={address('csv')} download>
        CSV
      </a>
      . {t('lists.logged')}
    </p>
  );
};

const textOf = (list: Pick<Props, 'name'> & { part?: CardStage; isOwn?: boolean }): MessageKey => {
  if (list.name !== 'scores') return 'lists.take';
  if (list.part === 'interviews') return list.isOwn ? 'lists.interviews.own' : 'lists.interviews';
  return list.isOwn ? 'lists.scores.own' : 'lists.scores';
};
