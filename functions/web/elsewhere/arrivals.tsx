import { mostResultsBytes } from '#functions/commands/brought-results.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Upload } from '#shared/ports/files.ts';
import { Button, FileField, Hidden } from '../fields.tsx';
import { Digest, Facts, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Renewed, UploadForm } from '../upload-form.tsx';
import { listColours } from './lists.tsx';
import type { PeopleProps } from './people.tsx';
import { StatementOf } from './said.tsx';

export type Brought = NonNullable<
  NonNullable<PeopleProps['of']['place']['record']>['state']['arrivals']
>[number];

/** Packets of other regions, and what became of each. */
export const Arrivals = (props: PeopleProps) => {
  const arrivals = props.of.place.record?.state.arrivals ?? [];
  return (
    <>
      {arrivals.map((brought) => (
        <Packet {...props} brought={brought} />
      ))}
    </>
  );
};

const Packet = ({ view, of, reader, brought }: PeopleProps & { brought: Brought }) => {
  const { t } = view;
  const { place } = of;
  const { number, from, intake, people, packet, status, at } = brought;
  return (
    <article>
      <h2 class="govuk-heading-m">
        {regionName(from)[t.locale]}, {intake}{' '}
        <Tag colour={listColours[status]}>
          {t(status === 'confirmed' ? 'elsewhere.counts' : `elsewhere.status.${status}`)}
        </Tag>
      </h2>
      <Facts
        facts={[
          { name: t('elsewhere.peopleCount'), value: t.number(people) },
          { name: t('elsewhere.broughtAt'), value: t.moment(at, place.work.file.timeZone) },
          { name: t('elsewhere.packet'), value: <Digest value={packet} /> },
        ]}
      />
      {status === 'waiting' && (
        <>
          {brought.by === reader ? (
            <Inset>{t('elsewhere.secondPerson.packet')}</Inset>
          ) : (
            <form method="post" action={paths.confirmElsewherePeople(t.locale, place.round.id, number)}>
              <Hidden name="confirmed" value={people} />
              <Button>{t('elsewhere.people.confirm', { count: people })}</Button>
            </form>
          )}
          <form method="post" action={paths.refuseElsewherePeople(t.locale, place.round.id, number)}>
            <Button kind="secondary">{t('elsewhere.people.refuse')}</Button>
          </form>
        </>
      )}
      {status === 'confirmed' && place.record?.state.given && (
        <>
          <Outcome view={{ t }} of={of} brought={brought} />
          <StatementOf view={view} of={of} reader={reader} brought={brought} />
        </>
      )}
    </article>
  );
};

/** What goes back to the region of these people, once it was decided. */
const Outcome = ({
  view: { t },
  of: { place, isErased },
  brought: { outcome, from, number },
}: {
  view: Pick<PeopleProps['view'], 't'>;
  of: PeopleProps['of'];
  brought: Brought;
}) => {
  if (isErased) return null;
  if (!outcome) return <Inset>{t('elsewhere.outcome.signing')}</Inset>;
  return (
    <>
      <p>{t('elsewhere.outcome.send', { region: regionName(from)[t.locale] })}</p>
      <p>
        <a href={paths.elsewherePeopleOutcome(t.locale, place.round.id, number)}>
          {t('elsewhere.outcome.open')}
        </a>
      </p>
    </>
  );
};

/**
 * The published results, which are larger than a form of ours may be and go straight to storage; then the packet that names them.
 */
export const BringPeople = ({
  view: { t },
  of: { place },
  bringing,
}: PeopleProps & { bringing: Bringing }) => (
  <section>
    <h2 class="govuk-heading-m">{t('elsewhere.people.bring')}</h2>
    {'upload' in bringing ? (
      <>
        <p>{t('elsewhere.people.results.text')}</p>
        <UploadForm
          t={t}
          upload={bringing.upload}
          label={t('elsewhere.people.bundle')}
          hint={t('elsewhere.people.bundle.hint')}
          mediaTypes={['.json', 'application/json']}
          maxBytes={mostResultsBytes}
          renewed={bringing.renewed}
        />
      </>
    ) : (
      <form
        method="post"
        action={paths.elsewherePeople(t.locale, place.round.id)}
        enctype="multipart/form-data"
        novalidate
      >
        <p>
          {t('elsewhere.people.results.sent')}{' '}
          <a href={paths.elsewherePeople(t.locale, place.round.id)}>{t('elsewhere.people.results.anew')}</a>
        </p>
        <Hidden name="results" value={bringing.results} />
        <FileField
          t={t}
          name="packet"
          label={t('elsewhere.people.packet')}
          hint={t('elsewhere.bring.hint')}
          accept=".json,application/json"
        />
        <Button kind="secondary">{t('elsewhere.people.check')}</Button>
      </form>
    )}
  </section>
);

/** First a form for the results; once storage has them, the id by which the packet is brought with them. */
export type Bringing = { upload: Upload; renewed: Renewed } | { results: DocumentId };
