import type { OfferBoard } from '#functions/commands/offer-board.ts';
import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import { placeInDigits, waitingOn } from '#functions/commands/waiting-list.ts';
import { isStaying } from '#shared/domain/exchange.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { pageOf } from '../paged.tsx';
import { paths } from '../paths.ts';
import { type Column, SortedTable, sortedRows } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { LatestOffer } from './status.tsx';

type Contender = OfferBoard['contenders'][number];

type Props = { view: View; board: OfferPreview; page: number };

const list = 'waiting';

/** Of a number people look for one, so it is what the list is sorted by if not by rank. */
const number = {
  name: 'number',
  by: ({ state }: Contender) => state.number,
};

/**
 * Who has neither an offer nor a post nor is about to be asked, best rank first: a page of them, and places only of these. Once offers have
 * ended nobody waits any more: they were left without a post.
 */
export const WaitingTable = ({ view, board, page }: Props) => {
  const { t } = view;
  const waiting = waitingOf(board);
  const sorted = sortedRows({ view, name: list, columns: [number], rows: waiting });
  const { rows, ...place } = pageOf(sorted, page);
  const isOver = board.round.state.stage !== 'offers';
  return (
    <>
      <h2 class="govuk-heading-m">{t(isOver ? 'offer.board.without' : 'offer.board.waiting')}</h2>
      <p>{t('offer.board.waitingText', { count: waiting.length })}</p>
      {rows.length > 0 && (
        <SortedTable
          view={view}
          at={paths.offers(t.locale, board.round.id)}
          name={list}
          caption={t(isOver ? 'offer.board.without' : 'waiting.board')}
          hideCaption={isOver}
          columns={isOver ? leftColumns(view) : columnsOf(view, board, rows)}
          rows={rows}
          place={place}
        />
      )}
    </>
  );
};

const waitingOf = ({ contenders, wave, wall }: OfferPreview): Contender[] => {
  const next = new Set<string>(wave.map(({ applicationId }) => applicationId));
  return contenders.filter(
    ({ state }) =>
      !wall(state.applicationId) &&
      isStaying(state) &&
      !acceptedOffer(state) &&
      openOffers(state).length === 0 &&
      !next.has(state.applicationId),
  );
};

const numberColumn = ({ t }: View): Column<Contender> => ({
  ...number,
  head: t('apply.numberName'),
  cell: ({ state }) => <span class="whole">{state.number}</span>,
});

const columnsOf = (view: View, board: OfferPreview, rows: readonly Contender[]): Column<Contender>[] => {
  const places = waitingOn(board, new Set(rows.map(({ id }) => id)));
  const placesOf = ({ id }: Contender): string =>
    (places.get(id) ?? []).map((place) => `${place.vacancy}: ${placeInDigits(place)}`).join(', ') || '–';
  return [numberColumn(view), { name: 'places', head: view.t('waiting.places'), cell: placesOf }];
};

/** How the last offer of somebody ended, where there was one. */
const leftColumns = (view: View): Column<Contender>[] => {
  const { t } = view;
  const cell = ({ state }: Contender) => <LatestOffer t={t} offer={state.offers.at(-1)} />;
  return [numberColumn(view), { name: 'last', head: t('offer.board.last'), cell }];
};
