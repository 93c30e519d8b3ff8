import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import {
  openReleased,
  openSent,
  postFileRelease,
  postTakingBack,
  postText,
  postUpload,
  postWithholding,
  showCopies,
  showUpload,
} from './copies.tsx';
import { showOverview } from './overview.tsx';

const round = '/:locale{kk|ru|en}/committee/rounds/:round';
const redacted = `${round}/redaction/:application`;

const presses = ['text', 'file', 'withholding', 'taking-back'] as const;

/** Redacted copies for blind stages: the secretary makes and releases them, raters open what was released. */
export const redactionRoutes = (deps: WebDeps): readonly Route[] => [
  show('redaction.keep', `${round}/redaction`, showOverview(deps)),
  show('redaction.keep', redacted, showCopies(deps)),
  // Whoever changes the language on the page of a refused form comes to the page that the form stands on.
  ...presses.map((press) => show('redaction.keep', `${redacted}/${press}`, showCopies(deps))),
  change('redaction.keep', `${redacted}/text`, 'text-released', postText(deps)),
  change('redaction.keep', `${redacted}/file`, 'file-released', postFileRelease(deps)),
  change('redaction.keep', `${redacted}/withholding`, 'copy-withheld', postWithholding(deps)),
  change('redaction.keep', `${redacted}/taking-back`, 'copy-taken-back', postTakingBack(deps)),
  show('redaction.keep', `${redacted}/upload`, showUpload(deps)),
  change('redaction.keep', `${redacted}/upload`, 'copy-file', postUpload(deps)),
  show('redaction.keep', `${redacted}/files/:document`, openSent(deps)),
  show('scoring.read', `${round}/scoring/:application/copies/:document`, openReleased(deps)),
];
