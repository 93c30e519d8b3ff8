import type { MarksHistory } from '#functions/commands/marks-views.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type Colour, Digest, Facts, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { criterionName } from '../words.ts';
import { undoingFacts } from './undoing-facts.ts';

type Brought = MarksHistory['imports'][number];
type ImportsProps = {
  view: View;
  history: MarksHistory;
  names: ReadonlyMap<PersonId, string>;
};

const colours: Record<Brought['status'], Colour> = {
  waiting: 'yellow',
  confirmed: 'green',
  refused: 'grey',
  replaced: 'grey',
  undone: 'red',
};

/** Every file that was brought, newest first, with what became of it. */
export const Imports = (props: ImportsProps) => {
  const { t } = props.view;
  const { imports } = props.history;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('marks.history')}</h2>
      {imports.length === 0 && <p>{t('marks.history.none')}</p>}
      {imports.map((brought) => (
        <Import {...props} brought={brought} />
      ))}
    </section>
  );
};

const Import = ({ view: { t }, history, names, brought }: ImportsProps & { brought: Brought }) => {
  const { place, mayImport, mayBring } = history;
  const { id } = place.round.state;
  const { number, status, confirmed, endedAt, said } = brought;
  const zone = place.file.timeZone;
  const who = (by: PersonId, at: Brought['at']): string => `${names.get(by) ?? by}, ${t.moment(at, zone)}`;
  const typed = confirmed?.typed === undefined ? '' : `; ${t('marks.typed', { count: confirmed.typed })}`;
  return (
    <article>
      <h3 class="govuk-heading-s">
        {t('marks.fileNumber', { number })} <Tag colour={colours[status]}>{t(`marks.status.${status}`)}</Tag>{' '}
        {brought.countsAt.length > 0 && <Tag colour="turquoise">{t('marks.counts')}</Tag>}
      </h3>
      <Facts
        facts={[
          {
            name: t('marks.criterion'),
            value: brought.criteria.map((code) => criterionName(t, place.file, code)).join('; '),
          },
          {
            name: t('marks.totals'),
            value: `${t.number(brought.count)}; ${t.number(brought.sum)}`,
          },
          { name: t('marks.brought'), value: who(brought.by, brought.at) },
          ...(confirmed
            ? [{ name: t('marks.confirmed'), value: `${who(confirmed.by, confirmed.at)}${typed}` }]
            : []),
          ...(endedAt ? [{ name: t('marks.ended'), value: t.moment(endedAt, zone) }] : []),
          ...(said === undefined ? [] : [{ name: t('marks.reason'), value: said }]),
          ...brought.asked.flatMap((asked) => undoingFacts(t, asked, who)),
          { name: t('marks.digest'), value: <Digest value={brought.sha256} /> },
          { name: t('marks.fileDigest'), value: <Digest value={brought.file} /> },
        ]}
      />
      {mayBring && status === 'waiting' && (
        <p>
          <a href={paths.marksFile(t.locale, id, number)}>{t('marks.preview.link')}</a>
        </p>
      )}
      {mayImport && status === 'confirmed' && (
        <p>
          <a href={paths.marksUndoing(t.locale, id, number)}>
            {t(brought.asked.at(-1)?.status === 'waiting' ? 'marks.undo.waiting' : 'marks.undo.title', {
              number,
            })}
          </a>
        </p>
      )}
    </article>
  );
};
