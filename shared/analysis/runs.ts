/** Applications from `item` to before `end` with `each` ratings: their ratings are those from `from` to before `to`. */
export type Run = { item: number; end: number; each: number; from: number; to: number };

/**
 * Applications that follow each other with equally many ratings: in most rounds all of them, or all between two anchor applications. A
 * pass over the ratings need not ask at each application where the next begins, and three ratings, which most rounds ask for, can be
 * written out, which takes half as long.
 * @param first as in the table of ratings
 */
export const runsOf = (first: Int32Array): Run[] => {
  const runs: Run[] = [];
  const items = first.length - 1;
  for (let item = 0; item < items; ) {
    const from = first[item] ?? 0;
    const each = (first[item + 1] ?? 0) - from;
    let end = item + 1;
    while (end < items && (first[end + 1] ?? 0) - (first[end] ?? 0) === each) end += 1;
    runs.push({ item, end, each, from, to: first[end] ?? 0 });
    item = end;
  }
  return runs;
};
