import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { Pairing } from '#shared/domain/partner.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import { type Column, PagedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { LatestOffer } from './status.tsx';

type PairsProps = { view: View; board: OfferPreview; pairs: readonly Pairing[] };

/** Who applies together with whom, and how the offers of each stand: information for the administrator, and no rule. */
export const Pairs = ({ view, board: { contenders, round }, pairs }: PairsProps) => {
  const { t } = view;
  const offers = new Map(contenders.map(({ state }) => [state.number, state.offers]));
  const latest = ({ number }: Pairing) => offers.get(number)?.at(-1);
  const columns: Column<Pairing>[] = [
    {
      name: 'number',
      head: t('apply.numberName'),
      by: ({ number }) => number,
      cell: ({ number }) => <span class="whole">{number}</span>,
    },
    {
      name: 'offer',
      head: t('offer.board.partnerOffer'),
      by: (pair) => latest(pair)?.vacancy,
      cell: (pair) => <LatestOffer t={t} offer={latest(pair)} />,
    },
    {
      name: 'partner',
      head: t('offer.board.partner'),
      by: ({ partner }) => partner,
      cell: (pair) => partnerText(t, pair),
    },
  ];
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.pairs')}</h2>
      <p>{t('offer.board.pairsText')}</p>
      <PagedTable
        view={view}
        at={paths.offers(t.locale, round.id)}
        name="pairs"
        caption={t('offer.board.pairs')}
        hideCaption
        columns={columns}
        rows={pairs}
      />
    </>
  );
};

const partnerText = (t: Translator, { partner, isMutual }: Pairing): string => {
  if (!partner) return t('offer.board.partnerElsewhere');
  return isMutual ? partner : t('offer.board.partnerOneSided', { number: partner });
};
