import type { Route } from '#functions/http/authorize.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postDisclosure, postRemoval, showDisclosure } from './disclosure.tsx';
import { showConflicts } from './list.tsx';
import { postLookedThrough, postRuling, showConflictsWith } from './one.tsx';

const conflicts = '/:locale{kk|ru|en}/committee/rounds/:round/conflicts';
const disclosure = '/:locale{kk|ru|en}/committee/disclosure';
/** Whoever may declare conflicts tells of themselves, guests too; it belongs to no round. */
const who = rolesFor('conflict.declare');

/** Conflicts of interest: what members tell of themselves, what was found, and how the secretary ruled. */
export const conflictRoutes = (deps: WebDeps): readonly Route[] => [
  { method: 'GET', path: disclosure, who, handle: showDisclosure(deps) },
  { method: 'POST', path: disclosure, who, audit: 'disclosure-told', handle: postDisclosure(deps) },
  ...formOn(leadTo(paths.disclosure), {
    method: 'POST',
    path: `${disclosure}/removal`,
    who,
    audit: 'disclosure-removed',
    handle: postRemoval(deps),
  }),
  show('conflict.read', conflicts, showConflicts(deps)),
  show('conflict.rule', `${conflicts}/:application`, showConflictsWith(deps)),
  change('conflict.rule', `${conflicts}/:application`, 'conflict-ruled', postRuling(deps)),
  ...formOn(
    leadTo(paths.conflictsWith, 'round', 'application'),
    change(
      'conflict.rule',
      `${conflicts}/:application/looked-through`,
      'ties-looked-through',
      postLookedThrough(deps),
    ),
  ),
];
