import type { Child } from 'hono/jsx';
import { type Heading, Table } from './parts.tsx';
import { addressOf, type Comparable, type Order, orderIn, sortedBy } from './sorting.ts';
import type { View } from './view.ts';

export type Column<Row> = {
  /** As the address has it. */
  name: string;
  head: string;
  cell: (row: Row) => Child;
  /** What rows are compared by; nobody sorts by a column without it. */
  by?: ((row: Row) => Comparable) | undefined;
  /** A column of numbers: the greatest first when it is sorted, if not said otherwise. */
  numeric?: boolean;
  /** Of numbers where the least is the best, such as ranks. */
  leastFirst?: boolean;
};

type Props<Row> = {
  view: View;
  /** The page of the list, without a query. */
  at: string;
  /** Of the list, in the address. */
  name: string;
  caption: string;
  hideCaption?: boolean;
  columns: readonly Column<Row>[];
  /** In the order in which they are shown where nobody asked for another. */
  rows: readonly Row[];
  /** By what that is, where it is a column. */
  initial?: Order;
};

/** A table whose headings are links that sort it. The same again turns it round. */
export const SortedTable = <Row,>(props: Props<Row>) => {
  const { view, name, caption, hideCaption, columns, rows } = props;
  const sortable = new Set(columns.flatMap((one) => (one.by ? [one.name] : [])));
  const asked = orderIn(view.query, name, sortable);
  const by = columns.find((one) => one.name === asked?.column)?.by;
  const shown = asked && by ? sortedBy(rows, by, { down: asked.down, language: view.t.locale }) : rows;
  return (
    <Table
      id={name}
      caption={caption}
      hideCaption={hideCaption ?? false}
      sorts={{ note: view.t('common.sortable'), label: view.t('common.sortBy') }}
      head={columns.map((column) => headingOf(column, asked ?? props.initial, props))}
      numeric={columns.flatMap(({ numeric }, index) => (numeric === true ? [index] : []))}
      rows={shown.map((row) => columns.map(({ cell }) => cell(row)))}
    />
  );
};

const headingOf = <Row,>(column: Column<Row>, order: Order | undefined, props: Props<Row>): Heading => {
  const { name, head: text, by, numeric, leastFirst } = column;
  if (!by) return text;
  const { view, at, name: list } = props;
  const current = order?.column === name ? order : undefined;
  const down = current ? !current.down : numeric === true && leastFirst !== true;
  return {
    text,
    href: addressOf(at, view.query, list, { column: name, down }),
    ...(current && { sorted: current.down ? 'descending' : 'ascending' }),
  };
};
