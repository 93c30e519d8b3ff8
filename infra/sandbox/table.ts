export type Column<Row> = { title: string; of: (row: Row) => string | number; right?: true };

/** Rows as aligned text under their titles; nothing for no rows. */
export const tableOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string => {
  const cells = columns.map(({ title, of }) => [title, ...rows.map((row) => String(of(row)))]);
  // Not Math.max(…): a hundred thousand rows are too many arguments.
  const widths = cells.map((column) => column.reduce((most, cell) => Math.max(most, cell.length), 0));
  const line = (place: number): string =>
    columns
      .map(({ right }, index) => {
        const cell = cells[index]?.[place] ?? '';
        const width = widths[index] ?? 0;
        return right ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(0), ...rows.map((_, place) => line(place + 1))].join('\n');
};
