import type { Route } from '#functions/http/authorize.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { leadTo } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postAmendment, postGivingUp, showGivingUp } from './amendment.tsx';
import { postSubmit, showCheck } from './check.tsx';
import { postChoices, showChoices } from './choices.tsx';
import { postClaim, showOwnClaim } from './claim.tsx';
import { postClaimWithdrawal, showClaimWithdrawal } from './claim-withdrawal.tsx';
import { openOwn, postRemoval, postUpload, showDocuments, showUpload } from './documents.tsx';
import {
  postAnswer,
  postAnswerFile,
  postFileRemoval,
  showAnswerFile,
  showInquiry,
} from './inquiry-routes.tsx';
import { downloadInterview, postBooking, postCancelling, showOwnInterview } from './interview.tsx';
import { postWishes } from './interview-wishes.tsx';
import { showMine } from './mine.tsx';
import { downloadReceipt, printReceipt, showReceipt } from './receipt.tsx';
import { postLetter, postReferee, showReferee, showReferences } from './references.tsx';
import { downloadResultReceipt, showOwnResult } from './result.tsx';
import { postSection, showSection } from './section.tsx';
import { postSlices, postWhole } from './slices.ts';
import { startRoutes } from './start.tsx';
import { showApplication } from './task-list.tsx';
import { postWithdraw, showWithdraw } from './withdraw.tsx';

const mine = '/:locale{kk|ru|en}/applications';
const one = `${mine}/:application`;

/** An applicant's pages. Whose application it is, the commands decide: another's is not found. */
export const applyRoutes = (deps: WebDeps): readonly Route[] => [
  ...startRoutes(deps),
  show(mine, showMine(deps)),
  show(one, showApplication(deps)),
  show(`${one}/sections/:section`, showSection(deps)),
  change(`${one}/sections/:section`, 'section-saved', postSection(deps)),
  show(`${one}/documents`, showDocuments(deps)),
  change(`${one}/documents`, 'document-removed', postRemoval(deps)),
  show(`${one}/documents/:requirement`, showUpload(deps)),
  change(`${one}/documents/:requirement`, 'document-announced', postUpload(deps)),
  show(`${one}/files/:document`, openOwn(deps)),
  // Asked by the script of an upload page, to which nobody else comes.
  show(`${one}/files/:document/slices`, leadTo(paths.documents, 'application')),
  { ...show(`${one}/files/:document/slices`, postSlices(deps)), method: 'POST' },
  show(`${one}/files/:document/whole`, leadTo(paths.documents, 'application')),
  change(`${one}/files/:document/whole`, 'document-received', postWhole(deps)),
  show(`${one}/choices`, showChoices(deps)),
  change(`${one}/choices`, 'choices-ranked', postChoices(deps)),
  show(`${one}/check`, showCheck(deps)),
  // Whoever changes the language on the page of a refused form comes to the page that the form stands on.
  show(`${one}/submit`, leadTo(paths.check, 'application')),
  change(`${one}/submit`, 'application-submitted', postSubmit(deps)),
  show(`${one}/amendment`, leadTo(paths.application, 'application')),
  change(`${one}/amendment`, 'amendment-begun', postAmendment(deps)),
  show(`${one}/amendment/end`, showGivingUp(deps)),
  change(`${one}/amendment/end`, 'amendment-given-up', postGivingUp(deps)),
  show(`${one}/receipt`, showReceipt(deps)),
  show(`${one}/receipt.json`, downloadReceipt(deps)),
  show(`${one}/receipt.pdf`, printReceipt(deps)),
  show(`${one}/references`, showReferences(deps)),
  show(`${one}/references/:slot`, showReferee(deps)),
  change(`${one}/references/:slot`, 'referee-named', postReferee(deps), 'reference.name'),
  // As above, for the page of a letter that could not be asked for.
  show(`${one}/references/:slot/letter`, leadTo(paths.references, 'application')),
  change(`${one}/references/:slot/letter`, 'referee-asked', postLetter(deps), 'reference.name'),
  show(`${one}/inquiries/:inquiry`, showInquiry(deps)),
  change(`${one}/inquiries/:inquiry`, 'inquiry-answered', postAnswer(deps), 'inquiry.answer'),
  // As above, for the pages of a refused upload or removal.
  show(`${one}/inquiries/:inquiry/files`, showAnswerFile(deps)),
  change(`${one}/inquiries/:inquiry/files`, 'inquiry-file', postAnswerFile(deps), 'inquiry.answer'),
  show(`${one}/inquiries/:inquiry/removal`, leadTo(paths.inquiry, 'application', 'inquiry')),
  change(`${one}/inquiries/:inquiry/removal`, 'inquiry-file', postFileRemoval(deps), 'inquiry.answer'),
  show(`${one}/interview`, showOwnInterview(deps)),
  change(`${one}/interview`, 'interview-booked', postBooking(deps), 'interview.book'),
  // As above: the page of a refused cancelling leads to the page of the interview.
  show(`${one}/interview/cancellation`, leadTo(paths.interview, 'application')),
  change(`${one}/interview/cancellation`, 'interview-cancelled', postCancelling(deps), 'interview.book'),
  show(`${one}/interview/wishes`, leadTo(paths.interview, 'application')),
  change(`${one}/interview/wishes`, 'interview-wished', postWishes(deps), 'interview.wish'),
  show(`${one}/interview.ics`, downloadInterview(deps)),
  show(`${one}/result`, showOwnResult(deps)),
  show(`${one}/result/:stage/receipt`, downloadResultReceipt(deps)),
  show(`${one}/claim`, showOwnClaim(deps)),
  change(`${one}/claim`, 'claim-filed', postClaim(deps), 'claim.file'),
  show(`${one}/claim/withdrawal`, showClaimWithdrawal(deps)),
  change(`${one}/claim/withdrawal`, 'claim-withdrawn', postClaimWithdrawal(deps), 'claim.withdraw'),
  show(`${one}/withdraw`, showWithdraw(deps)),
  change(`${one}/withdraw`, 'application-withdrawn', postWithdraw(deps)),
];

const show = (path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: 'signed-in',
  handle,
});

/**
 * @param audit the event that the change leaves
 * @param does what it acts on in the table of permissions, once the call has closed
 */
const change = (path: string, audit: string, handle: Route['handle'], does?: Action): Route => ({
  method: 'POST',
  path,
  who: does ? rolesFor(does) : 'signed-in',
  audit,
  ...(does && { does }),
  handle,
});
