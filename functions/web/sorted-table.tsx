import type { Child } from 'hono/jsx';
import { PageLinks, type Place, pageIn, pageOf } from './paged.tsx';
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
  /** Where `rows` are one page of a longer list, cut from it once it was sorted: `pageOf(sortedRows(…), …)`. */
  place?: Place;
};

/** A table whose headings are links that sort it. The same again turns it round. */
export const SortedTable = <Row,>(props: Props<Row>) => {
  const { view, at, name, caption, hideCaption, columns, rows, place } = props;
  const order = orderOf(props) ?? props.initial;
  const shown = place ? rows : sortedRows(props);
  return (
    <>
      <Table
        id={name}
        caption={caption}
        hideCaption={hideCaption ?? false}
        sorts={{ note: view.t('common.sortable'), label: view.t('common.sortBy') }}
        head={columns.map((column) => headingOf(column, order, props))}
        numeric={columns.flatMap(({ numeric }, index) => (numeric === true ? [index] : []))}
        rows={shown.map((row) => columns.map(({ cell }) => cell(row)))}
      />
      {place && <PageLinks t={view.t} at={at} table={{ query: view.query, id: name }} {...place} />}
    </>
  );
};

/** The same a page at a time, with a parameter of its own in the address: several of them may stand on a page. */
export const PagedTable = <Row,>(props: Omit<Props<Row>, 'place'>) => {
  const param = `${props.name}-page`;
  const { rows, ...place } = pageOf(sortedRows(props), pageIn(props.view.query, param));
  return <SortedTable {...props} rows={rows} place={{ ...place, param }} />;
};

type Sorting<Row> = Pick<Props<Row>, 'view' | 'name'> & {
  columns: readonly Pick<Column<Row>, 'name' | 'by'>[];
};

const orderOf = <Row,>({ view, name, columns }: Sorting<Row>): Order | undefined =>
  orderIn(view.query, name, new Set(columns.flatMap((one) => (one.by ? [one.name] : []))));

/** All rows of a list as the address wants them. */
export const sortedRows = <Row,>({ rows, ...list }: Sorting<Row> & Pick<Props<Row>, 'rows'>) => {
  const asked = orderOf(list);
  const by = list.columns.find((one) => one.name === asked?.column)?.by;
  return asked && by ? sortedBy(rows, by, { down: asked.down, language: list.view.t.locale }) : rows;
};

const headingOf = <Row,>(column: Column<Row>, order: Order | undefined, props: Props<Row>): Heading => {
  const { name, head: text, by, numeric, leastFirst } = column;
  if (!by) return text;
  const { view, at, name: list, place } = props;
  const current = order?.column === name ? order : undefined;
  const down = current ? !current.down : numeric === true && leastFirst !== true;
  return {
    text,
    href: addressOf(at, view.query, list, { column: name, down, page: place?.param }),
    ...(current && { sorted: current.down ? 'descending' : 'ascending' }),
  };
};
