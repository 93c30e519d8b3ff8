import type { Context } from 'hono';
import * as z from 'zod';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import {
  agreeReplacement,
  askReplacement,
  invite,
  revoke,
  takeBackReplacement,
  voidLink,
} from '#functions/commands/staff.ts';
import { staffOverview } from '#functions/commands/staff-overview.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { formOn, leadTo } from '#functions/web/acting.ts';
import { one, readTyped, type Typed } from '#functions/web/form.ts';
import { paths } from '#functions/web/paths.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { viewOf } from '#functions/web/view.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { GivenRole, Role } from '#shared/domain/role.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/index.ts';
import { LinkPage } from './link.tsx';
import { StaffPage } from './staff.tsx';

const staff = '/:locale{kk|ru|en}/staff';
const who = ['administrator'] as const;

const toStaff = leadTo(paths.staff);

/** Administrators look after each other and everyone else. Each change is an event of the staff record. */
export const staffRoutes = (deps: SignInDeps): readonly Route[] => [
  { method: 'GET', path: staff, who, handle: (c) => showStaff(c, deps) },
  { method: 'POST', path: staff, who, audit: 'invitation-issued', handle: (c) => inviteSomebody(c, deps) },
  ...formOn(toStaff, {
    method: 'POST',
    path: `${staff}/revoke`,
    who,
    audit: 'role-revoked',
    handle: (c) => revokeFrom(c, deps),
  }),
  ...formOn(toStaff, {
    method: 'POST',
    path: `${staff}/replacements`,
    who,
    audit: 'passkey-replacement-requested',
    handle: async (c) => {
      const personId = PersonId.safeParse(one(await readTyped(c), 'personId'));
      if (!personId.success) return await refusalPage(c, nobody);
      const asked = await askReplacement(deps, { by: requireActor(c, who), personId: personId.data });
      return asked.ok ? back(c, 'account.done.replacementAsked') : await refusalPage(c, asked.error);
    },
  }),
  ...formOn(toStaff, {
    method: 'POST',
    path: `${staff}/replacements/withdraw`,
    who,
    audit: 'passkey-replacement-withdrawn',
    handle: async (c) => {
      const personId = PersonId.safeParse(one(await readTyped(c), 'personId'));
      if (!personId.success) return await refusalPage(c, nobody);
      const withdrawn = await takeBackReplacement(deps, {
        by: requireActor(c, who),
        personId: personId.data,
      });
      return withdrawn.ok
        ? back(c, 'account.done.replacementWithdrawn')
        : await refusalPage(c, withdrawn.error);
    },
  }),
  ...formOn(toStaff, {
    method: 'POST',
    path: `${staff}/invitations/void`,
    who,
    audit: 'invitation-voided',
    handle: (c) => takeLinkBack(c, deps),
  }),
  ...formOn(toStaff, {
    method: 'POST',
    path: `${staff}/replacements/agree`,
    who,
    audit: 'passkey-replacement-approved',
    handle: (c) => agree(c, deps),
  }),
];

const showStaff = async (c: Context, deps: SignInDeps): Promise<Response> =>
  c.html(<StaffPage view={viewOf(c)} staff={await staffOverview(deps)} me={requireActor(c, who).id} />);

const Invited = z.object({ role: GivenRole, locale: Locale });

const inviteSomebody = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const wanted = Invited.safeParse(await readTyped(c));
  if (!wanted.success) return await refusalPage(c, { kind: 'invalid', faults: [] });
  const invited = await invite(deps, { by: requireActor(c, who), ...wanted.data });
  if (!invited.ok) return await refusalPage(c, invited.error);
  return c.html(
    <LinkPage view={view} link={invited.value} purpose="invite" back={paths.staff(view.t.locale)} />,
  );
};

const Revoked = z.object({ personId: PersonId, role: Role });

const revokeFrom = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const wanted = Revoked.safeParse(await readTyped(c));
  if (!wanted.success) return await refusalPage(c, nobody);
  const revoked = await revoke(deps, { by: requireActor(c, who), ...wanted.data });
  return revoked.ok ? back(c, 'account.done.revoked') : await refusalPage(c, revoked.error);
};

const takeLinkBack = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const invitation = Sha256.safeParse(one(await readTyped(c), 'invitation'));
  if (!invitation.success) return await refusalPage(c, { kind: 'not-found', what: 'invitation' });
  const voided = await voidLink(deps, { by: requireActor(c, who), invitation: invitation.data });
  return voided.ok ? back(c, 'account.done.voided') : await refusalPage(c, voided.error);
};

const agree = async (c: Context, deps: SignInDeps): Promise<Response> => {
  const view = viewOf(c);
  const typed = await readTyped(c);
  const personId = PersonId.safeParse(one(typed, 'personId'));
  if (!personId.success) return await refusalPage(c, nobody);
  const agreed = await agreeReplacement(deps, {
    by: requireActor(c, who),
    personId: personId.data,
    locale: languageFor(typed, personId.data) ?? view.t.locale,
  });
  if (!agreed.ok) return await refusalPage(c, agreed.error);
  return c.html(
    <LinkPage view={view} link={agreed.value} purpose="replacement" back={paths.staff(view.t.locale)} />,
  );
};

/** One form for each person on the page, so the field's name tells them apart. */
const languageFor = (typed: Typed, personId: PersonId): Locale | undefined =>
  Locale.safeParse(one(typed, `locale-${personId}`)).data;

const back = (c: Context, done: string): Response =>
  c.redirect(`${paths.staff(viewOf(c).t.locale)}?done=${done}`, 303);

const nobody: Refusal = { kind: 'not-found', what: 'person' };
