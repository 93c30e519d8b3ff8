import type { Context } from 'hono';
import { type ElsewhereView, pinRegionKey, viewElsewhere } from '#functions/commands/elsewhere.ts';
import { bringOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { listOpenPosts, openListFile } from '#functions/commands/elsewhere-list.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { Refusal } from '#shared/errors.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { bytesOf, type FieldError, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { workOf } from '../manage/round-of.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Keys } from './keys.tsx';
import { Lists } from './lists.tsx';
import { OwnList } from './own-list.tsx';

/** A form that was refused, drawn again with what was typed. */
type Again = { typed: Typed; errors: readonly FieldError[] };

export const showElsewhere = (deps: WebDeps) => async (c: Context) => await elsewherePage(deps, c);

const elsewherePage = async (
  deps: WebDeps,
  c: Context,
  again?: { refusal: Refusal; typed: Typed },
): Promise<Response> => {
  const command = roundCommand(c, 'elsewhere.read');
  const found = command.ok ? await viewElsewhere(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const faults = again?.refusal.kind === 'invalid' ? again.refusal.faults : [];
  const shown = again && { typed: again.typed, errors: fieldErrors(faults, view.t) };
  return c.html(
    <ElsewherePage view={view} of={found.value} again={shown} />,
    again ? statusOf(again.refusal) : 200,
  );
};

/** Lists as many posts as the page showed. */
export const postOwnList = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.list');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const listed = await listOpenPosts(deps, { ...command.value, confirmed });
  return listed.ok ? done(c, 'elsewhere.done.listed') : refusalPage(c, listed.error);
};

export const showOwnListFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.read');
  const found = command.ok ? await openListFile(deps, command.value) : command;
  return found.ok ? c.redirect(found.value.url, 303) : refusalPage(c, found.error);
};

export const postKey = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.pin');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const given = { region: one(typed, 'region'), key: one(typed, 'key') };
  const pinned = await pinRegionKey(deps, { ...command.value, ...given });
  if (pinned.ok) return done(c, 'elsewhere.done.pinned');
  if (pinned.error.kind !== 'invalid') return refusalPage(c, pinned.error);
  return await elsewherePage(deps, c, { refusal: pinned.error, typed });
};

export const postList = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.import');
  if (!command.ok) return refusalPage(c, command.error);
  const file = await bytesOf(c, 'file');
  const brought = file.ok ? await bringOpenPosts(deps, { ...command.value, file: file.value }) : file;
  if (brought.ok) {
    const { number, isKnown } = brought.value;
    const way = paths.elsewhereList(viewOf(c).t.locale, command.value.roundId, number);
    return c.redirect(`${way}?done=elsewhere.done.${isKnown ? 'known' : 'brought'}`, 303);
  }
  if (brought.error.kind !== 'invalid') return refusalPage(c, brought.error);
  return await elsewherePage(deps, c, { refusal: brought.error, typed: {} });
};

const done = (c: Context, what: string): Response => {
  const address = paths.elsewhere(viewOf(c).t.locale, c.req.param('round') ?? '');
  return c.redirect(`${address}?done=${what}`, 303);
};

export type StaffProps = { view: View; of: ElsewhereView; again: Again | undefined };

const ElsewherePage = (props: StaffProps) => {
  const { view, of, again } = props;
  const { t } = view;
  const { work } = of.place;
  return (
    <Page
      view={view}
      title={t('elsewhere.title')}
      caption={textIn(t, work.file.title)}
      failed={again !== undefined}
      back={{ href: workOf(t.locale, work) }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('elsewhere.text')}</p>
      <OwnList {...props} />
      <Lists {...props} />
      <Keys {...props} />
    </Page>
  );
};
