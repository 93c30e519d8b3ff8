import type { Context } from 'hono';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import { type ScoringView, scoringView } from '#functions/commands/scoring-views.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { hasLine } from '#shared/domain/further-rule.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import { PlannedEnd } from '../committee/planned-end.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { ListLinks } from '../lists/links.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type Column, SortedTable } from '../sorted-table.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { AssignmentFacts, askedText } from './assignment.tsx';
import { tenth } from './feedback.tsx';
import { lineTitle } from './near-line.tsx';
import { afterSaving } from './saved.ts';

export const showScoring = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'scoring.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await scoringView(deps, command.value);
  if (!found.ok) {
    return found.error.kind === 'practice-needed'
      ? c.redirect(paths.practice(viewOf(c).t.locale, command.value.roundId), 303)
      : refusalPage(c, found.error);
  }
  // Only a secretary or a chair is told how far colleagues are.
  const { progress = [] } = found.value;
  const names = await namesOf(
    deps,
    progress.map(({ personId }) => personId),
  );
  const props = { view: await afterSaving(deps, c, command.value), scoring: found.value, names };
  return c.html(<ScoringPage {...props} />);
};

/** One press hands what members owe who cannot score any more to others. */
export const postReassign = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'raters.reassign');
  if (!command.ok) return refusalPage(c, command.error);
  const handed = await reassignOpen(deps, command.value);
  if (!handed.ok) return refusalPage(c, handed.error);
  const { t } = viewOf(c);
  return c.redirect(`${paths.scoring(t.locale, command.value.roundId)}?done=scoring.done.reassigned`, 303);
};

type ScoringPageProps = {
  view: View;
  scoring: ScoringView;
  names: ReadonlyMap<PersonId, string>;
};

const ScoringPage = ({ view, scoring, names }: ScoringPageProps) => {
  const { t } = view;
  const { round, file, own } = scoring;
  const given = own.filter(({ total }) => total !== undefined).length;
  const next = own.find(({ total }) => total === undefined);
  return (
    <Page
      view={view}
      title={t('scoring.title')}
      caption={textIn(t, file.title)}
      back={{
        href: scoring.role === 'guest' ? paths.ownGuestRounds(t.locale) : paths.committee(t.locale, round.id),
      }}
      wide
    >
      {scoring.role !== 'guest' && <PlannedEnd t={t} round={round} file={file} />}
      {own.length > 0 && (
        <>
          <p>{t('scoring.progress', { given, all: own.length })}</p>
          <progress value={given} max={own.length}>
            {t('scoring.progress', { given, all: own.length })}
          </progress>
          {next && (
            <p>
              <LinkButton href={paths.scorecard(t.locale, round.id, next.applicationId)}>
                {t('scoring.continue')}
              </LinkButton>
            </p>
          )}
          <SortedTable
            view={view}
            at={paths.scoring(t.locale, round.id)}
            name="own"
            caption={t('scoring.mine')}
            columns={ownColumns(t, round.id)}
            rows={own}
          />
        </>
      )}
      <Moved t={t} scoring={scoring} />
      {own.length === 0 && scoring.role !== 'secretary' && (
        <p>{t(scoring.role === 'guest' ? 'guests.none.asked' : 'scoring.mine.none')}</p>
      )}
      {given > 0 && (
        <p>
          <a href={paths.ownWork(t.locale, round.id, 'own-scores')}>{t('scoring.stored')}</a>
        </p>
      )}
      {given > 0 && scoring.feedback && (
        <p>
          <a href={paths.ownWork(t.locale, round.id, 'feedback')}>{t('practice.feedback.title')}</a>
        </p>
      )}
      <Progress view={view} scoring={scoring} names={names} />
    </Page>
  );
};

/** What went to somebody else: whoever looks for it must not think that it was lost. */
const Moved = ({ t, scoring: { moved, file } }: { t: Translator; scoring: ScoringView }) =>
  moved.length > 0 ? (
    <Inset>
      <p>{t('raters.moved', { count: moved.length })}</p>
      <ul class="govuk-list govuk-list--bullet">
        {moved.map(({ number, at }) => (
          <li>
            {number}, {t.moment(at, file.timeZone)}
          </li>
        ))}
      </ul>
    </Inset>
  ) : null;

