import type { Route } from '#functions/http/authorize.ts';
import { applyRoutes } from './apply/routes.ts';
import { callRoutes } from './calls/routes.tsx';
import { checkRoutes } from './checks/routes.ts';
import { committeeRoutes } from './committee/routes.ts';
import { competenceRoutes } from './competences/routes.ts';
import { conflictRoutes } from './conflicts/routes.ts';
import { correctionRoutes } from './corrections/routes.ts';
import type { WebDeps } from './deps.ts';
import { alsoAtDesk } from './desk/acting.ts';
import { deskRoutes } from './desk/routes.ts';
import { discussionRoutes } from './discussion/routes.ts';
import { elsewhereRoutes } from './elsewhere/routes.ts';
import { guestRoutes } from './guests/routes.ts';
import { homeRoutes } from './home.tsx';
import { manageRoutes } from './manage/routes.ts';
import { marksRoutes } from './marks/routes.ts';
import { offerRoutes } from './offers/routes.ts';
import { owedRoutes } from './owed/routes.ts';
import { pollRoutes } from './polls/routes.ts';
import { practiceRoutes } from './practice/routes.ts';
import { redactionRoutes } from './redaction/routes.ts';
import { referenceRoutes } from './reference/routes.tsx';
import { rightsRoutes } from './rights/routes.ts';
import { selectionRoutes } from './screening/routes.ts';

/** Every page but those of signing in and staff, each with who may use it. */
export const routes = (deps: WebDeps): readonly Route[] => {
  const atDeskToo = alsoAtDesk(deps);
  return all(deps).map((route) => (route.path.startsWith(ownApplication) ? atDeskToo(route) : route));
};

/** An applicant's own pages, which the desk uses as well for people without a mailbox. */
const ownApplication = '/:locale{kk|ru|en}/applications/:application';

const all = (deps: WebDeps): readonly Route[] => [
  ...homeRoutes(deps),
  ...callRoutes(deps),
  ...applyRoutes(deps),
  ...deskRoutes(deps),
  ...manageRoutes(deps),
  ...checkRoutes(deps),
  ...marksRoutes(deps),
  ...correctionRoutes(deps),
  ...owedRoutes(deps),
  ...rightsRoutes(deps),
  ...offerRoutes(deps),
  ...elsewhereRoutes(deps),
  ...committeeRoutes(deps),
  ...selectionRoutes(deps),
  ...guestRoutes(deps),
  ...competenceRoutes(deps),
  ...conflictRoutes(deps),
  ...discussionRoutes(deps),
  ...pollRoutes(deps),
  ...practiceRoutes(deps),
  ...redactionRoutes(deps),
  ...referenceRoutes(deps),
];
