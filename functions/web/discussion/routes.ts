import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postDespite, postStep } from './moves.ts';
import { postDiscussion, showDiscussion } from './page.tsx';

const discussion = '/:locale{kk|ru|en}/committee/rounds/:round/discussion';

/** The discussion of applications at a meeting, which everybody on the committee follows. */
export const discussionRoutes = (deps: WebDeps): readonly Route[] => [
  show('discussion.read', discussion, showDiscussion(deps)),
  change('discussion.lead', discussion, 'discussion-opened', postDiscussion(deps)),
  ...formOn(
    leadTo(paths.discussion, 'round'),
    change('discussion.lead', `${discussion}/steps`, 'item-taken-up', postStep(deps)),
  ),
  ...formOn(
    leadTo(paths.discussion, 'round'),
    change('discussion.lead', `${discussion}/despite`, 'item-allowed', postDespite(deps)),
  ),
];
