import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import { described, done } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { Contact } from '#functions/commands/reference-contact.ts';
import { askReferee, nameReferee, ownReferences, ReferenceAnswer } from '#functions/commands/references.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { RefereeId } from '#shared/domain/ids.ts';
import { Referee } from '#shared/domain/reference.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

const references = '/api/applications/:application/references';
const notThere = refuse({ kind: 'not-found', what: 'reference' } as const);

const Slot = z.object({
  slot: z.int(),
  /** Absent while nobody is named; another one once somebody else is. */
  referee: RefereeId.optional(),
  status: Referee.shape.status.optional(),
  askedAt: Instant.optional(),
  contact: Contact.optional(),
  /** Of the contact; what the next one must be based on, 0 while nobody is named. */
  version: z.int(),
  /** Only where the round file lets the applicant read it. */
  answer: ReferenceAnswer.optional(),
});

/** References that a round asks for. Referees answer on their pages, by the link of their letter. */
export const referenceOperations = (deps: CommandDeps): Operation[] => [...reading(deps), ...naming(deps)];

const reading = (deps: CommandDeps): Operation[] => [
  ask(
    {
      id: 'listReferences',
      method: 'GET',
      path: references,
      who: 'signed-in',
      summary:
        'Whom an own application names for references, and who has answered; not found where the round asks for none.',
      answer: { status: 200, schema: z.object({ slots: z.array(Slot) }) },
      refusals: ['not-found'],
    },
    (c) =>
      withApplication(c.req.param('application'), async (applicationId) => {
        const own = await ownReferences(deps, { by: applicantOf(c), applicationId });
        if (!own.ok) return own;
        const slots = own.value.slots.map(({ slot, referee, contact, answer }) => {
          const { id, status, askedAt } = referee ?? {};
          const version = referee?.contact.version ?? 0;
          return { slot, referee: id, status, askedAt, contact, version, answer };
        });
        return ok({ slots });
      }),
  ),
];

const naming = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('nameReferee', 'reference.name', 'referee-named'),
      method: 'PUT',
      path: `${references}/:slot`,
      summary:
        'Names a referee. Other details void the link of an earlier letter; the same again change nothing. With `basedOn`, the version that was read, details saved elsewhere meanwhile are `changed-meanwhile`.',
      body: Contact.extend({ basedOn: z.int().min(0).optional() }).strict(),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'already-withdrawn', 'reference-ended', 'changed-meanwhile'],
    },
    (c, { basedOn, ...contact }) =>
      withApplication(c.req.param('application'), async (applicationId) => {
        const slot = Number(c.req.param('slot'));
        if (!Number.isInteger(slot) || slot < 1) return notThere;
        return done(await nameReferee(deps, { by: applicantOf(c), applicationId, slot, contact, basedOn }));
      }),
  ),
  ask(
    {
      ...described('askReferee', 'reference.name', 'referee-asked'),
      method: 'POST',
      path: `${references}/:referee/letter`,
      summary:
        'Asks a referee by letter now, or once more. Within an hour of the last letter nothing changes.',
      answer: { status: 204 },
      refusals: [
        'not-found',
        'wrong-stage',
        'already-withdrawn',
        'reference-ended',
        'too-many-requests',
        'changed-meanwhile',
      ],
    },
    (c) =>
      withApplication(c.req.param('application'), async (applicationId) => {
        const referee = RefereeId.safeParse(c.req.param('referee'));
        if (!referee.success) return notThere;
        return done(await askReferee(deps, { by: applicantOf(c), applicationId, referee: referee.data }));
      }),
  ),
];
