import type { Route } from '#functions/http/authorize.ts';
import { accountRoutes } from '#functions/web/account/routes.ts';
import { routes } from '#functions/web/routes.ts';
import { aSite } from './site.ts';

/*
 * What an applicant, a referee or the desk can come to, by the route tables: the one list of pages that are weighed (first-view.test.ts, the
 * benchmark) and looked at (test/browser/pages.test.ts) holds a page of each.
 */

/** What is sent as a file. */
const files = new Set([
  '/:locale/anchors/:number',
  '/:locale/calls/:round/deadlines.ics',
  '/:locale/calls/:round/results/:stage',
  '/:locale/applications/:application/files/:document',
  '/:locale/applications/:application/receipt.json',
  '/:locale/applications/:application/receipt.pdf',
  '/:locale/applications/:application/interview.ics',
  '/:locale/applications/:application/result/:stage/receipt',
  '/:locale/account/data/export.json',
  '/:locale/account/data/export.pdf',
  '/:locale/desk/people/:person/data/export.json',
  '/:locale/desk/people/:person/data/export.pdf',
]);

/** What only leads on: an address that takes a form, to the page that the form stands on. */
const ways = new Set([
  '/:locale',
  '/:locale/reference/refusal',
  '/:locale/enrol/accept',
  '/:locale/sign-out',
  ...['name', 'language', 'sessions/end', 'sessions/end-all', 'passkeys/remove'].map(
    (part) => `/:locale/account/${part}`,
  ),
  ...[
    'files/:document/slices',
    'files/:document/whole',
    'submit',
    'amendment',
    'references/:slot/letter',
    'inquiries/:inquiry/removal',
    'interview/cancellation',
    'interview/wishes',
    'offers/:offer/acceptance',
    'offers/:offer/conditional-acceptance',
    'offers/:offer/refusal',
    'placement/items',
    'placement/undo',
    'placement/deferral',
    'waiting/ahead',
    'waiting/ahead/withdrawal',
    'exchange/choices',
    'exchange/withdrawal',
    'elsewhere/:list/choices',
    'elsewhere/:list/withdrawal',
  ].map((part) => `/:locale/applications/:application/${part}`),
  '/:locale/desk/people/:person/applications',
  '/:locale/desk/people/:person/mailbox',
  '/:locale/desk/people/:person/data/requests/:request/paper',
]);

const nameOf = ({ path }: Pick<Route, 'path'>): string => path.replaceAll(/\{[^}]*\}/g, '');

/** Every address of a page or a file that an applicant, a referee or the desk may ask for. */
const readable = ({ method, who }: Route): boolean =>
  method === 'GET' &&
  (typeof who === 'string' || who.some((role) => role === 'applicant' || role === 'desk'));

const { deps } = aSite();
const names = [...routes(deps), ...accountRoutes(deps)].filter(readable).map(nameOf);

const isAt = (name: string, address: string): boolean =>
  new RegExp(`^${name.replaceAll(/:\w+/g, '[^/]+')}$`).test(address.replace(/[?#].*/, ''));

/** The pages that none of the addresses is of. */
export const unvisited = (addresses: readonly string[]): string[] =>
  names
    .filter((name) => !files.has(name) && !ways.has(name))
    .filter((name) => !addresses.some((address) => isAt(name, address)));

/** What stands here and is no address any more, or shows a page to whoever asks a way. */
export const wronglySetAside = async (): Promise<string[]> => {
  const applicant = aSite().applicant();
  const wrong = [...files, ...ways].filter((name) => !names.includes(name));
  for (const name of ways) {
    const { status } = await applicant.get(name.replace(':locale', 'en').replaceAll(/:\w+/g, 'X'));
    if (status === 200) wrong.push(name);
  }
  return wrong;
};
