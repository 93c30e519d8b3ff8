import type { Offer, OfferStatus } from '#shared/domain/candidacy.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Colour, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';

type Word = OfferStatus | 'conditional' | 'held' | 'overdue';

const colours: Record<Word, Colour> = {
  open: 'blue',
  held: 'orange',
  overdue: 'orange',
  conditional: 'turquoise',
  accepted: 'green',
  declined: 'grey',
  lapsed: 'orange',
  closed: 'grey',
};

/** An open offer, by its condition where it was accepted on one, and by the answer or the lapse that a check holds. */
type Standing = { status: OfferStatus; condition?: unknown; held?: unknown; lapseHeldAt?: unknown };

export const offerStanding = ({ status, condition, held, lapseHeldAt }: Standing): Word => {
  if (status !== 'open') return status;
  if (held !== undefined) return 'held';
  if (lapseHeldAt !== undefined) return 'overdue';
  return condition === undefined ? status : 'conditional';
};

export const offerStatus = (t: Translator, offer: Standing): string =>
  t(`offer.status.${offerStanding(offer)}`);

export const OfferTag = ({
  t,
  offer,
}: {
  t: Translator;
  offer: Pick<Offer, 'status' | 'condition' | 'held' | 'lapseHeldAt'>;
}) => <Tag colour={colours[offerStanding(offer)]}>{offerStatus(t, offer)}</Tag>;

/** The post of the last offer of somebody, and how it stands; a dash where there was none. */
export const LatestOffer = ({ t, offer }: { t: Translator; offer: Offer | undefined }) =>
  offer ? (
    <>
      {offer.vacancy} <OfferTag t={t} offer={offer} />
    </>
  ) : (
    <>–</>
  );

/** The offers of an application and the way to its placement, on the application's own page. */
export const OfferLinks = ({
  t,
  id,
  offers,
}: {
  t: Translator;
  id: ApplicationId;
  offers: readonly Offer[];
}) =>
  offers.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">{t('offer.mine')}</h2>
      <ul class="govuk-list">
        {offers.map((offer) => (
          <li>
            <a href={paths.offer(t.locale, id, offer.id)}>{t('offer.of', { vacancy: offer.vacancy })}</a>{' '}
            <OfferTag t={t} offer={offer} />
          </li>
        ))}
      </ul>
      {offers.some(({ status }) => status === 'accepted') && (
        <p>
          <a href={paths.placement(t.locale, id)}>{t('placement.title')}</a>
        </p>
      )}
    </>
  );
