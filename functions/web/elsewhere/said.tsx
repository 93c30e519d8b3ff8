import { Answer } from '#shared/domain/elsewhere-gone.ts';
import { newestStatement } from '#shared/domain/elsewhere-stating.ts';
import { regionName } from '#shared/domain/region.ts';
import { nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import { DateField } from '../date-field.tsx';
import { Button, Hidden, Radios, TextField } from '../fields.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { dateIn } from '../words.ts';
import type { Brought } from './arrivals.tsx';
import type { PeopleProps } from './people.tsx';

export type TypedSaid = { who: string; answer: string; on: string };

/** What people answered so far, and the form that notes more of it. */
export const SaidSoFar = ({ view: { t }, of, typed }: PeopleProps & { typed?: TypedSaid | undefined }) => {
  const { place, isErased } = of;
  const { given, said = [] } = place.record?.state ?? {};
  if (!given || given.posts.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.said')}</h2>
      {said.length > 0 && (
        <Table
          caption={t('elsewhere.said')}
          hideCaption
          head={[t('elsewhere.said.number'), t('elsewhere.said.answer'), t('elsewhere.said.on')]}
          rows={said.map((one) => [
            <span class="whole">{nameOfNewcomer(one)}</span>,
            t(`elsewhere.said.${one.answer}`),
            dateIn(t, one.on),
          ])}
        />
      )}
      {!isErased && <SaidForm t={t} roundId={place.round.id} typed={typed} />}
    </section>
  );
};

const SaidForm = ({
  t,
  roundId,
  typed,
}: {
  t: PeopleProps['view']['t'];
  roundId: string;
  typed: TypedSaid | undefined;
}) => (
  <form method="post" action={paths.elsewhereSaid(t.locale, roundId)} class="screen-only" novalidate>
    <p>{t('elsewhere.said.text')}</p>
    <TextField
      t={t}
      name="number"
      label={t('elsewhere.said.number')}
      type="text"
      width={20}
      value={typed?.who ?? ''}
    />
    <Radios
      t={t}
      name="answer"
      label={t('elsewhere.said.answer')}
      value={typed?.answer ?? ''}
      options={Answer.options.map((value) => ({ value, text: t(`elsewhere.said.${value}`) }))}
    />
    <DateField t={t} name="on" label={t('elsewhere.said.on')} value={typed?.on ?? ''} />
    <Button kind="secondary">{t('elsewhere.said.note')}</Button>
  </form>
);

/** The statement for the region of one packet: what it would say, the newest that was made, or why there is none. */
export const StatementOf = ({ view: { t }, of, brought }: PeopleProps & { brought: Brought }) => {
  const { place, isErased, answers } = of;
  const people = answers.get(brought.number) ?? [];
  const newest = newestStatement(brought);
  const region = regionName(brought.from)[t.locale];
  if (isErased || (people.length === 0 && !newest)) return null;
  if (!brought.replyTo) return <Inset>{t('elsewhere.fault.noReply')}</Inset>;
  const isNew = JSON.stringify(newest?.people) !== JSON.stringify(people);
  return (
    <>
      {newest && !newest.made && <Inset>{t('elsewhere.statement.signing')}</Inset>}
      {newest?.made && (
        <p>
          {t('elsewhere.statement.signed', {
            at: t.moment(newest.made.at, place.work.file.timeZone),
            count: newest.people.length,
            region,
          })}{' '}
          <a href={paths.elsewhereStatement(t.locale, place.round.id, brought.number)}>
            {t('elsewhere.statement.open')}
          </a>
        </p>
      )}
      {isNew && (
        <form method="post" action={paths.elsewhereStatement(t.locale, place.round.id, brought.number)}>
          <p>{t('elsewhere.statement.text', { region })}</p>
          <Hidden name="confirmed" value={people.length} />
          <Button>{t('elsewhere.statement.sign', { count: people.length })}</Button>
        </form>
      )}
    </>
  );
};
