import type { Context } from 'hono';
import {
  confirmOpenPosts,
  type ListPreview,
  previewOpenPosts,
  refuseOpenPosts,
  stopOpenPosts,
} from '#functions/commands/elsewhere-import.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Refusal } from '#shared/errors.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { PageLinks, pageAsked, pageOf } from '../paged.tsx';
import { Details, Digest, Facts, Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { incentiveName, schoolName, subjectName, textIn } from '../words.ts';
import { Handing } from './handing.tsx';
import { Heard } from './heard.tsx';
import { doneAtList, listCommand } from './list-of.ts';
import { listColours } from './lists.tsx';
import { Outcome } from './outcome.tsx';

export const showList = (deps: WebDeps) => async (c: Context) => await listPage(deps, c);

/** The page of one list; with what is wrong with a file that was brought to it. */
export const listPage = async (
  deps: WebDeps,
  c: Context,
  errors: readonly FieldError[] = [],
): Promise<Response> => {
  const command = listCommand(c, 'elsewhere.read');
  const found = command.ok ? await previewOpenPosts(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noPage : found.error);
  const props = { view: viewOf(c), of: found.value, reader: command.value.by.id, errors };
  return c.html(<ListPage {...props} page={pageAsked(c)} />, errors.length > 0 ? 422 : 200);
};

const noPage: Refusal = { kind: 'not-found', what: 'page' };

/** Shows the list to as many people as the page said. */
export const postConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.import');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const shown = await confirmOpenPosts(deps, { ...command.value, confirmed });
  return shown.ok ? doneAtList(c, command.value, 'confirmed') : refusalPage(c, shown.error);
};

export const postRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.import');
  const refused = command.ok ? await refuseOpenPosts(deps, command.value) : command;
  if (!command.ok || !refused.ok) return refusalPage(c, refused.ok ? noPage : refused.error);
  return doneAtList(c, command.value, 'refused');
};

/** Takes back a list that was shown. */
export const postStop = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.hand');
  const stopped = command.ok ? await stopOpenPosts(deps, command.value) : command;
  if (!command.ok || !stopped.ok) return refusalPage(c, stopped.ok ? noPage : stopped.error);
  return doneAtList(c, command.value, 'stopped');
};

type ListProps = { view: View; of: ListPreview; reader: string; errors: readonly FieldError[] };

const ListPage = ({ page, ...props }: ListProps & { page: number }) => {
  const { view, of, errors } = props;
  const { t } = view;
  const { place, list, posts, unplaced, without } = of;
  const moment = (at: ListPreview['list']['at']): string => t.moment(at, place.work.file.timeZone);
  return (
    <Page
      view={view}
      title={`${regionName(list.region)[t.locale]}, ${list.intake}`}
      caption={textIn(t, place.work.file.title)}
      back={{ href: paths.elsewhere(t.locale, place.round.id), text: t('elsewhere.title') }}
      failed={errors.length > 0}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <p>
        <Tag colour={listColours[list.status]}>{t(`elsewhere.status.${list.status}`)}</Tag>
      </p>
      <Facts
        facts={[
          { name: t('elsewhere.choosingUntil'), value: moment(list.choosingUntil) },
          { name: t('elsewhere.handingUntil'), value: moment(list.handingUntil) },
          { name: t('elsewhere.keptUntil'), value: moment(list.keptUntil) },
          { name: t('elsewhere.compare'), value: t(`elsewhere.compare.${posts.compare}`) },
          { name: t('elsewhere.unplaced'), value: t.number(unplaced) },
          { name: t('elsewhere.without'), value: t.number(without) },
          { name: t('elsewhere.key'), value: <Digest value={list.key} /> },
          { name: t('elsewhere.digest'), value: <Digest value={list.sha256} /> },
        ]}
      />
      {list.status === 'waiting' && <Deciding {...props} />}
      {list.status === 'confirmed' && <Handing view={view} of={of} />}
      <Outcome {...props} />
      <Heard {...props} />
      {of.mayStop && <Stopping view={view} of={of} />}
      <Posts {...props} page={page} />
    </Page>
  );
};

const Stopping = ({ view: { t }, of: { place, list } }: Pick<ListProps, 'view' | 'of'>) => (
  <Details summary={t('elsewhere.stop.title')}>
    <p>{t('elsewhere.stop.text')}</p>
    <form method="post" action={paths.stopElsewhereList(t.locale, place.round.id, list.number)}>
      <Button kind="warning">{t('elsewhere.stop')}</Button>
    </form>
  </Details>
);

const Deciding = ({ view: { t }, of: { place, list, unplaced }, reader }: ListProps) => {
  const may = permit('elsewhere.import', place.work.by.role, place.round.stage).ok;
  if (!may) return null;
  return (
    <>
      {list.by === reader ? (
        <Inset>{t('elsewhere.secondPerson')}</Inset>
      ) : (
        <form method="post" action={paths.confirmElsewhereList(t.locale, place.round.id, list.number)}>
          <p>{t('elsewhere.confirm.text')}</p>
          <Hidden name="confirmed" value={unplaced} />
          <Button>{t('elsewhere.confirm', { count: unplaced })}</Button>
        </form>
      )}
      <form method="post" action={paths.refuseElsewhereList(t.locale, place.round.id, list.number)}>
        <Button kind="secondary">{t('elsewhere.refuse')}</Button>
      </form>
    </>
  );
};

const Posts = ({ view: { t }, of, page: asked }: ListProps & { page: number }) => {
  const { posts, takes, place, list } = of;
  const { rows, page, pages } = pageOf(posts.posts, asked);
  return (
    <>
      <Table
        caption={t('elsewhere.brought.posts')}
        head={[
          t('offer.vacancy'),
          t('offer.subject'),
          t('offer.school'),
          t('offer.place'),
          t('call.incentives'),
          t('capacity.posts'),
          t('elsewhere.takes'),
        ]}
        numeric={[5, 6]}
        rows={rows.map((post) => [
          post.code,
          subjectName(t, post.subject),
          schoolName(t, post),
          `${post.locality}, ${post.district}`,
          post.incentives.map((code) => incentiveName(t, code)).join(', ') || '–',
          t.number(post.posts),
          t.number(takes.get(post.code) ?? 0),
        ])}
      />
      <PageLinks
        t={t}
        at={paths.elsewhereList(t.locale, place.round.id, list.number)}
        shown="posts"
        page={page}
        pages={pages}
      />
    </>
  );
};
