import type { ListName } from '#functions/commands/lists.ts';
import type { MessageKey } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** A list as a file for a spreadsheet, both ways; that it was taken is logged. */
export const ListLinks = ({
  view: { t },
  roundId,
  name,
  text = 'lists.take',
}: {
  view: View;
  roundId: string;
  name: ListName;
  text?: MessageKey;
}) => (
  <p class="screen-only">
    {t(text)}{' '}
    <a href={paths.list(t.locale, roundId, `${name}.xlsx`)} download>
      XLSX
    </a>
    {', '}
    <a href={paths.list(t.locale, roundId, `${name}.csv`)} download>
      CSV
    </a>
    . {t('lists.logged')}
  </p>
);