const ownState = (t: Translator, total: number | undefined, drafted: boolean): string => {
  if (drafted) return t('scoring.drafted');
  return total === undefined ? t('scoring.none') : t('scoring.percent', { total: t.number(total) });
};

const ownColumns = (t: Translator, roundId: string): Column<ScoringView['own'][number]>[] => [
  {
    name: 'number',
    head: t('screening.number'),
    cell: ({ applicationId, number }) => (
      <a href={paths.scorecard(t.locale, roundId, applicationId)}>{number}</a>
    ),
    by: ({ number }) => number,
  },
  {
    name: 'total',
    head: t('scoring.total'),
    cell: ({ total, drafted }) => ownState(t, total, drafted),
    by: ({ total }) => total,
    numeric: true,
  },
];

type RaterRow = NonNullable<ScoringView['progress']>[number];

const progressColumns = (
  t: Translator,
  names: ReadonlyMap<PersonId, string>,
  load: RoundFile['raters']['load'],
): Column<RaterRow>[] => {
  const nameOf = ({ personId, sits }: RaterRow): string => {
    const name = names.get(personId) ?? personId;
    return sits ? name : t('scoring.left', { name });
  };
  return [
    {
      name: 'rater',
      head: t('scoring.rater'),
      cell: (one) =>
        [
          nameOf(one),
          ...(one.guest ? [t('guests.from', { region: regionName(one.guest)[t.locale] })] : []),
          ...(one.practice && one.practice !== 'certified' ? [t(`practice.standing.${one.practice}`)] : []),
        ].join(', '),
      by: nameOf,
    },
    {
      name: 'given',
      head: t('scoring.given'),
      cell: ({ given }) => t.number(given),
      by: ({ given }) => given,
      numeric: true,
    },
    {
      name: 'asked',
      head: t('scoring.asked'),
      cell: (row) => askedText(t, row, load),
      by: ({ asked }) => asked,
      numeric: true,
    },
  ];
};

const Progress = ({ view, scoring, names }: ScoringPageProps) => {
  const { t } = view;
  const { role, round, file, progress, apart, open, spread } = scoring;
  if (!progress) return null;
  return (
    <section>
      <SortedTable
        view={view}
        at={paths.scoring(t.locale, round.id)}
        name="progress"
        caption={t('scoring.raters')}
        columns={progressColumns(t, names, file.raters.load)}
        rows={progress}
      />
      {permit('members.remind', role, round.stage).ok && (
        <p>
          <a href={paths.reminders(t.locale, round.id)}>{t('committee.remind.scores')}</a>
        </p>
      )}
      {apart !== undefined && (
        <ListLinks
          view={view}
          roundId={round.id}
          name="scores"
          part="scoring"
          isOwn={hasOwnAlone(role, round.stage)}
        />
      )}
      {apart !== undefined && apart > 0 && (
        <p>{t('scoring.apart', { count: apart, percent: file.raters.adjustmentGate.apartPercent })}</p>
      )}
      {spread && (
        <p>
          {t('practice.feedback.spread', {
            count: spread.raters,
            deviation: t.number(tenth(spread.deviation)),
          })}
        </p>
      )}
      {hasLine(file) && permit('raters.further', role, round.stage).ok && (
        <p>
          <a href={paths.nearLine(t.locale, round.id)}>{t(lineTitle(file))}</a>
        </p>
      )}
      {open > 0 && <p>{t('scoring.open', { count: open })}</p>}
      {open > 0 && permit('raters.reassign', role, round.stage).ok && (
        <form method="post" action={paths.scoring(t.locale, round.id)}>
          <Button kind="secondary">{t('scoring.reassign')}</Button>
        </form>
      )}
      <AssignmentFacts view={view} scoring={scoring} names={names} />
    </section>
  );
};
