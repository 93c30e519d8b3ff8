import type { Application, ApplicationEvent } from '#shared/domain/application.ts';
import { beginAmendment, giveUpAmendment, workingCopy } from '#shared/domain/application-amendment.ts';
import { editable, withdraw, withdrawConsentTo } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { submit } from '#shared/domain/application-submission.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { anApplication } from '#test/builders/application.ts';
import { aRound, closesAt } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';
import { after } from './decided.ts';
import { walk } from './walk.ts';

const now = at('2022-09-20T04:00');
const call = aRound('call');
const frozen = (application: Application) => ({
  owner: `application#${application.id}`,
  kind: 'form' as const,
  version: application.formVersions + 1,
  digest: anApplication('submitted').form.digest,
});

/** As the command submits: what may be edited, and nothing else. */
const submitted = (application: Application, when = now): Result<ApplicationEvent[], Refusal> => {
  const draft = editable(application, call, when);
  return draft.ok ? ok(submit(draft.value, { form: frozen(application), consentVersion: '1' }, when)) : draft;
};

const sent = anApplication('submitted');

export const applications = walk({
  kind: 'application',
  aggregate: applicationAggregate,
  stateOf: (application) =>
    application.stage === 'submitted' && workingCopy(application) ? 'being changed' : application.stage,
  stories: {
    draft: anApplication('draft'),
    submitted: sent,
    'being changed': after(applicationAggregate, sent, { type: 'amendment-begun', at: now }),
    withdrawn: anApplication('withdrawn'),
  },
  commands: {
    submit: (one) => submitted(one),
    'submit after the deadline': (one) => submitted(one, addSeconds(closesAt, 86_400)),
    amend: (one) => (one.stage === 'draft' ? [] : beginAmendment(one, call, now)),
    'amend after the deadline': (one) => beginAmendment(one, call, addSeconds(closesAt, 86_400)),
    'give up': (one) => giveUpAmendment(one, now),
    withdraw: (one) => withdraw(one, call, 'personal', now),
    'withdraw once the round is closed': (one) => withdraw(one, aRound('closed'), 'personal', now),
    'withdraw the consent': (one) => withdrawConsentTo(one, now),
  },
});
