import type { Route } from '#functions/http/authorize.ts';
import { applyRoutes } from './apply/routes.ts';
import { callRoutes } from './calls/routes.tsx';
import { committeeRoutes } from './committee/routes.ts';
import type { WebDeps } from './deps.ts';
import { homeRoutes } from './home.tsx';
import { manageRoutes } from './manage/routes.ts';
import { offerRoutes } from './offers/routes.ts';
import { selectionRoutes } from './screening/routes.ts';

/** Every page but those of signing in and staff, each with who may use it. */
export const routes = (deps: WebDeps): readonly Route[] => [
  ...homeRoutes(deps),
  ...callRoutes(deps),
  ...applyRoutes(deps),
  ...manageRoutes(deps),
  ...offerRoutes(deps),
  ...committeeRoutes(deps),
  ...selectionRoutes(deps),
];
