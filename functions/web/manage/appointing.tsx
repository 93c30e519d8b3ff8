import type { CandidateForSeat } from '#functions/commands/committee-view.ts';
import { roleOfSeat, SeatKind } from '#shared/domain/committee.ts';
import { Button, Select } from '../fields.tsx';
import { paths } from '../paths.ts';
import { Unblinded } from '../unblinded.tsx';
import type { View } from '../view.ts';

type Free = readonly CandidateForSeat[];
type AppointingProps = { view: View; free: Free; roundId: string };

/** Gives somebody a seat. Who has seen names or marks is offered as the secretary alone, and who is left out is named with the reason. */
export const Appointing = ({ view, free, roundId }: AppointingProps) => {
  const { t } = view;
  const offered = free.flatMap(offeredAs);
  const unblinded = free.filter(({ isUnblinded }) => isUnblinded);
  return (
    <>
      <h2 class="govuk-heading-m">{t('committee.appoint')}</h2>
      <Unblinded t={t} people={unblinded} />
      {offered.length === 0 ? (
        <p>
          {t('committee.nobodyFree')} <a href={paths.staff(t.locale)}>{t('common.staff')}</a>
        </p>
      ) : (
        <Appoint {...{ view, roundId }} free={offered} />
      )}
    </>
  );
};

/** The roles in which somebody may be given a seat; nobody without any. */
const offeredAs = (person: CandidateForSeat): Free => {
  if (!person.isUnblinded) return [person];
  const roles = person.roles.filter((role) => role === roleOfSeat('secretary'));
  return roles.length > 0 ? [{ ...person, roles }] : [];
};

const Appoint = ({ view: { t }, free, roundId }: AppointingProps) => {
  const seats = SeatKind.options.filter((seat) => free.some(({ roles }) => roles.includes(roleOfSeat(seat))));
  const rolesText = ({ roles }: CandidateForSeat): string =>
    roles.map((role) => t(`account.role.${role}`)).join(', ');
  return (
    <form method="post" action={paths.seats(t.locale, roundId)}>
      <Select
        t={t}
        name="personId"
        label={t('committee.person')}
        options={free.map((person) => ({
          value: person.personId,
          text: `${person.name} (${rolesText(person)})`,
        }))}
      />
      <Select
        t={t}
        name="seat"
        label={t('committee.seat')}
        hint={t('committee.seat.hint')}
        options={seats.map((seat) => ({ value: seat, text: t(`committee.seat.${seat}`) }))}
      />
      <Button>{t('committee.appoint')}</Button>
    </form>
  );
};
