import { exits, runAsProcess, sandboxCommand } from '#infra/sandbox/given.ts';
import { type Column, tableOf } from '#infra/sandbox/table.ts';
import { readBallots } from '#shared/ballots/ballots-csv.ts';
import { cell } from '#shared/ballots/pairwise.ts';
import { type BallotResult, type Placed, resultOf } from '#shared/ballots/result.ts';

const usage = `npm run ballots -- BALLOTS.csv [--json] [--lang kk|ru|en]

The order that ranked ballots come to by the Schulze method, with Borda's count and every pair beside it. Columns: order (best first,
A > C = B), and if there are any voters and without. What each number is: infra/sandbox/README.md.

  --json        as JSON, not rounded
  --lang CODE   the language in which faults are explained (default en)
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, [], ({ json, text, need }, print) => {
  const { names, ballots } = need(readBallots(text));
  const result = resultOf(names, ballots);
  print(json ? JSON.stringify(reportOf(result), null, 2) : pageOf(result));
  return exits.done;
});

/** Null is what the ballots cannot tell. */
const reportOf = ({ ballots, counted, order, smith, measured }: BallotResult<string>) => ({
  ballots,
  order: order.map(({ id, place, level, beats, beatenBy, borda }) => ({
    id,
    place,
    level,
    beats,
    beatenBy,
    borda: borda.points ?? null,
    bordaPlace: borda.place,
  })),
  smith,
  margins: measured,
  pairs: { ids: counted.ids, above: counted.above, compared: counted.compared },
});

const pageOf = (result: BallotResult<string>): string =>
  [
    tableOf(result.order, [
      { title: 'place', of: ({ place }) => place, right: true },
      { title: 'candidate', of: ({ id }) => id },
      { title: 'beats', of: ({ beats }) => beats, right: true },
      { title: 'beaten by', of: ({ beatenBy }) => beatenBy, right: true },
      { title: 'borda', of: ({ borda }) => borda.points?.toFixed(4) ?? '–', right: true },
      { title: 'borda place', of: ({ borda }) => borda.place, right: true },
      { title: 'not told apart from', of: ({ level }) => level.join(', ') },
    ]),
    '',
    pairsOf(result),
    '',
    smithWords(result.smith),
    result.measured === 'alike'
      ? 'By margins instead of winning votes everybody would stand alike.'
      : 'By margins instead of winning votes SOME WOULD STAND OTHERWISE.',
  ].join('\n');

/** How many of the ballots place the one of the row above the one of the column. */
const pairsOf = ({ counted: { ids, above }, order }: BallotResult<string>): string => {
  const placeOf = (id: string): number => ids.indexOf(id);
  const columns = order.map(
    ({ id: other }): Column<Placed<string>> => ({
      title: other,
      of: ({ id }) => (id === other ? '' : cell(above, placeOf(id), placeOf(other))),
      right: true,
    }),
  );
  return tableOf(order, [{ title: 'above', of: ({ id }) => id }, ...columns]);
};

const smithWords = (smith: readonly string[]): string => {
  const [first, ...others] = smith;
  if (first === undefined) return '';
  return others.length === 0
    ? `More voters place ${first} above each of the others than below it.`
    : `No single one beats all others: ${smith.join(', ')} are in a draw or beat one another in a circle.`;
};

if (import.meta.main) await runAsProcess(main);
