import type { Route } from '#functions/http/authorize.ts';
import * as acting from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { downloadAnchor, showAnchors } from './anchors.tsx';
import { showChecks } from './page.tsx';

const anchors = '/:locale{kk|ru|en}/anchors';

/** What the nightly checks came to, for whoever runs the region or audits it; and what they signed, for anyone to keep. */
export const checkRoutes = (deps: WebDeps): readonly Route[] => [
  acting.show('checks.read', '/:locale{kk|ru|en}/checks', showChecks(deps)),
  { method: 'GET', path: anchors, who: 'public', handle: showAnchors(deps) },
  { method: 'GET', path: `${anchors}/:number`, who: 'public', handle: downloadAnchor(deps) },
];
