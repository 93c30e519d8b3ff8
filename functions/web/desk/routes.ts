import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { postHandOver, showLetter } from './letter.tsx';
import { postPerson, showDesk } from './people.tsx';
import { postBeginning, postContact, showPerson } from './person.tsx';

const desk = '/:locale{kk|ru|en}/desk';
const person = `${desk}/people/:person`;
const does = 'desk.assist';

/** For those who enter applications for people without a mailbox. Of whom, the commands decide: anybody else is not found. */
export const deskRoutes = (deps: WebDeps): readonly Route[] => [
  show(does, desk, showDesk(deps)),
  change(does, desk, 'person-registered', postPerson(deps)),
  show(does, person, showPerson(deps)),
  change(does, person, 'contact-changed', postContact(deps)),
  change(does, `${person}/applications`, 'application-started', postBeginning(deps)),
  show(does, `${person}/letters/:letter`, showLetter(deps)),
  change(does, `${person}/letters/:letter`, 'letter-handed-over', postHandOver(deps)),
];
