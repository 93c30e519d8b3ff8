import type { Context } from 'hono';
import {
  type EditionDebt,
  type EditionDebts,
  editionDebts,
  remedyOwed,
} from '#functions/commands/edition-debts.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { workOf } from '../manage/round-of.ts';
import { PageLinks, pageAsked, pageOf } from '../paged.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** What corrected results owe to whom while offers are made, with a way into the form of each remedy. */
export const showEditionDebts = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'correction.read');
  const found = command.ok ? await editionDebts(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<DebtsPage view={viewOf(c)} shown={found.value} asked={pageAsked(c)} />);
};

type Props = { view: View; shown: EditionDebts; asked: number };

const DebtsPage = ({ view, shown, asked }: Props) => {
  const { t } = view;
  const { place, editions, walled } = shown;
  const newest = editions.at(-1);
  return (
    <Page
      view={view}
      title={t('remedy.edition.title')}
      caption={textIn(t, place.file.title)}
      back={{ href: workOf(t.locale, place), text: t('common.back') }}
    >
      {newest ? (
        <>
          <p>
            {t('remedy.edition.text', {
              number: newest.number,
              at: t.moment(newest.correctedAt, place.file.timeZone),
            })}
          </p>
          {walled > 0 && <p>{t('committee.walled', { count: walled })}</p>}
          <Debts view={view} shown={shown} asked={asked} />
        </>
      ) : (
        <Inset>{t('remedy.edition.none')}</Inset>
      )}
    </Page>
  );
};

const Debts = ({ view: { t }, shown: { debts, place, mayPropose }, asked }: Props) => {
  if (debts.length === 0) return <Inset>{t('remedy.edition.nobody')}</Inset>;
  const roundId = place.round.id;
  const { rows, ...page } = pageOf(debts, asked);
  const owed = debts.filter((debt) => remedyOwed(debt)).length;
  return (
    <>
      {owed > 0 && <p>{t('remedy.edition.count', { count: owed })}</p>}
      <Table
        caption={t('remedy.edition.title')}
        hideCaption
        head={[
          t('apply.numberName'),
          t('remedy.edition.ranks'),
          t('remedy.edition.holds'),
          t('remedy.edition.owes'),
        ]}
        rows={rows.map((debt) => [
          debt.number,
          ranksOf(t, debt),
          debt.holds ? `${debt.holds.vacancy}: ${t(`offer.status.${debt.holds.status}`)}` : '–',
          <Owes t={t} debt={debt} href={mayPropose ? remedyFor(t, roundId, debt) : undefined} />,
        ])}
      />
      <PageLinks t={t} at={paths.editionDebts(t.locale, roundId)} {...page} />
    </>
  );
};

/** `3 → 1`, and by which results somebody does not go on. */
export const ranksOf = (t: Translator, { stood }: EditionDebt): string =>
  stood
    .map(({ rank, outcome }) => {
      const shown = rank === undefined ? '–' : t.number(rank);
      return outcome === 'stops' ? `${shown} (${t('remedy.edition.stops')})` : shown;
    })
    .join(' → ');

/** The form of a remedy with all that this list knows; the reason is for whoever proposes it to say. */
const remedyFor = (t: Translator, roundId: string, debt: EditionDebt): string | undefined => {
  const kind = remedyOwed(debt);
  if (!kind || debt.proposed !== undefined) return undefined;
  const known = { application: debt.number, kind, vacancies: debt.post ?? '' };
  return `${paths.remedies(t.locale, roundId)}?${new URLSearchParams(known)}#propose`;
};

const Owes = ({ t, debt, href }: { t: Translator; debt: EditionDebt; href: string | undefined }) => (
  <>
    {t(`remedy.edition.owed.${debt.owed}`, { post: debt.post ?? '–' })}
    {debt.proposed !== undefined && <p>{t('remedy.edition.proposed', { number: debt.proposed })}</p>}
    {href && (
      <p>
        <a href={href}>
          {t('remedy.edition.propose')}
          <span class="govuk-visually-hidden"> {debt.number}</span>
        </a>
      </p>
    )}
  </>
);
