/** Rows on a page; a round of ten thousand has a hundred pages. */
const perPage = 100;

/** The page that an address asks for, from 1; the first where it names none that there can be. */
export const pageNumber = (asked: string | null | undefined): number =>
  Math.max(1, Math.floor(Number(asked ?? 1)) || 1);

/** The rows of one page of how many: the last one, where there are fewer by now than when the address was linked to. */
export const pageOf = <Row>(
  all: readonly Row[],
  asked: number,
): { rows: readonly Row[]; page: number; pages: number } => {
  const pages = Math.ceil(all.length / perPage);
  const page = Math.min(asked, Math.max(pages, 1));
  return { rows: all.slice((page - 1) * perPage, page * perPage), page, pages };
};
