import type { Context } from 'hono';
import type { RoundView } from '#functions/commands/rounds.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { permit } from '#shared/domain/permission.ts';
import { FiguresKind } from '#shared/domain/round.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import type { Fault } from '#shared/errors.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Button, FileField, LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { LettersWaiting } from '../letters-waiting.tsx';
import { Digest, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { DesignAdvice } from './advice.tsx';
import { type Counts, countApplications } from './counts.ts';
import { Faults } from './faults.tsx';
import { managedRound } from './round-of.ts';

export const showRound = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const counts = await countApplications(deps.records, found.value.round.id);
  return c.html(<RoundPage view={viewOf(c)} managed={found.value} counts={counts} faults={[]} />);
};

type RoundPageProps = { view: View; managed: RoundView; counts: Counts; faults: readonly Fault[] };

/** One round for its administrator: what it consists of, and what can be done with it in this stage. */
export const RoundPage = ({ view, managed, counts, faults }: RoundPageProps) => {
  const { t } = view;
  const { round, file } = managed;
  return (
    <Page
      view={view}
      title={textIn(t, file.title)}
      caption={`${t('manage.intake')} ${file.intake}`}
      failed={faults.length > 0}
      back={{ href: paths.manage(t.locale), text: t('common.manage') }}
    >
      <Faults t={t} faults={faults} />
      <LettersWaiting t={t} round={round} role="administrator" />
      <Facts
        facts={[
          { name: t('apply.roundStage'), value: stageName(t, round.stage) },
          { name: t('call.closes'), value: t.moment(deadlineOf(round), file.timeZone) },
          { name: t('manage.started'), value: t.number(counts.started) },
          { name: t('manage.submitted'), value: t.number(counts.submitted) },
          { name: t('manage.withdrawn'), value: t.number(counts.withdrawn) },
          { name: t('call.vacancies'), value: t.number(round.register?.vacancies ?? 0) },
          { name: t('call.postsColumn'), value: t.number(round.register?.posts ?? 0) },
          { name: t('call.roundFile'), value: <Digest value={round.plan.file} /> },
          ...(round.register
            ? [{ name: t('call.register'), value: <Digest value={round.register.sha256} /> }]
            : []),
        ]}
      />
      {round.stage === 'draft' && <DesignAdvice t={t} file={file} />}
      <p>
        <a href={paths.preview(t.locale, round.id)}>{t('manage.preview')}</a>
      </p>
      <SelectedLinks view={view} managed={managed} />
      <p>
        <a href={paths.seats(t.locale, round.id)}>{t('committee.title')}</a>
      </p>
      <p>
        <a href={paths.roundHistory(t.locale, round.id)}>{t('watch.history')}</a>
      </p>
      {round.stage !== 'draft' && (
        <p>
          <a href={paths.retention(t.locale, round.id)}>{t('rights.retention.title')}</a>
        </p>
      )}
      <FiguresLinks view={view} round={round} />
      <GatedLinks view={view} managed={managed} />
      {round.stage === 'draft' && <DraftForms view={view} managed={managed} />}
      {round.stage === 'call' && (
        <LinkButton href={paths.extend(t.locale, round.id)}>{t('manage.extend')}</LinkButton>
      )}
      {round.stage !== 'closed' && round.stage !== 'cancelled' && (
        <p>
          <a href={paths.cancel(t.locale, round.id)}>{t('manage.cancel.link')}</a>
        </p>
      )}
    </Page>
  );
};

/** What is counted over the applications, once the call has closed, and the minutes of a round that has. */
const FiguresLinks = ({ view: { t }, round }: { view: View; round: RoundView['round'] }) =>
  permit('household.count', 'administrator', round.stage).ok ? (
    <ul class="govuk-list govuk-list--spaced">
      {FiguresKind.options.map((kind) => (
        <li>
          <a href={paths.figures(t.locale, round.id, kind)}>{t(`figures.${kind}.title`)}</a>
        </li>
      ))}
      {round.stage === 'closed' && (
        <li>
          <a href={paths.papers(t.locale, round.id)}>{t('minutes.title')}</a>
        </li>
      )}
    </ul>
  ) : null;

/** While a committee decides: marks from outside, where the round has some, and letters. */
const GatedLinks = ({ view: { t }, managed: { round, file } }: { view: View; managed: RoundView }) =>
  isGatedRound(round) ? (
    <>
      {importedCriteria(file.rubric.criteria).length > 0 && (
        <p>
          <a href={paths.marks(t.locale, round.id)}>{t('marks.title')}</a>
        </p>
      )}
      {permit('correction.read', 'administrator', round.stage).ok && (
        <p>
          <a href={paths.corrections(t.locale, round.id)}>{t('corrections.title')}</a>
        </p>
      )}
      <p>
        <a href={paths.letters(t.locale, round.id)}>{t('watch.letters')}</a>
      </p>
    </>
  ) : null;

/** From the offers on: who is placed where, and how far they have come. */
const SelectedLinks = ({ view: { t }, managed: { round, file } }: { view: View; managed: RoundView }) =>
  round.stage === 'offers' || round.stage === 'onboarding' || round.stage === 'closed' ? (
    <ul class="govuk-list govuk-list--spaced">
      <li>
        <a href={paths.offers(t.locale, round.id)}>{t('offer.board.title')}</a>
      </li>
      <li>
        <a href={paths.placements(t.locale, round.id)}>{t('placement.all.title')}</a>
      </li>
      {file.exchange && (
        <li>
          <a href={paths.exchange(t.locale, round.id)}>{t('exchange.title')}</a>
        </li>
      )}
      {file.elsewhere && (
        <li>
          <a href={paths.elsewhere(t.locale, round.id)}>{t('elsewhere.title')}</a>
        </li>
      )}
    </ul>
  ) : null;

const DraftForms = ({ view, managed }: { view: View; managed: RoundView }) => {
  const { t } = view;
  const { round } = managed;
  return (
    <>
      {round.register && (
        <LinkButton href={paths.open(t.locale, round.id)}>{t('manage.open.link')}</LinkButton>
      )}
      <h2 class="govuk-heading-m">{t('manage.importVacancies')}</h2>
      <form
        method="post"
        action={paths.register(t.locale, round.id)}
        enctype="multipart/form-data"
        id="vacancies"
      >
        <FileField
          t={t}
          name="register"
          label={t('manage.register')}
          hint={t('manage.registerHint')}
          accept=".csv,text/csv"
        />
        <Button>{t('manage.import')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t('manage.replaceFile')}</h2>
      <form method="post" action={paths.roundFile(t.locale, round.id)} enctype="multipart/form-data">
        <FileField
          t={t}
          name="file"
          label={t('manage.roundFile')}
          hint={t('manage.fileHint')}
          accept=".json,application/json"
        />
        <Button kind="secondary">{t('manage.import')}</Button>
      </form>
    </>
  );
};
