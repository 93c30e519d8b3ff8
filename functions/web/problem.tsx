import type { Context } from 'hono';
import { statusOf } from '#functions/http/problem.ts';
import { detailsOf } from '#functions/http/refusal-text.ts';
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
  return c.html(<ProblemPage view={view} refusal={refusal} typed={typed} />, statusOf(refusal));
};

/** Whoever was sent to sign in comes back to the page that they asked for. */
export const signInWithReturn = (view: View): string =>
  `${paths.signIn(view.t.locale)}?next=${encodeURIComponent(`/${view.t.locale}${view.path}${view.query}`)}`;

type ProblemPageProps = { view: View; refusal: Refusal; typed: Typed | undefined };

const ProblemPage = ({ view, refusal, typed }: ProblemPageProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t(`problems.${refusal.kind}.title`)}>
      {detailsOf(refusal, t).map((text) => (
        <p>{text}</p>
      ))}
      <p>{t(`problems.${refusal.kind}.help`)}</p>
      {typed && <KeptText t={t} typed={typed} />}
      <Onward view={view} kind={refusal.kind} />
    </Page>
  );
};

const Onward = ({ view, kind }: { view: View; kind: Refusal['kind'] }) => {
  const { t } = view;
  if (kind === 'sign-in-needed' || kind === 'passkey-needed') {
    return <LinkButton href={signInWithReturn(view)}>{t('common.signIn')}</LinkButton>;
  }
  if (kind === 'disclosure-needed') {
    return <LinkButton href={paths.disclosure(t.locale)}>{t('conflicts.disclosure')}</LinkButton>;
  }
  return (
    <p>
      <a href={paths.home(t.locale)}>{t('problems.toHome')}</a>
    </p>
  );
};
