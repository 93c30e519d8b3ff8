import { type Concerned, followsFrom } from '#functions/commands/elsewhere-hearing.ts';
import type { ListPreview } from '#functions/commands/elsewhere-import.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { countingOf, waitingOf } from '#shared/domain/elsewhere-heard.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import { Button, FileField, Hidden, WarningText } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { dateIn } from '../words.ts';

type Props = { view: View; of: ListPreview; reader: string; errors: readonly FieldError[] };

/** What people who were handed over answered there: the sealed statement, what follows from it here, and whom to ask. */
export const Heard = (props: Props) => {
  const { view, of } = props;
  const { t } = view;
  const { list, place } = of;
  if (!list.handed || !permit('elsewhere.outcome', place.work.by.role, place.round.stage).ok) return null;
  const [waits, counts] = [waitingOf(list), countingOf(list)];
  const region = regionName(list.region)[t.locale];
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.heard')}</h2>
      <p>{t('elsewhere.heard.text', { region })}</p>
      {counts?.confirmed && (
        <Inset>
          {t('elsewhere.heard.confirmed', {
            number: counts.number,
            at: t.moment(counts.confirmed.at, place.work.file.timeZone),
          })}
        </Inset>
      )}
      <Conflicts view={view} of={of} />
      {of.concerned.length > 0 && (
        <Table
          caption={t(waits ? 'elsewhere.heard.waits' : 'elsewhere.heard.counts')}
          head={[
            t('elsewhere.said.number'),
            t('elsewhere.said.answer'),
            t('elsewhere.said.on'),
            t('elsewhere.heard.counts'),
          ]}
          rows={of.concerned.map((one) => [
            <span class="whole">{one.said.number}</span>,
            t(`elsewhere.said.${one.said.answer}`),
            dateIn(t, one.said.on),
            effectText(view, of, one),
          ])}
        />
      )}
      <Deciding {...props} />
    </section>
  );
};

/** Nobody holds two posts, and only the person can say which one it is to be. */
const Conflicts = ({ view: { t }, of }: Pick<Props, 'view' | 'of'>) => {
  const count = of.concerned.filter(({ effect }) => effect.kind === 'conflict').length;
  if (count === 0) return null;
  const region = regionName(of.list.region)[t.locale];
  return <WarningText t={t}>{t('elsewhere.heard.conflicts', { count, region })}</WarningText>;
};

const effectText = ({ t }: View, { list, place }: ListPreview, one: Concerned): string => {
  const { effect, candidacy, waiting } = one;
  const zone = place.work.file.timeZone;
  const gone = goneElsewhere(candidacy);
  if (effect.kind === 'noted' && gone?.list === list.sha256)
    return t('elsewhere.heard.gone', { at: t.moment(gone.goneAt, zone) });
  if (effect.kind === 'closes') {
    return [
      t('elsewhere.heard.closes'),
      ...(effect.offers.length > 0
        ? [t('elsewhere.heard.closes.offers', { vacancies: codes(effect.offers) })]
        : []),
      ...(waiting.length > 0 ? [t('elsewhere.heard.closes.places', { vacancies: codes(waiting) })] : []),
    ].join('; ');
  }
  if (effect.kind !== 'conflict') return t(`elsewhere.heard.${effect.kind}`);
  return [
    ...effect.offers.map(({ vacancy, condition, endedAt, madeAt }) =>
      t('elsewhere.heard.conflict', {
        vacancies: vacancy,
        at: t.moment(condition?.acceptedAt ?? endedAt ?? madeAt, zone),
      }),
    ),
    ...effect.further.map(({ region, answer }) =>
      t('elsewhere.heard.further', {
        region: regionName(region)[t.locale],
        on: answer ? dateIn(t, answer.on) : '',
      }),
    ),
  ].join('; ');
};

const codes = (all: readonly { vacancy: string }[]): string => all.map(({ vacancy }) => vacancy).join(', ');

const Deciding = ({ view: { t }, of, reader, errors }: Props) => {
  const { list, place } = of;
  const waits = waitingOf(list);
  const follows = followsFrom(of.concerned);
  const at = { locale: t.locale, roundId: place.round.id, list: list.number };
  return (
    <>
      {waits && <p>{t('elsewhere.heard.follows', follows)}</p>}
      {waits?.by === reader && <Inset>{t('elsewhere.heard.secondPerson')}</Inset>}
      {waits && waits.by !== reader && (
        <form method="post" action={paths.confirmElsewhereAnswers(at.locale, at.roundId, at.list)}>
          <Hidden name="statement" value={waits.sha256} />
          <Hidden name="closing" value={follows.closing} />
          <Hidden name="offers" value={follows.offers} />
          <Hidden name="returning" value={follows.returning} />
          <Hidden name="conflicts" value={follows.conflicts} />
          <Button>{t('elsewhere.heard.confirm')}</Button>
        </form>
      )}
      {!of.isErased && (
        <form
          method="post"
          action={paths.elsewhereAnswers(at.locale, at.roundId, at.list)}
          enctype="multipart/form-data"
          novalidate
        >
          <FileField
            t={t}
            name="statement"
            label={t('elsewhere.heard.file', { region: regionName(list.region)[t.locale] })}
            hint={t('elsewhere.bring.hint')}
            accept=".json,application/json"
            errors={errors}
          />
          <Button kind="secondary">{t('elsewhere.heard.check')}</Button>
        </form>
      )}
    </>
  );
};
