import type { Route } from '#functions/http/authorize.ts';
import * as acting from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import {
  postConsent,
  postCorrection,
  postErasure,
  showConsent,
  showCorrection,
  showErasure,
} from './ask.tsx';
import { downloadData, printData, showData } from './data.tsx';
import { openSignedPaper, postAnswer, showRequest, showRequests } from './requests.tsx';

const data = '/:locale{kk|ru|en}/account/data';
const requests = '/:locale{kk|ru|en}/manage/data-requests';

/** What a person sees of the own data and may ask about them, and where staff answer. */
export const rightsRoutes = (deps: WebDeps): readonly Route[] => [
  show(data, showData(deps)),
  show(`${data}/export.json`, downloadData(deps)),
  show(`${data}/export.pdf`, printData(deps)),
  show(`${data}/correction/:application`, showCorrection(deps)),
  change(`${data}/correction/:application`, postCorrection(deps)),
  show(`${data}/consent/:application`, showConsent(deps)),
  change(`${data}/consent/:application`, postConsent(deps)),
  show(`${data}/erasure`, showErasure(deps)),
  change(`${data}/erasure`, postErasure(deps)),
  acting.show('data-request.answer', requests, showRequests(deps)),
  acting.show('data-request.answer', `${requests}/:request`, showRequest(deps)),
  acting.show('data-request.answer', `${requests}/:request/papers/:paper`, openSignedPaper(deps)),
  acting.change('data-request.answer', `${requests}/:request`, 'data-request-answered', postAnswer(deps)),
];

const show = (path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: 'signed-in',
  handle,
});

const change = (path: string, handle: Route['handle']): Route => ({
  method: 'POST',
  path,
  who: 'signed-in',
  audit: 'data-request-filed',
  handle,
});
