import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { applicationResult } from '#functions/api/applications.ts';
import { RequestAnswer, requestResult } from '#functions/api/data-requests.ts';
import {
  Contact,
  forPerson,
  onPerson,
  PersonAnswer,
  people,
  personAnswer,
} from '#functions/api/desk-person.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { ApplicationAnswer, withRound } from '#functions/api/schemas.ts';
import { described } from '#functions/api/selection.ts';
import { startApplication } from '#functions/commands/applications.ts';
import {
  changeContact,
  enterPerson,
  noteDataReading,
  peopleAtDesk,
  personAtDesk,
} from '#functions/commands/assistance.ts';
import { askErasure } from '#functions/commands/data-requests.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import { announcePaper } from '#functions/commands/request-papers.ts';
import { publicCalls } from '#functions/commands/rounds.ts';
import { sameIinIn } from '#functions/commands/same-iin.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { ApplicationNumber, DataRequestId, DocumentId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * What the desk does for people without a mailbox. Their applications it fills in by the operations of the applicants themselves
 * (`/api/applications/…`), which act for the owner and name the desk in every event.
 */
export const deskOperations = (deps: ApiDeps): Operation[] => [
  ...reading(deps),
  ...entering(deps),
  ...rights(deps),
  ...papers(deps),
];

const reading = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('listPeopleAtDesk', 'desk.assist'),
      method: 'GET',
      path: people,
      summary: 'Everybody for whom the desk acts, newest first. That the names were read is on record.',
      answer: { status: 200, schema: z.object({ people: z.array(PersonAnswer) }) },
    },
    async (c) => ok({ people: (await peopleAtDesk(deps, deskWorker(c))).map(personAnswer) }),
  ),
  ask(
    {
      ...described('readPersonAtDesk', 'desk.assist'),
      method: 'GET',
      path: onPerson,
      summary: 'One of them: contact, applications and letters. The reading is on record.',
      answer: { status: 200, schema: PersonAnswer },
      refusals: ['not-found'],
    },
    (c) =>
      forPerson(c, async (command) => {
        const found = await personAtDesk(deps, command);
        return found.ok ? ok(personAnswer(found.value)) : found;
      }),
  ),
  ask(
    {
      ...described('listSameIin', 'desk.assist'),
      method: 'GET',
      path: '/api/desk/same-iin',
      summary: 'Applications of open calls that have the same IIN, by number. Whose they are is not told.',
      answer: {
        status: 200,
        schema: z.object({
          groups: z.array(z.object({ roundId: RoundId, numbers: z.array(ApplicationNumber) })),
        }),
      },
    },
    async () => {
      const open = (await publicCalls(deps)).filter((call) => call.open);
      const groups = await Promise.all(
        open.map(async ({ round }) =>
          (await sameIinIn(deps, round.id)).map((group) => ({
            roundId: round.id,
            numbers: group.map(({ number }) => number),
          })),
        ),
      );
      return ok({ groups: groups.flat() });
    },
  ),
];

const entering = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('enterPerson', 'desk.assist', 'person-registered'),
      method: 'POST',
      path: people,
      summary:
        'Enters somebody without a mailbox under an id that the program drew (20 characters of Crockford’s base 32), so that the same request again enters one person.',
      body: Contact.extend({ person: PersonId }),
      answer: { status: 200, schema: PersonAnswer },
      refusals: ['not-found'],
    },
    async (c, { person: personId, ...typed }) => {
      const by = deskWorker(c);
      const entered = await enterPerson(deps, { by, personId, typed });
      if (!entered.ok) return entered;
      const found = await personAtDesk(deps, { by, personId });
      return found.ok ? ok(personAnswer(found.value)) : found;
    },
  ),
  send(
    {
      ...described('changeContact', 'desk.assist', 'contact-changed'),
      method: 'PUT',
      path: `${onPerson}/contact`,
      summary: 'Corrects how the person is called and reached, and the language of letters.',
      body: Contact,
      answer: { status: 204 },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    (c, typed) => forPerson(c, (command) => changeContact(deps, { ...command, typed })),
  ),
  send(
    {
      ...described('startApplicationAtDesk', 'desk.assist', 'application-started'),
      method: 'POST',
      path: `${onPerson}/applications`,
      summary:
        'Begins an application for the person in an open call; a second time answers the one that was begun.',
      body: z.strictObject({ round: RoundId }),
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'wrong-stage', 'too-early', 'too-late'],
    },
    (c, { round }) =>
      forPerson(c, async ({ by, personId }) => {
        const found = await personAtDesk(deps, { by, personId });
        if (!found.ok) return found;
        const acting = { personId, assistant: by.id };
        return await withRound(round, async (roundId) =>
          applicationResult(await startApplication(deps, { by: acting, roundId })),
        );
      }),
  ),
];

const rights = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readDataAtDesk', 'desk.assist'),
      method: 'GET',
      path: `${onPerson}/data`,
      summary:
        'What the region holds about the person, without answers about equality. The reading is on record.',
      answer: { status: 200, schema: PersonalData },
      refusals: ['not-found'],
    },
    (c) =>
      forPerson(c, async ({ by, personId }) => {
        const found = await personAtDesk(deps, { by, personId });
        if (!found.ok) return found;
        await noteDataReading(deps, by, personId);
        return ok(await personalDataOf(deps, { personId, assistant: by.id }));
      }),
  ),
  ask(
    {
      ...described('askErasureAtDesk', 'desk.assist', 'data-request-filed'),
      method: 'POST',
      path: `${onPerson}/erasure`,
      summary:
        'Asks for the person that everything be erased. A correction and a withdrawal of the consent are filed at the application. All three are granted once the signed paper is there.',
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-found', 'not-erasable', 'changed-meanwhile'],
    },
    (c) =>
      forPerson(c, async ({ by, personId }) => {
        const found = await personAtDesk(deps, { by, personId });
        if (!found.ok) return found;
        return requestResult(await askErasure(deps, { by: { personId, assistant: by.id } }));
      }),
  ),
];

const papers = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('announceRequestPaper', 'desk.assist', 'request-paper-announced'),
      method: 'POST',
      path: `${onPerson}/requests/:request/paper`,
      summary:
        'A form with which the scan of the paper that the person signed is posted straight to storage.',
      answer: {
        status: 201,
        schema: z.object({
          paper: DocumentId,
          upload: z.object({ url: z.url(), fields: z.record(z.string(), z.string()) }),
        }),
      },
      refusals: ['not-found', 'already-decided', 'too-many-documents', 'changed-meanwhile'],
    },
    (c) =>
      forPerson(c, async (command) => {
        const found = await personAtDesk(deps, command);
        if (!found.ok) return found;
        const requestId = DataRequestId.safeParse(c.req.param('request'));
        if (!requestId.success) return refuse({ kind: 'not-found', what: 'data-request' });
        return await announcePaper(deps, { ...command, requestId: requestId.data });
      }),
  ),
];
