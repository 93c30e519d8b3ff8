import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { WaveOffer } from '#shared/domain/offer-wave.ts';
import { localeNames, locales } from '#shared/i18n/index.ts';
import { AlarmFields, type Refused } from '../alarms.tsx';
import { WalledTag } from '../closed-items.tsx';
import { Button, Hidden } from '../fields.tsx';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Column, PagedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { schoolName } from '../words.ts';
import { vacancyCell } from './made-table.tsx';
import { PartForm } from './part-form.tsx';
import { PostTable } from './post-table.tsx';

export type Letter = { subject: string; text: string };

type Props = {
  view: View;
  board: OfferPreview;
  letters: readonly Letter[];
  mayRelease: boolean;
  again: Refused | undefined;
};

/** The offers that a release would let go, with the first letter, what looks wrong, and the form that lets all go or a part. */
export const Wave = ({ view, board, letters, mayRelease, again }: Props) => {
  const { t } = view;
  const { round, waiting, part, alarms } = board;
  const { offers, through } = part;
  const isPart = through !== undefined;
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.next')}</h2>
      <p>{t('offer.board.nextText', { count: waiting.length })}</p>
      {mayRelease && <PartForm t={t} board={board} />}
      {isPart && <p>{t('offer.part.now', { count: offers.length, of: waiting.length, through })}</p>}
      <PagedTable
        view={view}
        at={paths.offers(t.locale, round.id)}
        name="next"
        caption={t('offer.board.next')}
        hideCaption
        columns={columnsOf(t, board)}
        rows={offers}
      />
      <PostTable view={view} board={board} />
      {letters.map(({ subject, text }, index) => (
        <Details summary={`${localeNames[locales[index] ?? t.locale]}: ${subject}`}>
          <pre class="letter" lang={locales[index]}>
            {text}
          </pre>
        </Details>
      ))}
      {mayRelease && (
        <form method="post" action={paths.offers(t.locale, round.id, isPart ? offers.length : undefined)}>
          <Hidden name="confirmed" value={offers.length} />
          {isPart && <Hidden name="through" value={through} />}
          {isPart && alarms.length > 0 && <p>{t('offer.part.whole')}</p>}
          <AlarmFields t={t} alarms={alarms} refused={again} />
          <Button>{t('offer.board.release', { count: offers.length })}</Button>
        </form>
      )}
    </>
  );
};

const columnsOf = (t: View['t'], board: OfferPreview): Column<WaveOffer>[] => {
  const schools = new Map<string, string>(board.vacancies.map((post) => [post.code, schoolName(t, post)]));
  const schoolOf = ({ vacancy }: WaveOffer): string => schools.get(vacancy) ?? '';
  // Of whom is closed to the reader the row stays, since it is counted and let go with the others.
  const openBy =
    (tell: (offer: WaveOffer) => string) =>
    (offer: WaveOffer): string | undefined =>
      board.wall(offer.applicationId) ? undefined : tell(offer);
  return [
    {
      name: 'number',
      head: t('apply.numberName'),
      by: openBy(({ number }) => number),
      cell: (offer) => {
        const walled = board.wall(offer.applicationId);
        return walled ? <WalledTag t={t} walled={walled} /> : <span class="whole">{offer.number}</span>;
      },
    },
    {
      name: 'vacancy',
      head: t('offer.vacancy'),
      by: openBy(({ vacancy }) => vacancy),
      cell: (offer) => openBy(() => vacancyCell(t, board, offer))(offer) ?? '–',
    },
    {
      name: 'school',
      head: t('offer.school'),
      by: openBy(schoolOf),
      cell: (offer) => openBy(schoolOf)(offer) ?? '–',
    },
  ];
};
