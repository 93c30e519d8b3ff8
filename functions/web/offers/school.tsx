import type { Context } from 'hono';
import { type PlacementView, schoolPlacements } from '#functions/commands/placements.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, subjectName } from '../words.ts';
import { Checklist } from './checklist.tsx';
import { Begins } from './deferral.tsx';
import { tickFrom, undoFrom } from './ticking.ts';

/** A school's own placements: numbers, posts and what is to be done. It never sees an application. */
export const showSchool = (deps: WebDeps) => async (c: Context) => {
  const placements = await schoolPlacements(deps, requireActor(c, ['school']));
  return c.html(<SchoolPage view={viewOf(c)} placements={placements} now={deps.clock.now()} />);
};

export const postSchoolTick = (deps: WebDeps) => act(deps, tickFrom);
export const postSchoolUndo = (deps: WebDeps) => act(deps, undoFrom);

const act = (deps: WebDeps, work: typeof tickFrom) => async (c: Context) => {
  const id = PlacementId.safeParse(c.req.param('placement'));
  if (!id.success) return refusalPage(c, { kind: 'not-found', what: 'placement' });
  const command = { by: requireActor(c, ['school']), placementId: id.data };
  return await work(deps, c, command, paths.school(viewOf(c).t.locale));
};

type PageProps = { view: View; placements: readonly PlacementView[]; now: string };

const SchoolPage = ({ view, placements, now }: PageProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('placement.school.title')}>
      {placements.length === 0 && <p>{t('placement.school.none')}</p>}
      {placements.map((of) => (
        <section>
          <h2 class="govuk-heading-m">
            {of.vacancy.code}, {schoolName(t, of.vacancy)}
          </h2>
          <Facts
            facts={[
              { name: t('apply.numberName'), value: of.placement.number },
              { name: t('offer.subject'), value: subjectName(t, of.vacancy.subject) },
              { name: t('offer.hours'), value: t.number(of.vacancy.hours) },
              { name: t('placement.status'), value: t(`placement.status.${of.placement.status}`) },
            ]}
          />
          <Begins t={t} of={of} />
          <Checklist t={t} of={of} owner="school" now={now} addresses={addressesOf(t.locale, of)} />
        </section>
      ))}
    </Page>
  );
};

const addressesOf = (locale: View['t']['locale'], { placement }: PlacementView) => {
  const address = `${paths.school(locale)}/placements/${placement.id}`;
  return { tick: `${address}/items`, undo: `${address}/undo` };
};
