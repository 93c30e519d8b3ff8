import { regionName } from '#shared/domain/region.ts';
import { Table } from '../parts.tsx';
import { schoolName } from '../words.ts';
import type { PeopleProps } from './people.tsx';

/** Everyone whose packet counts, best first, with how they are reached and the post that they are asked about. */
export const Order = ({ view: { t }, of: { waiting, place } }: PeopleProps) => {
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
        alsoAs
          ? t('elsewhere.order.twin', { other: alsoAs })
          : vacancy
            ? `${vacancy.code}, ${schoolName(t, vacancy)}`
            : t(place.record?.state.given ? 'elsewhere.order.none' : 'elsewhere.order.noneNow'),
      ])}
    />
  );
};
