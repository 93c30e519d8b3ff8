import type { SeatView } from '#functions/commands/committee-view.ts';
import type { PracticeOverview } from '#functions/commands/practice-views.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { permit } from '#shared/domain/permission.ts';
import { Hidden } from '../fields.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** What the page of a committee says of its practice: who may score and until when, not how well anybody did. */

type SeatProps = { view: View; seat: SeatView; place: Workplace; practice: PracticeOverview };

export const SeatPractice = ({ view: { t }, seat, place, practice }: SeatProps) => {
  const standing = practice.standings.get(seat.personId);
  if (!standing || seat.left) return <>—</>;
  const { round, by, file } = place;
  const asks = permit('practice.ask', by.role, round.state.stage).ok && standing.kind !== 'practising';
  return (
    <>
      {t(`practice.standing.${standing.kind}`)}
      {standing.kind === 'certified' && (
        <> {t('practice.until', { at: t.day(standing.until, file.timeZone) })}</>
      )}
      {asks && (
        <form method="post" action={paths.askPractice(t.locale, round.id)}>
          <Hidden name="personId" value={seat.personId} />
          <button type="submit" class="link-button">
            {t('practice.ask')} <span class="govuk-visually-hidden">{seat.name}</span>
          </button>
        </form>
      )}
    </>
  );
};

/** How the strictness of those who may score spreads, without whose it is. */
export const Balance = ({
  view: { t },
  practice: { balance },
}: {
  view: View;
  practice: PracticeOverview;
}) =>
  balance ? (
    <p>
      {t('practice.balance', {
        count: balance.raters,
        strictest: t.number(balance.strictest),
        mildest: t.number(balance.mildest),
        mean: t.number(balance.mean),
      })}
    </p>
  ) : null;
