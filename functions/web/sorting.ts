/*
 * How lists are sorted on pages without a script: each heading is a link, and the state stands in the address, under the name of the list,
 * as a column with a minus where it goes down: `?ranks=-mean&raters=code`. So a page with several lists keeps the order of each.
 */

export type Order = { column: string; down: boolean };

/** What rows are compared by. Nothing comes last, whichever way the list is sorted. */
export type Comparable = number | string | undefined;

/** The order that an address asks for; undefined where it names none, or a column that the list does not have. */
export const orderIn = (query: string, list: string, columns: ReadonlySet<string>): Order | undefined => {
  const asked = new URLSearchParams(query).get(list) ?? '';
  const down = asked.startsWith('-');
  const column = down ? asked.slice(1) : asked;
  return columns.has(column) ? { column, down } : undefined;
};

/**
 * The same page with one list in another order, from its first rows on; what the address says besides stays, but for the notice of what was
 * just done. `page` is what the address calls the page of the list.
 */
export const addressOf = (
  at: string,
  query: string,
  list: string,
  { column, down, page = 'page' }: Order & { page?: string | undefined },
): string => {
  const asked = new URLSearchParams(query);
  for (const passing of ['done', page]) asked.delete(passing);
  asked.set(list, `${down ? '-' : ''}${column}`);
  return `${at}?${asked.toString()}#${list}`;
};

/** Equal ones stay as they came, so that a second column may be sorted within the first by sorting twice. */
export const sortedBy = <Row>(
  rows: readonly Row[],
  of: (row: Row) => Comparable,
  { down, language }: { down: boolean; language: string },
): Row[] => {
  const { compare } = new Intl.Collator(language);
  const keyed = rows.map((row) => ({ row, key: of(row) }));
  return keyed
    .toSorted((a, b) => {
      if (a.key === undefined || b.key === undefined)
        return Number(a.key === undefined) - Number(b.key === undefined);
      const order =
        typeof a.key === 'number' && typeof b.key === 'number'
          ? a.key - b.key
          : compare(String(a.key), String(b.key));
      return down ? -order : order;
    })
    .map(({ row }) => row);
};
