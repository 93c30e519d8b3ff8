import type { Context } from 'hono';
import { statusOf } from '#functions/http/problem.ts';
import { detailsOf, helpOf } from '#functions/http/refusal-text.ts';
import type { Refusal } from '#shared/errors.ts';
import { LinkButton } from './fields.tsx';
import type { Typed } from './form.ts';
import { KeptText, keptText } from './kept-text.tsx';
import { Page } from './layout.tsx';
import { paths } from './paths.ts';
import { type View, viewOf } from './view.ts';

/** The page for a refusal that no form of its own can show: what happened, and what can be done now. */
export const refusalPage = async (c: Context, refusal: Refusal): Promise<Response> => {
  const view = viewOf(c);
  if (refusal.kind === 'sign-in-needed' && c.req.method === 'GET') {
    return c.redirect(signInWithReturn(view), 303);
  }
  if (refusal.kind === 'too-many-requests') {
    c.header('retry-after', String(refusal.retryAfterMinutes * 60));
  }
  const typed = await keptText(c);
  const page = { view, refusal, typed, from: formOf(c, view, refusal) };
  return c.html(<ProblemPage {...page} />, statusOf(refusal));
};

/** Where a refused form stands: its own address is a page, or leads to one (test/house/routes.test.ts). */
const formOf = (c: Context, { t, path }: View, { kind }: Refusal): string | undefined =>
  c.req.method === 'POST' && !nowhere.has(kind) ? `/${t.locale}${path}` : undefined;

const nowhere: ReadonlySet<Refusal['kind']> = new Set(['not-found', 'not-allowed', 'cross-site']);

/** Whoever was sent to sign in comes back to the page that they asked for. */
export const signInWithReturn = (view: View): string =>
  `${paths.signIn(view.t.locale)}?next=${encodeURIComponent(`/${view.t.locale}${view.path}${view.query}`)}`;

type ProblemPageProps = {
  view: View;
  refusal: Refusal;
  typed: Typed | undefined;
  from: string | undefined;
};

const ProblemPage = ({ view, refusal, typed, from }: ProblemPageProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t(`problems.${refusal.kind}.title`)}>
      {detailsOf(refusal, t).map((text) => (
        <p>{text}</p>
      ))}
      <p>{helpOf(refusal, t)}</p>
      {typed && <KeptText t={t} typed={typed} />}
      <Onward view={view} kind={refusal.kind} from={from} />
    </Page>
  );
};

type OnwardProps = { view: View; kind: Refusal['kind']; from: string | undefined };

const Onward = ({ view, kind, from }: OnwardProps) => {
  const { t } = view;
  if (kind === 'sign-in-needed' || kind === 'passkey-needed') {
    return <LinkButton href={signInWithReturn(view)}>{t('common.signIn')}</LinkButton>;
  }
  if (kind === 'disclosure-needed') {
    return <LinkButton href={paths.disclosure(t.locale)}>{t('conflicts.disclosure')}</LinkButton>;
  }
  return (
    <p>
      {from === undefined ? (
        <a href={paths.home(t.locale)}>{t('problems.toHome')}</a>
      ) : (
        <a href={from}>{t('problems.toForm')}</a>
      )}
    </p>
  );
};
