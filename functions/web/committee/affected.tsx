import type { Counterfactual } from '#functions/commands/counterfactual.ts';
import { RemedyKind } from '#shared/domain/remedy.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Affected } from '#shared/replay/affected.ts';
import { offerStatus } from '../offers/status.tsx';
import { Facts, Inset, Table } from '../parts.tsx';

/** What a correction would change: cut-offs, and everyone whom it would affect, by number. */
export const Effects = ({ t, found }: { t: Translator; found: Counterfactual }) => {
  const { cutoffs, affected, otherwise, walled } = found;
  const percent = (value: number | undefined): string =>
    value === undefined ? '–' : t('results.percent', { value: t.number(value) });
  const moves = ({ before, after }: { before: number | undefined; after: number | undefined }): string =>
    before === after
      ? percent(before)
      : t('replay.cutoff.moves', { before: percent(before), after: percent(after) });
  return (
    <section>
      <h2 class="govuk-heading-m">{t('replay.affected')}</h2>
      <Facts
        facts={[
          { name: t('replay.cutoff.scoring'), value: moves(cutoffs.scoring) },
          ...(cutoffs.results ? [{ name: t('replay.cutoff.results'), value: moves(cutoffs.results) }] : []),
        ]}
      />
      {otherwise && <Inset>{t('severity.recount', { counts: t(`severity.counts.${otherwise}`) })}</Inset>}
      {walled && <p>{t('replay.affected.walled')}</p>}
      {affected.length === 0 ? (
        <p>{t('replay.affected.none')}</p>
      ) : (
        <>
          <p>{t('replay.affected.count', { count: affected.length })}</p>
          <Inset>{t('replay.affected.kept')}</Inset>
          {affected.some(isCarriedOut) && (
            <p>{t('replay.affected.carriedOut', { page: t('remedy.title') })}</p>
          )}
          <Table
            caption={t('replay.affected')}
            hideCaption
            head={[
              t('apply.numberName'),
              t('replay.affected.now'),
              t('replay.affected.then'),
              t('replay.affected.owed'),
            ]}
            rows={affected.map((one) => [
              <span class="whole">{one.number}</span>,
              [resultText(t, one.before), ...heldText(t, one)].join('; '),
              resultText(t, one.after),
              one.remedy ? t(`replay.remedy.${one.remedy}`) : '–',
            ])}
          />
        </>
      )}
    </section>
  );
};

/** Whether two administrators give it, on a page of their own. */
const isCarriedOut = ({ remedy }: Affected): boolean => RemedyKind.safeParse(remedy).success;

/** What an application comes to, in words. */
export const resultText = (
  t: Translator,
  { outcome, rank, total, invited, post }: Affected['before'],
): string =>
  [
    t(`committee.outcome.${outcome}`),
    ...(rank === undefined ? [] : [t('replay.place.rank', { rank })]),
    ...(total === undefined ? [] : [t('results.percent', { value: t.number(total) })]),
    ...(invited ? [t('replay.affected.invited')] : []),
    ...(post ? [t('replay.affected.post', { vacancy: post })] : []),
  ].join('; ');

const heldText = (t: Translator, { offer }: Affected): string[] =>
  offer ? [t('replay.affected.held', { vacancy: offer.vacancy, status: offerStatus(t, offer) })] : [];
