import type { Context } from 'hono';
import { listRounds } from '#functions/commands/rounds.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Fault } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { deadlineOf } from '../calls/facts.ts';
import { checkPaths } from '../checks/paths.ts';
import type { WebDeps } from '../deps.ts';
import { Button, FileField } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type View, viewOf } from '../view.ts';
import { Faults } from './faults.tsx';

export const showRounds = (deps: WebDeps) => async (c: Context) =>
  c.html(<RoundsPage view={viewOf(c)} rounds={await roundsOf(deps)} faults={[]} />);

export const roundsOf = async (deps: WebDeps): Promise<readonly Round[]> => {
  const { items } = await listRounds(deps, { limit: 100 });
  return items.map(({ state }) => state);
};

type RoundsPageProps = { view: View; rounds: readonly Round[]; faults: readonly Fault[] };

/** The region's rounds, and where a new one begins: with its round file. */
export const RoundsPage = ({ view, rounds, faults }: RoundsPageProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('common.manage')} failed={faults.length > 0} wide>
      <Faults t={t} faults={faults} />
      {rounds.length === 0 ? <p>{t('manage.noRounds')}</p> : <RoundTable t={t} rounds={rounds} />}
      <p>
        <a href={paths.report(t.locale)}>{t('report.title')}</a>
      </p>
      <p>
        <a href={paths.calendar(t.locale)}>{t('calendar.title')}</a>
      </p>
      <p>
        <a href={paths.dataRequests(t.locale)}>{t('rights.staff.title')}</a>
      </p>
      <p>
        <a href={checkPaths.all(t.locale)}>{t('checks.title')}</a>
      </p>
      <h2 class="govuk-heading-m">{t('manage.newRound')}</h2>
      <p>{t('manage.newRound.text')}</p>
      <form method="post" action={paths.newRound(t.locale)} enctype="multipart/form-data">
        <FileField
          t={t}
          name="file"
          label={t('manage.roundFile')}
          hint={t('manage.fileHint')}
          accept=".json,application/json"
        />
        <Button>{t('manage.import')}</Button>
      </form>
    </Page>
  );
};

const RoundTable = ({ t, rounds }: { t: Translator; rounds: readonly Round[] }) => (
  <Table
    caption={t('manage.rounds')}
    hideCaption
    head={[
      t('manage.intake'),
      t('apply.roundStage'),
      t('call.closes'),
      t('call.vacancies'),
      t('call.postsColumn'),
    ]}
    numeric={[3, 4]}
    rows={rounds.map((round) => [
      <a href={paths.managed(t.locale, round.id)}>{round.plan.intake}</a>,
      stageName(t, round.stage),
      t.moment(deadlineOf(round)),
      t.number(round.register?.vacancies ?? 0),
      t.number(round.register?.posts ?? 0),
    ])}
  />
);
