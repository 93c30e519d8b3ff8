import type { OfferBoard } from '#functions/commands/offer-board.ts';
import type { Pairing } from '#shared/domain/partner.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';
import { OfferTag } from './status.tsx';

type PairsProps = { t: Translator; board: Pick<OfferBoard, 'contenders'>; pairs: readonly Pairing[] };

/** Who applies together with whom, and how the offers of each stand: information for the administrator, and no rule. */
export const Pairs = ({ t, board: { contenders }, pairs }: PairsProps) => {
  const offers = new Map(contenders.map(({ state }) => [state.number, state.offers]));
  const latest = (number: Pairing['number']) => {
    const offer = offers.get(number)?.at(-1);
    return offer ? (
      <>
        {offer.vacancy} <OfferTag t={t} offer={offer} />
      </>
    ) : (
      '–'
    );
  };
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.pairs')}</h2>
      <p>{t('offer.board.pairsText')}</p>
      <Table
        caption={t('offer.board.pairs')}
        hideCaption
        head={[t('apply.numberName'), t('offer.board.partnerOffer'), t('offer.board.partner')]}
        rows={pairs.map((pair) => [
          <span class="whole">{pair.number}</span>,
          latest(pair.number),
          partnerText(t, pair),
        ])}
      />
    </>
  );
};

const partnerText = (t: Translator, { partner, isMutual }: Pairing): string => {
  if (!partner) return t('offer.board.partnerElsewhere');
  return isMutual ? partner : t('offer.board.partnerOneSided', { number: partner });
};
