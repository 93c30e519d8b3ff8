import type { Context } from 'hono';
import { ownCommittees } from '#functions/commands/my-committees.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';
import { Waits } from './waits.tsx';

/** The rounds on whose committee the visitor sits, until when their stages last and what waits for them there, that first. */
export const showCommittees = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const mine = await ownCommittees(deps, requireActor(c, rolesFor('gate.read')).id);
  return c.html(
    <Page view={view} title={t('committee.mine')}>
      <p>
        <a href={paths.disclosure(t.locale)}>{t('conflicts.disclosure')}</a>
      </p>
      {mine.length === 0 ? (
        <p>{t('committee.mine.none')}</p>
      ) : (
        <Table
          caption={t('committee.mine')}
          hideCaption
          head={[
            t('manage.intake'),
            t('apply.roundStage'),
            t('committee.plannedEnd.head'),
            t('committee.seat'),
            t('committee.waits'),
          ]}
          rows={mine.map(({ round: { state }, seat, work }) => [
            <a href={paths.committee(t.locale, state.id)}>{state.plan.intake}</a>,
            stageName(t, state.stage),
            work?.plannedEnd ? t.moment(work.plannedEnd, work.timeZone) : '–',
            t(`committee.seat.${seat}`),
            <Waits t={t} round={state} work={work} />,
          ])}
        />
      )}
    </Page>,
  );
};
