import type { RemedyView } from '#functions/commands/remedy-view.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';

/** Whom earlier intakes put first here, which no offer shows by itself. */
export const Promised = ({ t, promised }: { t: Translator; promised: RemedyView['promised'] }) =>
  promised.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('remedy.promised.title')}</h2>
      <p>{t('remedy.promised.text')}</p>
      <Table
        caption={t('remedy.promised.title')}
        head={[t('apply.numberName'), t('remedy.promised.intake'), t('remedy.vacancies')]}
        rows={promised.map(({ application, intake, vacancies }) => [
          application,
          intake,
          vacancies.join(', '),
        ])}
      />
    </section>
  );

/** Where the reader sees what is owed to whom: tried by who runs the committee, or asked for as a correction. */
export const Owed = ({ t, place: { by, round } }: { t: Translator; place: RemedyView['place'] }) => {
  const ways = [
    {
      action: 'correction.read',
      href: paths.editionDebts(t.locale, round.id),
      title: t('remedy.edition.title'),
    },
    { action: 'correction.try', href: paths.counterfactual(t.locale, round.id), title: t('replay.try') },
    { action: 'correction.read', href: paths.corrections(t.locale, round.id), title: t('corrections.title') },
  ] as const;
  const open = ways.filter(({ action }) => permit(action, by.role, round.state.stage).ok);
  if (open.length === 0) return null;
  return (
    <>
      <p>{t('remedy.whom')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {open.map(({ href, title }) => (
          <li>
            <a href={href}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  );
};
