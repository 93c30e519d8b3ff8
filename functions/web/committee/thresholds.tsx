import type { RoundFile } from '#shared/domain/round-file.ts';
import {
  lineOf,
  partThresholdsOf,
  rangesOf,
  type ThresholdRange,
  thresholdsOf,
} from '#shared/domain/threshold.ts';
import { openIn, type SeenList } from '#shared/domain/walls.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { partName } from '#shared/reason-texts.ts';
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

/**
 * What each pass mark would do to a list, and each minimum of a part, those that do the same in one row; folded away until somebody asks or sorts; nothing
 * where points do not decide.
 */
export const Thresholds = ({ view, at, list, file }: Props) => {
  const { t } = view;
  const seen = { stage: list.stage, standings: openIn(list) };
  const rows = rangesOf(thresholdsOf(seen, file));
  const line = lineOf(list.stage, file);
  if (!line || rows.length === 0) return null;
  const parts = partThresholdsOf(seen, file).map(({ code, thresholds }) => ({
    name: `${name}-${code}`,
    title: partName(t, code, file),
    rows: rangesOf(thresholds),
  }));
  const columns = columnsOf(t);
  const asked = new Set(columns.map((column) => column.name));
  const sorted = [name, ...parts.map((part) => part.name)].some((one) => orderIn(view.query, one, asked));
  const shown = { view, at, hideCaption: true, initial: { column: 'passMark', down: false }, columns };
  return (
    <Details summary={t('committee.threshold')} open={sorted} ifOpened>
      <p>{t('committee.threshold.lead', { passMark: t.number(line.passMark) })}</p>
      {line.atMost !== undefined && <p>{t('committee.threshold.atMost', { atMost: line.atMost })}</p>}
      <SortedTable {...shown} name={name} caption={t('committee.threshold')} rows={rows} />
      {parts.map((part) => {
        const caption = t('committee.threshold.part', { title: part.title });
        return (
          <>
            <h3 class="govuk-heading-s">{caption}</h3>
            <SortedTable {...shown} name={part.name} caption={caption} rows={part.rows} />
          </>
        );
      })}
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
