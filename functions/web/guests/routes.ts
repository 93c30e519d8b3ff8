import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postEnding, postInvitation, postLetter, showGuests } from './guests.tsx';
import { showOwnRounds } from './rounds.tsx';

const guests = '/:locale{kk|ru|en}/committee/rounds/:round/guests';

const toGuests = leadTo(paths.guests, 'round');

/** Raters of other regions: whom the secretary invited, and where they come in. They score on the pages of scoring. */
export const guestRoutes = (deps: WebDeps): readonly Route[] => [
  show('guest.read', '/:locale{kk|ru|en}/guest', showOwnRounds(deps)),
  show('guest.keep', guests, showGuests(deps)),
  change('guest.keep', guests, 'guest-invited', postInvitation(deps)),
  ...formOn(toGuests, change('guest.keep', `${guests}/:guest/letter`, 'guest-written', postLetter(deps))),
  ...formOn(toGuests, change('guest.keep', `${guests}/:guest/ending`, 'guest-ended', postEnding(deps))),
];
