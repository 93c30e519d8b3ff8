import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show, twin } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postHandOver, showPacketFile } from './handing.tsx';
import { postAnswers, postAnswersConfirmation } from './heard-posts.ts';
import { postConfirmation, postRefusal, postStop, showList } from './list.tsx';
import { postOutcome, postOutcomeConfirmation } from './outcome-posts.ts';
import { postChoices, postJoin, postLeave, showOwn } from './own.tsx';
import {
  postGiving,
  postPeople,
  postPeopleConfirmation,
  postPeopleRefusal,
  postTwins,
  showOutcomeFile,
  showPeople,
} from './people.tsx';
import { postSaid, postStatement, showStatementFile } from './said-posts.ts';
import { postKey, postList, postOwnList, showElsewhere, showOwnListFile } from './staff.tsx';

const elsewhere = '/:locale{kk|ru|en}/manage/rounds/:round/elsewhere';
const one = `${elsewhere}/lists/:list`;
const people = `${elsewhere}/people`;
const own = '/:locale{kk|ru|en}/applications/:application/elsewhere/:list';

const toElsewhere = leadTo(paths.elsewhere, 'round');
const toPeople = leadTo(paths.elsewherePeople, 'round');
const toList = leadTo(
  (locale, roundId, list) => paths.elsewhereList(locale, roundId, Number(list)),
  'round',
  'list',
);
const toOwn = leadTo(
  (locale, id, list) => paths.ownElsewhere(locale, id, Number(list)),
  'application',
  'list',
);

/** Posts and people of other regions: lists that go out and come in, and what applicants choose among them. */
export const elsewhereRoutes = (deps: WebDeps): readonly Route[] => [
  ...ownRoutes(deps),
  show('elsewhere.read', elsewhere, showElsewhere(deps)),
  ...formOn(toElsewhere, change('elsewhere.list', `${elsewhere}/own`, 'elsewhere-listed', postOwnList(deps))),
  show('elsewhere.read', `${elsewhere}/own/file`, showOwnListFile(deps)),
  ...formOn(toElsewhere, change('elsewhere.pin', `${elsewhere}/keys`, 'elsewhere-key-pinned', postKey(deps))),
  ...formOn(
    toElsewhere,
    change('elsewhere.import', `${elsewhere}/lists`, 'elsewhere-brought', postList(deps)),
  ),
  ...listRoutes(deps),
  ...peopleRoutes(deps),
];

/** One list of another region: who is handed over for it, and what comes back. */
const listRoutes = (deps: WebDeps): readonly Route[] => [
  show('elsewhere.read', one, showList(deps)),
  ...formOn(
    toList,
    change('elsewhere.import', `${one}/confirmation`, 'elsewhere-confirmed', postConfirmation(deps)),
  ),
  ...formOn(toList, change('elsewhere.import', `${one}/refusal`, 'elsewhere-refused', postRefusal(deps))),
  ...formOn(toList, change('elsewhere.hand', `${one}/packet`, 'elsewhere-handing', postHandOver(deps))),
  ...formOn(toList, change('elsewhere.hand', `${one}/stop`, 'elsewhere-stopped', postStop(deps))),
  ...formOn(
    toList,
    change('elsewhere.outcome', `${one}/outcome`, 'elsewhere-outcome-brought', postOutcome(deps)),
  ),
  ...formOn(
    toList,
    change(
      'elsewhere.outcome',
      `${one}/outcome/confirmation`,
      'elsewhere-outcome-confirmed',
      postOutcomeConfirmation(deps),
    ),
  ),
  ...formOn(
    toList,
    change('elsewhere.outcome', `${one}/answers`, 'elsewhere-statement-brought', postAnswers(deps)),
  ),
  ...formOn(
    toList,
    change(
      'elsewhere.outcome',
      `${one}/answers/confirmation`,
      'elsewhere-statement-confirmed',
      postAnswersConfirmation(deps),
    ),
  ),
  show('elsewhere.hand', `${one}/packet/file`, showPacketFile(deps)),
];

/** People of other regions for the own posts: who they are, what is decided, and what goes back. */
const peopleRoutes = (deps: WebDeps): readonly Route[] => [
  show('elsewhere.receive', people, showPeople(deps)),
  change('elsewhere.receive', people, 'elsewhere-people-brought', postPeople(deps)),
  ...formOn(
    toPeople,
    change(
      'elsewhere.receive',
      `${people}/:arrival/confirmation`,
      'elsewhere-people-confirmed',
      postPeopleConfirmation(deps),
    ),
  ),
  ...formOn(
    toPeople,
    change(
      'elsewhere.receive',
      `${people}/:arrival/refusal`,
      'elsewhere-people-refused',
      postPeopleRefusal(deps),
    ),
  ),
  ...formOn(
    toPeople,
    change('elsewhere.receive', `${people}/twins`, 'elsewhere-twins-ruled', postTwins(deps)),
  ),
  show('elsewhere.receive', `${people}/:arrival/outcome`, showOutcomeFile(deps)),
  ...formOn(toPeople, change('elsewhere.receive', `${people}/said`, 'elsewhere-said', postSaid(deps))),
  show('elsewhere.receive', `${people}/:arrival/answers`, showStatementFile(deps)),
  change('elsewhere.receive', `${people}/:arrival/answers`, 'elsewhere-statement-asked', postStatement(deps)),
  ...formOn(toPeople, change('elsewhere.give', `${people}/posts`, 'elsewhere-posts-given', postGiving(deps))),
];

/** What applicants are asked about the posts of one list. */
const ownRoutes = (deps: WebDeps): readonly Route[] => [
  // Whose application it is, the commands decide; they compare the stage with the table of permissions.
  { method: 'GET', path: own, who: 'signed-in', handle: showOwn(deps) },
  change('elsewhere.choose', own, 'elsewhere-joined', postJoin(deps)),
  twin(`${own}/choices`, toOwn),
  change('elsewhere.choose', `${own}/choices`, 'elsewhere-ranked', postChoices(deps)),
  twin(`${own}/withdrawal`, toOwn),
  change('elsewhere.choose', `${own}/withdrawal`, 'elsewhere-left', postLeave(deps)),
];
