import type { Context } from 'hono';
import { refusalOf } from '#functions/commands/deferrals.ts';
import { ownPlacement, type PlacementView } from '#functions/commands/placements.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { type Asked, askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset, Timeline } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, textIn } from '../words.ts';
import { Checklist } from './checklist.tsx';
import { OwnDeferral } from './deferral.tsx';
import { tickFrom, undoFrom } from './ticking.ts';

const own = async (
  deps: WebDeps,
  c: Context,
): Promise<Result<{ asked: Asked; found: PlacementView }, Refusal>> => {
  const asked = askedOf(c);
  const found = asked.ok ? await ownPlacement(deps, asked.value) : asked;
  if (!asked.ok) return asked;
  return found.ok ? ok({ asked: asked.value, found: found.value }) : found;
};

/** The way into the post, as the person who got it sees it. */
export const showPlacement = (deps: WebDeps) => async (c: Context) => {
  const mine = await own(deps, c);
  if (!mine.ok) return refusalPage(c, mine.error);
  const { asked, found } = mine.value;
  const props = { view: viewOf(c), id: asked.applicationId, of: found, now: deps.clock.now() };
  return c.html(<PlacementPage {...props} said={await refusalOf(deps, found.placement)} />);
};

export const postOwnTick = (deps: WebDeps) => act(deps, tickFrom);
export const postOwnUndo = (deps: WebDeps) => act(deps, undoFrom);

const act = (deps: WebDeps, work: typeof tickFrom) => async (c: Context) => {
  const mine = await own(deps, c);
  if (!mine.ok) return refusalPage(c, mine.error);
  const { asked, found } = mine.value;
  const command = { by: requireActor(c, ['applicant']), placementId: found.placement.id };
  return await work(deps, c, command, paths.placement(viewOf(c).t.locale, asked.applicationId));
};

type PageProps = {
  view: View;
  id: Asked['applicationId'];
  of: PlacementView;
  now: string;
  /** Why a later day was refused. */
  said: string | undefined;
};

const PlacementPage = ({ view, id, of, now, said }: PageProps) => {
  const { t } = view;
  const { placement, vacancy, file, round } = of;
  const address = paths.placement(t.locale, id);
  return (
    <Page
      view={view}
      title={t('placement.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.application(t.locale, id) }}
    >
      <Facts
        facts={[
          { name: t('placement.status'), value: t(`placement.status.${placement.status}`) },
          { name: t('offer.vacancy'), value: vacancy.code },
          { name: t('offer.school'), value: schoolName(t, vacancy) },
          { name: t('offer.place'), value: `${vacancy.locality}, ${vacancy.district}` },
          { name: t('apply.roundStage'), value: stageName(t, round.stage) },
        ]}
      />
      <OwnDeferral t={t} of={of} address={`${address}/deferral`} said={said} />
      {!placement.school && <Inset>{t('placement.noSchool')}</Inset>}
      <h2 class="govuk-heading-m">{t('placement.checklist')}</h2>
      <Checklist
        t={t}
        of={of}
        owner="applicant"
        now={now}
        addresses={{ tick: `${address}/items`, undo: `${address}/undo` }}
      />
      <h2 class="govuk-heading-m">{t('placement.timeline')}</h2>
      <PlacementTimeline t={t} of={of} />
    </Page>
  );
};

/** What has happened in the order of time, then what is ahead by its day. */
const PlacementTimeline = ({ t, of }: { t: View['t']; of: PlacementView }) => {
  const { placement, file } = of;
  const when = (instant: Parameters<typeof t.moment>[0]): string => t.moment(instant, file.timeZone);
  const done = placement.items
    .flatMap((item) => (item.done ? [{ title: itemTitle(t, of, item.code), at: item.done.at }] : []))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const ahead = placement.items.filter((item) => !item.done).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return (
    <Timeline
      steps={[
        { title: t('placement.timeline.accepted'), text: when(placement.startedAt), done: true },
        ...done.map(({ title, at }) => ({ title, text: when(at), done: true })),
        ...ahead.map(({ code, dueAt }) => ({
          title: itemTitle(t, of, code),
          text: t('placement.timeline.due', { at: when(dueAt) }),
          done: false,
        })),
        { title: t('placement.status.complete'), done: placement.status === 'complete' },
      ]}
    />
  );
};

const itemTitle = (t: View['t'], { file }: PlacementView, code: string): string => {
  const item = file.checklist.items.find((one) => one.code === code);
  return item ? textIn(t, item.title) : code;
};
