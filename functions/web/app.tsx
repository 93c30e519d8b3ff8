import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { registerRoutes } from '#functions/http/authorize.ts';
import { inTime } from '#functions/http/in-time.ts';
import { isProblemKind } from '#functions/http/problem.ts';
import { requestIdOf } from '#functions/http/request.ts';
import { limitBodies, readableForms, sameOriginOnly, securityHeaders } from '#functions/http/security.ts';
import { sessionOf, withSession } from '#functions/http/session.ts';
import { log } from '#functions/log.ts';
import { regionName } from '#shared/domain/region.ts';
import { isMessageKey, Locale, negotiateLocale, translator } from '#shared/i18n/index.ts';
import { accountRoutes } from './account/routes.ts';
import type { Assets } from './assets.ts';
import { compressPages } from './compress.ts';
import type { WebDeps } from './deps.ts';
import { ExplanationPage, UnexpectedPage } from './explanation.tsx';
import { paths } from './paths.ts';
import { refusalPage } from './problem.tsx';
import { routes } from './routes.ts';
import { type View, viewOf } from './view.ts';

/** Bring a file of up to 4 MB: the round file, the register of vacancies and marks. */
const imports = [
  /^\/(kk|ru|en)\/manage\/rounds(\/[0-9A-Z]+\/(round-file|vacancies|marks|elsewhere\/(lists|people)))?$/,
];

/** Take what a passkey answers, which a script posts as JSON. */
const ceremonies = [/^\/(kk|ru|en)\/(enrol\/)?passkey(\/|$)/];

/** Show a mailbox or take a secret before anybody is signed in: nothing of them is kept. */
const personal = [/^\/(kk|ru|en)\/(sign-in|enrol)(\/|$)/];

/** All pages, ready to answer; what runs them (Lambda, a test) is elsewhere. */
export const createWeb = (deps: WebDeps, assets: Assets): Hono => {
  const app = new Hono();
  app.use(compressPages(), securityHeaders(deps.publicOrigin));
  app.use(async (c, next) => {
    c.set('requestId', requestIdOf(c));
    c.set('session', undefined);
    c.set(
      'view',
      viewFor(c.req.url, c.req.header('accept-language'), { deps, assets, id: c.get('requestId') }),
    );
    await next();
  });
  app.use(inTime(refusalPage));
  app.get('/assets/:file', (c) => assets.answer(c, c.req.param('file')) ?? c.notFound());
  app.use(
    limitBodies(refusalPage, imports),
    sameOriginOnly(deps.publicOrigin),
    readableForms(refusalPage, ceremonies),
  );
  app.use(withSession(deps), async (c, next) => {
    const session = sessionOf(c);
    if (session) c.set('view', { ...viewOf(c), visitor: { roles: session.roles } });
    await next();
    // A page that shows nothing of anyone may be kept, but is asked about each time.
    const kept =
      !session && !c.res.headers.has('set-cookie') && !personal.some((path) => path.test(c.req.path));
    if (kept && c.req.method === 'GET') {
      c.res.headers.set('cache-control', 'no-cache');
    }
  });

  app.get('/', (c) => {
    c.header('vary', 'accept-language');
    return c.redirect(paths.home(negotiateLocale(c.req.header('accept-language'))), 302);
  });
  app.get('/problems/:kind', (c) => {
    const locale = negotiateLocale(c.req.header('accept-language'));
    return c.redirect(paths.problem(locale, c.req.param('kind')), 302);
  });
  app.get('/:locale{kk|ru|en}/problems/:kind', (c) => {
    const kind = c.req.param('kind');
    if (!isProblemKind(kind)) return c.notFound();
    return c.html(<ExplanationPage view={viewOf(c)} kind={kind} />);
  });
  registerRoutes(app, [...routes(deps), ...accountRoutes(deps)], refusalPage);

  app.notFound((c) => refusalPage(c, { kind: 'not-found', what: 'page' }));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 403) return refusalPage(c, { kind: 'cross-site' });
    log.error('REQUEST_FAILED', { requestId: c.get('requestId'), route: c.req.routePath }, error);
    return c.html(<UnexpectedPage view={viewOf(c)} />, 500);
  });
  return app;
};

const viewFor = (
  url: string,
  acceptLanguage: string | undefined,
  { deps, assets, id }: { deps: WebDeps; assets: Assets; id: string },
): View => {
  const { pathname, searchParams } = new URL(url);
  const [, first = '', ...rest] = pathname.split('/');
  const named = Locale.safeParse(first);
  const t = translator(named.success ? named.data : negotiateLocale(acceptLanguage));
  const done = `${searchParams.get('done')}`;
  searchParams.delete('done');
  const query = searchParams.toString();
  return {
    t,
    path: named.success ? `/${rest.join('/')}` : '/',
    query: query === '' ? '' : `?${query}`,
    regionName: regionName(deps.region)[t.locale],
    stylesheet: assets.stylesheet,
    script: assets.script,
    passkeyScript: assets.passkeyScript,
    uploadScript: assets.uploadScript,
    verificationPage: assets.verificationPage,
    requestId: id,
    notice: isMessageKey(done) && done.includes('.done.') ? t(done) : undefined,
  };
};
