import type { ResultLine, ShownEdition } from '#functions/commands/results.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details, Inset, Table } from '../parts.tsx';
import type { View } from '../view.ts';

/** A page of them; whoever wants all compares the two bundles. */
const shownAtMost = 200;

type Props = { view: View; file: Pick<RoundFile, 'timeZone'>; edition: ShownEdition };

/** That final results were corrected, when and why, and who stands otherwise by application number. */
export const EditionChanges = ({ view: { t }, file, edition }: Props) => {
  const { number, cause, correctedAt, changed } = edition;
  const at = t.moment(correctedAt, file.timeZone);
  const more = changed.length - shownAtMost;
  return (
    <>
      <Inset>
        <p>{t('results.edition.text', { number, at, why: t(`verification.cause.${cause}`) })}</p>
        <p>{t('results.edition.offers')}</p>
      </Inset>
      <Details summary={t('results.edition.changed', { count: changed.length })}>
        <Table
          caption={t('results.edition.changed', { count: changed.length })}
          hideCaption
          head={[t('apply.numberName'), t('results.edition.before'), t('results.edition.after')]}
          rows={changed
            .slice(0, shownAtMost)
            .map(({ before, after }) => [
              <span class="whole">{after.number}</span>,
              placeText(t, before),
              placeText(t, after),
            ])}
        />
        {more > 0 && <p>{t('results.edition.more', { count: more })}</p>}
      </Details>
    </>
  );
};

/** Rank, total and what follows from them. */
const placeText = (t: Translator, { rank, total, outcome }: ResultLine): string =>
  [
    ...(rank === undefined ? [] : [`${t('committee.rank')} ${t.number(rank)}`]),
    ...(total === undefined ? [] : [t('results.percent', { value: t.number(total) })]),
    t(`committee.outcome.${outcome}`),
  ].join(', ');
