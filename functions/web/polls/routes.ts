import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { showBallotFile } from './file.ts';
import { postAnnulling, postBallot, postClosing, postPoll, showPoll, showPolls } from './page.tsx';

const ballots = '/:locale{kk|ru|en}/committee/rounds/:round/ballots';

/** A committee ranks applications by ballot. */
export const pollRoutes = (deps: WebDeps): readonly Route[] => [
  show('poll.read', ballots, showPolls(deps)),
  change('poll.lead', ballots, 'poll-opened', postPoll(deps)),
  show('poll.read', `${ballots}/:poll`, showPoll(deps)),
  change('poll.cast', `${ballots}/:poll`, 'ballot-cast', postBallot(deps)),
  ...formOn(
    leadTo(paths.ballot, 'round', 'poll'),
    change('poll.lead', `${ballots}/:poll/closing`, 'poll-closed', postClosing(deps)),
  ),
  ...formOn(
    leadTo(paths.ballot, 'round', 'poll'),
    change('poll.lead', `${ballots}/:poll/annulling`, 'poll-annulled', postAnnulling(deps)),
  ),
  show('poll.read', `${ballots}/:poll/files/:file`, showBallotFile(deps)),
];
