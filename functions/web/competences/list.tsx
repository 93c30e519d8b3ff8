import type { Context } from 'hono';
import { competencesView, type RaterCompetence } from '#functions/commands/competences.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { namesListed, optionName, subjectName, textIn } from '../words.ts';

/** What raters of a round can score: the own row, for the secretary everybody's. */
export const showCompetences = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'competence.tell');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await competencesView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<CompetencesPage view={viewOf(c)} {...found.value} />);
};

type Props = { view: View; place: Workplace; raters: readonly RaterCompetence[] };

const CompetencesPage = ({ view, place, raters }: Props) => {
  const { t } = view;
  const { by, round, file } = place;
  const untold = raters.filter(({ told }) => !told).length;
  return (
    <Page
      view={view}
      title={t('competence.title')}
      caption={textIn(t, file.title)}
      back={{
        href: by.role === 'guest' ? paths.ownGuestRounds(t.locale) : paths.committee(t.locale, round.id),
      }}
      wide
    >
      <MatchRule t={t} place={place} />
      {untold > 0 && file.raters.match && <Inset>{t('competence.untold', { count: untold })}</Inset>}
      <Table
        caption={t('competence.title')}
        hideCaption
        head={[
          t('committee.person'),
          t('competence.languages'),
          t('competence.subjects'),
          t('competence.entry'),
        ]}
        rows={raters.map((rater) => rowOf(t, round.id, rater))}
      />
    </Page>
  );
};

const rowOf = (t: Translator, roundId: string, { personId, name, guest, told }: RaterCompetence) => {
  const who = guest ? `${name}, ${t('guests.from', { region: regionName(guest)[t.locale] })}` : name;
  const said = told
    ? [
        namesListed(
          t,
          told.languages.map((code) => optionName(t, 'languages', code)),
        ),
        namesListed(
          t,
          told.subjects.map((code) => subjectName(t, code)),
        ) || t('competence.noSubject'),
      ]
    : [t('competence.none'), t('competence.none')];
  return [
    who,
    ...said,
    <a href={paths.competence(t.locale, roundId, personId)} aria-label={`${t('competence.change')}: ${name}`}>
      {t('competence.change')}
    </a>,
  ];
};

/** What the round asks of its raters, and where it has that from. */
export const MatchRule = ({ t, place: { file } }: { t: Translator; place: Pick<Workplace, 'file'> }) => {
  const { match } = file.raters;
  if (!match) return <p>{t('competence.rule.none')}</p>;
  return (
    <>
      {match.language && <p>{t('competence.rule.language')}</p>}
      {match.subject && <p>{t('competence.rule.subject')}</p>}
      <Source t={t} of={match} />
    </>
  );
};
