import type { RoundFile } from '#shared/domain/round-file.ts';
import { lineOf, rangesOf, type ThresholdRange, thresholdsOf } from '#shared/domain/threshold.ts';
import { openIn, type SeenList } from '#shared/domain/walls.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details, Tag } from '../parts.tsx';
import { type Column, SortedTable } from '../sorted-table.tsx';
import { orderIn } from '../sorting.ts';
import type { View } from '../view.ts';

type Props = {
  view: View;
  /** The page that it stands on, without a query. */
  at: string;
  list: SeenList;
  file: RoundFile;
};

const name = 'thresholds';

/** What each pass mark would do to a list, those that do the same in one row; folded away until somebody asks or sorts; nothing where points do not decide. */
export const Thresholds = ({ view, at, list, file }: Props) => {
  const { t } = view;
  const rows = rangesOf(thresholdsOf({ stage: list.stage, standings: openIn(list) }, file));
  const line = lineOf(list.stage, file);
  if (!line || rows.length === 0) return null;
  const columns = columnsOf(t);
  const sorted = orderIn(view.query, name, new Set(columns.map((column) => column.name))) !== undefined;
  return (
    <Details summary={t('committee.threshold')} open={sorted} ifOpened>
      <p>{t('committee.threshold.lead', { passMark: t.number(line.passMark) })}</p>
      {line.atMost !== undefined && <p>{t('committee.threshold.atMost', { atMost: line.atMost })}</p>}
      <SortedTable
        view={view}
        at={at}
        name={name}
        caption={t('committee.threshold')}
        hideCaption
        initial={{ column: 'passMark', down: false }}
        columns={columns}
        rows={rows}
      />
    </Details>
  );
};

const columnsOf = (t: Translator): Column<ThresholdRange>[] => [
  {
    name: 'passMark',
    head: t('committee.threshold.passMark'),
    cell: ({ passMark, upTo, own }) => (
      <>
        {own && (
          <>
            <Tag colour="blue">{t('committee.threshold.own')}</Tag>{' '}
          </>
        )}
        {upTo === passMark ? t.number(passMark) : `${t.number(passMark)}–${t.number(upTo)}`}
      </>
    ),
    by: ({ passMark }) => passMark,
    numeric: true,
  },
  number(t, 'reach'),
  number(t, 'goOn'),
  {
    name: 'more',
    head: t('committee.threshold.more'),
    cell: ({ more }) => (more > 0 ? `+${t.number(more)}` : t.number(more)),
    by: ({ more }) => more,
    numeric: true,
  },
];

const number = (t: Translator, column: 'reach' | 'goOn'): Column<ThresholdRange> => ({
  name: column,
  head: t(`committee.threshold.${column}`),
  cell: (row) => t.number(row[column]),
  by: (row) => row[column],
  numeric: true,
});
