import type { OfferBoard } from '#functions/commands/offer-board.ts';
import { placeInDigits, waitingOn } from '#functions/commands/waiting-list.ts';
import { acceptedOffer, openOffers } from '#shared/domain/offer.ts';
import { pageOf } from '../paged.tsx';
import { paths } from '../paths.ts';
import { type Column, SortedTable, sortedRows } from '../sorted-table.tsx';
import type { View } from '../view.ts';

type Contender = OfferBoard['contenders'][number];

type Board = OfferBoard & { round: { id: string } };

type Props = { view: View; board: Board; page: number };

const list = 'waiting';

/** Of a number people look for one, so it is what the list is sorted by if not by rank. */
const number = {
  name: 'number',
  by: ({ state }: Contender) => state.number,
};

/** Who has neither an offer nor a post nor is about to be asked, best rank first: a page of them, and places only of these. */
export const WaitingTable = ({ view, board, page }: Props) => {
  const { t } = view;
  const waiting = waitingOf(board);
  const sorted = sortedRows({ view, name: list, columns: [number], rows: waiting });
  const { rows, ...place } = pageOf(sorted, page);
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.waiting')}</h2>
      <p>{t('offer.board.waitingText', { count: waiting.length })}</p>
      {rows.length > 0 && (
        <SortedTable
          view={view}
          at={paths.offers(t.locale, board.round.id)}
          name={list}
          caption={t('waiting.board')}
          columns={columnsOf(view, waitingOn(board, new Set(rows.map(({ id }) => id))))}
          rows={rows}
          place={place}
        />
      )}
    </>
  );
};

const waitingOf = ({ contenders, wave }: Board): Contender[] => {
  const next = new Set<string>(wave.map(({ applicationId }) => applicationId));
  return contenders.filter(
    ({ state }) =>
      !state.withdrawnAt &&
      !state.deferred &&
      !acceptedOffer(state) &&
      openOffers(state).length === 0 &&
      !next.has(state.applicationId),
  );
};

const columnsOf = ({ t }: View, places: ReturnType<typeof waitingOn>): Column<Contender>[] => [
  {
    ...number,
    head: t('apply.numberName'),
    cell: ({ state }) => <span class="whole">{state.number}</span>,
  },
  {
    name: 'places',
    head: t('waiting.places'),
    cell: ({ id }) =>
      (places.get(id) ?? []).map((place) => `${place.vacancy}: ${placeInDigits(place)}`).join(', ') || '–',
  },
];
