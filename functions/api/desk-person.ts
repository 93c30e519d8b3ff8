import type { Context } from 'hono';
import * as z from 'zod';
import type { Assisted, DeskWorker } from '#functions/commands/assistance.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { HandOverWay } from '#shared/domain/assistance.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { LetterTemplate } from '#shared/domain/letter-template.ts';
import { lettersIn, type Person } from '#shared/domain/person.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

export const people = '/api/desk/people';
export const onPerson = `${people}/:person`;

export const Contact = z.strictObject({
  name: z.string().max(500),
  phone: z.string().max(500).default(''),
  address: z.string().max(2000).default(''),
  locale: z.string().max(10),
});

export const KeptAnswer = z.object({
  /** Its place on the person’s record, from 1. */
  number: z.int(),
  template: LetterTemplate,
  keptAt: Instant,
  handedOver: z.object({ at: Instant, way: HandOverWay }).optional(),
});

const keptAnswer = (person: Person): z.input<typeof KeptAnswer>[] =>
  lettersIn(person).map(({ number, letter: { template, keptAt, handedOver } }) => ({
    number,
    template,
    keptAt,
    handedOver,
  }));

export const PersonAnswer = z.object({
  id: PersonId,
  name: z.string().optional(),
  phone: z.string().optional(),
  address: z.string().optional(),
  locale: z.string().optional(),
  registeredAt: Instant,
  applications: z.array(
    z.object({
      id: ApplicationId,
      number: ApplicationNumber,
      roundId: RoundId,
      stage: z.enum(['draft', 'submitted', 'withdrawn']),
    }),
  ),
  letters: z.array(KeptAnswer),
});

export const personAnswer = ({ person, profile, applications }: Assisted): z.input<typeof PersonAnswer> => ({
  id: person.id,
  name: profile?.name,
  phone: profile?.phone,
  address: profile?.address,
  locale: profile?.locale,
  registeredAt: person.registeredAt,
  applications: applications.map(({ id, number, roundId, stage }) => ({ id, number, roundId, stage })),
  letters: keptAnswer(person),
});

/** The person whom an address names; an identifier that cannot be one is answered like one that does not exist. */
export const forPerson = async <T>(
  c: Context,
  work: (command: { by: DeskWorker; personId: PersonId }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const personId = PersonId.safeParse(c.req.param('person'));
  return personId.success
    ? await work({ by: deskWorker(c), personId: personId.data })
    : refuse({ kind: 'not-found', what: 'person' });
};
