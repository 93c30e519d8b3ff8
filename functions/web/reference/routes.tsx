import type { Context } from 'hono';
import {
  declineReference,
  giveReference,
  maxReference,
  type ReferenceForm,
  readReference,
  saveReference,
} from '#functions/commands/reference-answer.ts';
import { ReferenceAnswer } from '#functions/commands/references.ts';
import { within } from '#functions/commands/sign-in.ts';
import type { Route } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { networkOf } from '#functions/http/request.ts';
import { rateLimits } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { referenceToken } from '../account/cookies.ts';
import type { WebDeps } from '../deps.ts';
import { basedOnIn, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { LinkPage, ReferencePage, ThanksPage } from './pages.tsx';

const at = '/:locale{kk|ru|en}/reference';

/**
 * A referee's pages, without an account: the token of the letter opens one reference. Opening a page uses nothing up and changes
 * nothing; the token stays out of addresses, in the browser that opened the link.
 */
export const referenceRoutes = (deps: WebDeps): readonly Route[] => [
  { method: 'GET', path: at, who: 'public', handle: (c) => c.html(<LinkPage view={viewOf(c)} />) },
  { method: 'POST', path: at, who: 'public', handle: openLink(deps) },
  { method: 'GET', path: `${at}/form`, who: 'public', handle: (c) => formPage(deps, c) },
  { method: 'POST', path: `${at}/form`, who: 'public', audit: 'reference-given', handle: postForm(deps) },
  { method: 'GET', path: `${at}/refusal`, who: 'public', handle: toForm },
  {
    method: 'POST',
    path: `${at}/refusal`,
    who: 'public',
    audit: 'reference-declined',
    handle: decline(deps),
  },
  {
    method: 'GET',
    path: `${at}/thanks`,
    who: 'public',
    handle: (c) => c.html(<ThanksPage view={viewOf(c)} />),
  },
];

function openLink(deps: WebDeps): Route['handle'] {
  return async (c) => {
    const view = viewOf(c);
    const allowed = await within(deps, [[rateLimits.linksFromNetwork, networkOf(c)]]);
    if (!allowed.ok) return await refusalPage(c, allowed.error);
    const typed = await readTyped(c);
    // Whoever pastes the whole link means its token.
    const token = one(typed, 'token').trim().split('#').at(-1) ?? '';
    const found = await readReference(deps, token);
    if (!found.ok) return await linkAgain(c, typed, found.error);
    const meant = one(typed, 'referee');
    if (meant !== '' && meant !== found.value.referee) return await linkAgain(c, typed);
    referenceToken.give(c, token);
    if (typed['text'] !== undefined) {
      const form = typedIn(found.value, typed);
      return c.html(<ReferencePage view={view} form={form} maximum={maxReference} errors={[]} />);
    }
    return c.redirect(paths.referenceForm(view.t.locale), 303);
  };
}

const toForm: Route['handle'] = (c) => c.redirect(paths.referenceForm(viewOf(c).t.locale), 303);

type Again = { typed: Typed; refusal: Refusal };

const formPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const view = viewOf(c);
  const token = referenceToken.of(c);
  if (token === undefined) return c.redirect(paths.reference(view.t.locale), 303);
  const found = await readReference(deps, token);
  if (!found.ok) return await refusalPage(c, found.error);
  // Whoever writes for hours and keeps their text now and then is not shut out.
  referenceToken.give(c, token);
  const page = { view, maximum: maxReference };
  if (!again) return c.html(<ReferencePage {...page} form={found.value} errors={[]} />);
  const { typed, refusal } = again;
  const stored = refusal.kind === 'changed-meanwhile' ? refusal.stored : undefined;
  const errors = fieldErrors(refusal.kind === 'invalid' ? refusal.faults : [], view.t);
  const form = { ...typedIn(found.value, typed), ...(stored && { version: stored.version }) };
  return c.html(<ReferencePage {...page} {...{ form, errors, stored }} />, statusOf(refusal));
};

/** The form with what was typed, still based on what its page showed. */
const typedIn = (form: ReferenceForm, typed: Typed): ReferenceForm => ({
  ...form,
  answer: answerIn(typed),
  version: basedOnIn(typed) ?? form.version,
});

/** Asks for the link once more, with what was typed: it is neither lost nor sent as somebody else's reference. */
const linkAgain = async (c: Context, typed: Typed, refusal?: Refusal): Promise<Response> => {
  const { t } = viewOf(c);
  const error = refusal ? t(`problems.${refusal.kind}.help`) : t('reference.open.again');
  const kept = {
    referee: one(typed, 'referee'),
    basedOn: one(typed, 'basedOn'),
    answer: typed['text'] === undefined ? undefined : answerIn(typed),
  };
  return await c.html(
    <LinkPage view={viewOf(c)} error={error} kept={kept} />,
    refusal ? statusOf(refusal) : 409,
  );
};

/** The token of the reference whose form was sent; another tab may have opened another one since, or the cookie is gone. */
const tokenOf = async (deps: WebDeps, c: Context, typed: Typed): Promise<Result<string, Response>> => {
  const token = referenceToken.of(c);
  if (token === undefined) return { ok: false, error: await linkAgain(c, typed) };
  const found = await readReference(deps, token);
  if (!found.ok) return { ok: false, error: await linkAgain(c, typed, found.error) };
  const same = found.value.referee === one(typed, 'referee');
  return same ? ok(token) : { ok: false, error: await linkAgain(c, typed) };
};

/** Keeps or gives; what was typed comes back with what is wrong with it. */
function postForm(deps: WebDeps): Route['handle'] {
  return async (c) => {
    const { t } = viewOf(c);
    const typed = await readTyped(c);
    const opened = await tokenOf(deps, c, typed);
    if (!opened.ok) return opened.error;
    const token = opened.value;
    const answer = answerIn(typed);
    const kept = one(typed, 'press') === 'keep';
    const command = { token, answer, basedOn: basedOnIn(typed) };
    const written = kept ? await saveReference(deps, command) : await giveReference(deps, command);
    if (!written.ok) {
      const { error } = written;
      const here = error.kind === 'invalid' || (error.kind === 'changed-meanwhile' && error.stored);
      return here ? await formPage(deps, c, { typed, refusal: error }) : await refusalPage(c, error);
    }
    if (kept) return c.redirect(`${paths.referenceForm(t.locale)}?done=common.done.saved`, 303);
    return thanks(c);
  };
}

function decline(deps: WebDeps): Route['handle'] {
  return async (c) => {
    const opened = await tokenOf(deps, c, await readTyped(c));
    if (!opened.ok) return opened.error;
    const declined = await declineReference(deps, opened.value);
    if (!declined.ok) return await refusalPage(c, declined.error);
    return thanks(c);
  };
}

const thanks = (c: Context): Response => {
  referenceToken.take(c);
  return c.redirect(`${paths.reference(viewOf(c).t.locale)}/thanks`, 303);
};

const answerIn = (typed: Typed): ReferenceAnswer => {
  const recommends = ReferenceAnswer.shape.recommends.safeParse(one(typed, 'recommends'));
  return {
    known: one(typed, 'known'),
    recommends: recommends.success ? recommends.data : '',
    text: one(typed, 'text'),
  };
};
