import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postHandOver, showLetter } from './letter.tsx';
import { postPerson, showDesk } from './people.tsx';
import { postBeginning, postContact, showPerson } from './person.tsx';
import { deskRightsRoutes } from './rights-routes.ts';
import { showSameIin } from './same-iin.tsx';
import { postMailbox, postMailboxCode, showMailboxCode } from './taking-over.tsx';

const desk = '/:locale{kk|ru|en}/desk';
const person = `${desk}/people/:person`;
const does = 'desk.assist';

const toPerson = leadTo(paths.deskPerson, 'person');

/** For those who enter applications for people without a mailbox. Of whom, the commands decide: anybody else is not found. */
export const deskRoutes = (deps: WebDeps): readonly Route[] => [
  show(does, desk, showDesk(deps)),
  change(does, desk, 'person-registered', postPerson(deps)),
  show(does, `${desk}/same-iin`, showSameIin(deps)),
  show(does, person, showPerson(deps)),
  change(does, person, 'contact-changed', postContact(deps)),
  ...formOn(toPerson, change(does, `${person}/applications`, 'application-started', postBeginning(deps))),
  // Sending a code changes nothing yet: the record knows of it once the code was typed.
  ...formOn(toPerson, change(does, `${person}/mailbox`, 'mailbox-proved', postMailbox(deps))),
  show(does, `${person}/mailbox/code`, showMailboxCode(deps)),
  change(does, `${person}/mailbox/code`, 'mailbox-proved', postMailboxCode(deps)),
  ...deskRightsRoutes(deps, person),
  show(does, `${person}/letters/:letter`, showLetter(deps)),
  change(does, `${person}/letters/:letter`, 'letter-handed-over', postHandOver(deps)),
];
