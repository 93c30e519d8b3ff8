import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import {
  postConsent,
  postCorrection,
  postErasure,
  showConsent,
  showCorrection,
  showErasure,
} from '../rights/ask.tsx';
import { downloadData, printData, showData } from '../rights/data.tsx';
import { forPersonAtDesk } from './acting.ts';
import { postRequestPaper, showRequestPaper } from './request-paper.tsx';

const does = 'desk.assist';
const filed = 'data-request-filed';

/**
 * What people see of their own data and ask about them, for somebody without a mailbox. The pages are those of any applicant.
 * @param person the address of the person at the desk
 */
export const deskRightsRoutes = (deps: WebDeps, person: string): readonly Route[] => {
  const data = `${person}/data`;
  const forPerson = (handle: Route['handle']) => forPersonAtDesk(deps, handle);
  return [
    show(does, data, forPerson(showData(deps))),
    show(does, `${data}/export.json`, forPerson(downloadData(deps))),
    show(does, `${data}/export.pdf`, forPerson(printData(deps))),
    show(does, `${data}/correction/:application`, forPerson(showCorrection(deps))),
    change(does, `${data}/correction/:application`, filed, forPerson(postCorrection(deps))),
    show(does, `${data}/consent/:application`, forPerson(showConsent(deps))),
    change(does, `${data}/consent/:application`, filed, forPerson(postConsent(deps))),
    show(does, `${data}/erasure`, forPerson(showErasure(deps))),
    change(does, `${data}/erasure`, filed, forPerson(postErasure(deps))),
    show(does, `${data}/requests/:request/paper`, forPerson(showRequestPaper(deps))),
    change(
      does,
      `${data}/requests/:request/paper`,
      'request-paper-announced',
      forPerson(postRequestPaper(deps)),
    ),
  ];
};
