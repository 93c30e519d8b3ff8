import { regionName } from '#shared/domain/region.ts';
import { nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import { Table } from '../parts.tsx';
import { schoolName } from '../words.ts';
import type { PeopleProps } from './people.tsx';
import { TwinForm } from './twins.tsx';

/** Everyone whose packet counts, best first, with how they are reached and the post that they are asked about. */
export const Order = (props: PeopleProps) => {
  const { t } = props.view;
  const { waiting, place } = props.of;
  if (waiting.length === 0) return null;
  return (
    <Table
      caption={t('elsewhere.order')}
      head={[
        t('elsewhere.order.person'),
        t('elsewhere.region'),
        t('elsewhere.order.place'),
        t('elsewhere.order.total'),
        t('elsewhere.order.choices'),
        t('elsewhere.order.post'),
      ]}
      numeric={[3]}
      rows={waiting.map(({ newcomer, vacancy, alsoAs }) => [
        <>
          {newcomer.name}
          <br />
          <span class="whole">{newcomer.number}</span>
          <br />
          {[newcomer.mail, newcomer.phone].filter(Boolean).join(', ')}
        </>,
        regionName(newcomer.from)[t.locale],
        t('elsewhere.order.rank', { rank: newcomer.rank, of: newcomer.of }),
        t.number(newcomer.total),
        newcomer.choices.join(', '),
        alsoAs ? (
          <TwinOf {...props} name={nameOfNewcomer(newcomer)} alsoAs={alsoAs} />
        ) : vacancy ? (
          `${vacancy.code}, ${schoolName(t, vacancy)}`
        ) : (
          t(place.record?.state.given ? 'elsewhere.order.none' : 'elsewhere.order.noneNow')
        ),
      ])}
    />
  );
};

/** Beside somebody who counts as another: why, and what a person may say of it while posts are not given. */
const TwinOf = ({ view: { t }, of, name, alsoAs }: PeopleProps & { name: string; alsoAs: string }) => {
  const { state } = of.place.record ?? {};
  const isRuled = (state?.twins ?? []).some(
    ({ one, other, same }) => same && [one, other].map(nameOfNewcomer).includes(name),
  );
  return (
    <>
      {t(isRuled ? 'elsewhere.order.twinRuled' : 'elsewhere.order.twin', { other: alsoAs })}
      {!state?.given && <TwinForm t={t} of={of} name={name} other={alsoAs} isRuled={isRuled} />}
    </>
  );
};
