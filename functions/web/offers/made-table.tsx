import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Button } from '../fields.tsx';
import { PartLinks } from '../paged.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Column, PagedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { conditionName } from './condition.tsx';
import { quotaTag } from './kept.tsx';
import { OfferTag, offerStanding, offerStatus } from './status.tsx';

/** All offers that were made, or those that stand in one way. */
export const madeParts = [
  'all',
  'open',
  'held',
  'overdue',
  'conditional',
  'accepted',
  'declined',
  'lapsed',
  'closed',
] as const;
export type MadePart = (typeof madeParts)[number];

type Made = { applicationId: string; number: string; offer: Offer };

type Props = { view: View; board: OfferPreview; show: MadePart; mayConfirm: boolean };

const list = 'made';

/** Every offer that was made, best rank first, a page at a time; whoever may, confirms here what one was accepted on. */
export const MadeTable = ({ view, board, show, mayConfirm }: Props) => {
  const { t } = view;
  const { contenders, round, wall } = board;
  const at = paths.offers(t.locale, round.id);
  const made = contenders.flatMap(({ state: { applicationId, number, offers } }) =>
    wall(applicationId) ? [] : offers.map((offer): Made => ({ applicationId, number, offer })),
  );
  if (made.length === 0) {
    return <Inset>{t(board.closed.length > 0 ? 'offer.board.noneToSee' : 'offer.board.none')}</Inset>;
  }
  const of = (part: MadePart): Made[] =>
    part === 'all' ? made : made.filter(({ offer }) => offerStanding(offer) === part);
  const parts = madeParts.map((name) => ({
    name,
    label: t(name === 'all' ? 'offer.board.all' : `offer.status.${name}`),
    count: of(name).length,
  }));
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.made')}</h2>
      <PartLinks t={t} at={at} id={list} shown={show} parts={parts.filter(({ count }) => count > 0)} />
      <PagedTable
        view={view}
        at={at}
        name={list}
        caption={t('offer.board.made')}
        hideCaption
        columns={columnsOf(view, board, mayConfirm)}
        rows={of(show)}
      />
    </>
  );
};

const columnsOf = ({ t }: View, { file, round }: OfferPreview, mayConfirm: boolean): Column<Made>[] => [
  {
    name: 'number',
    head: t('apply.numberName'),
    by: ({ number }) => number,
    cell: ({ number }) => <span class="whole">{number}</span>,
  },
  {
    name: 'vacancy',
    head: t('offer.vacancy'),
    by: ({ offer }) => offer.vacancy,
    cell: ({ offer }) => vacancyCell(t, { file }, offer),
  },
  {
    name: 'status',
    head: t('offer.status'),
    by: ({ offer }) => offerStatus(t, offer),
    cell: ({ offer }) => <OfferTag t={t} offer={offer} />,
  },
  {
    name: 'when',
    head: t('offer.board.when'),
    by: ({ offer }) => offer.endedAt ?? offer.expiresAt,
    cell: ({ applicationId, offer }) => (
      <>
        {t.moment(offer.endedAt ?? offer.expiresAt, file.timeZone)}
        {offer.condition && `, ${conditionName(t, file, offer)}`}
        {mayConfirm && offer.status === 'open' && offer.condition && (
          <form method="post" action={paths.conditionMet(t.locale, round.id, applicationId, offer.id)}>
            <Button kind="secondary">{t('offer.condition.confirm')}</Button>
          </form>
        )}
      </>
    ),
  },
];

/** A post that somebody has through a quota says so. */
export const vacancyCell = (
  t: View['t'],
  { file }: { file: RoundFile },
  { vacancy, reserve }: { vacancy: string; reserve?: string | undefined },
): string => [vacancy, quotaTag(t, file, reserve)].filter((part) => part !== '').join(', ');
