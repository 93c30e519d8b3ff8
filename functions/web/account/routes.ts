import type { Route } from '#functions/http/authorize.ts';
import type { WebDeps } from '../deps.ts';
import { accountPageRoutes } from './account-routes.tsx';
import { enrolRoutes } from './enrol-routes.tsx';
import { mailboxRoutes } from './mailbox-routes.tsx';
import { passkeyRoutes } from './passkey-routes.tsx';
import { signInRoutes } from './sign-in-routes.tsx';
import { staffRoutes } from './staff-routes.tsx';

/** Signing in, passkeys, enrolment, the own account and staff, each route with who may use it. */
export const accountRoutes = (deps: WebDeps): readonly Route[] => [
  ...signInRoutes(deps),
  ...passkeyRoutes(deps),
  ...enrolRoutes(deps),
  ...accountPageRoutes(deps),
  ...mailboxRoutes(deps),
  ...staffRoutes(deps),
];
