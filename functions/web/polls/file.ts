import type { Context } from 'hono';
import { type TakenResult, takenResult } from '#functions/commands/poll-file.ts';
import { isWalledPlace } from '#functions/commands/poll-result-view.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { spreadsheetOf } from '../lists/file.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { pollCommand } from './page.tsx';

/** What a poll came to as a file for a spreadsheet, with every pair. */
export const showBallotFile = (deps: WebDeps) => async (c: Context) => {
  const command = pollCommand(c, 'poll.read');
  if (!command.ok) return refusalPage(c, command.error);
  const [, type] = /^result\.(csv|xlsx)$/.exec(c.req.param('file') ?? '') ?? [];
  if (type !== 'csv' && type !== 'xlsx') return refusalPage(c, { kind: 'not-found', what: 'document' });
  const found = await takenResult(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { intake, number } = found.value;
  return await spreadsheetOf(c, {
    name: `ballot-${intake}-${number}`,
    type,
    rows: rowsOf(viewOf(c).t, found.value),
  });
};

/** A row an application; how many ballots place it above each of the others stands in the columns of those. */
const rowsOf = (t: Translator, { result: { order } }: TakenResult): (string | number)[][] => {
  const open = order.flatMap((one) => (isWalledPlace(one) ? [] : [one]));
  return [
    [
      t('ballots.place'),
      t('screening.number'),
      t('ballots.by-points'),
      t('ballots.beats'),
      t('ballots.beaten'),
      t('ballots.borda'),
      t('ballots.borda.place'),
      t('ballots.level'),
      ...open.map(({ number }) => t('ballots.pairs.column', { number })),
    ],
    ...order.map((one) =>
      isWalledPlace(one)
        ? [one.place, t(`committee.walled.${one.walled}`)]
        : [
            one.place,
            one.number,
            one.rank ?? '',
            one.beats,
            one.beatenBy,
            one.borda.points === undefined ? '' : rounded(one.borda.points),
            one.borda.place,
            one.level.join(' '),
            ...open.map(({ number }) => one.pairs.find((pair) => pair.number === number)?.above ?? ''),
          ],
    ),
  ];
};
