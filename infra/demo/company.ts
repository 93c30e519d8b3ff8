import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Rehearsal } from '#infra/rehearsal/rehearsal.ts';
import { enrol, type Staff } from '#infra/rehearsal/sign-in.ts';
import { Subject } from '#shared/domain/codes.ts';
import type { Competence } from '#shared/domain/competence.ts';

/** Everybody who works on a round. */
export type Company = {
  administrator: Staff;
  chair: Staff;
  secretary: Staff;
  members: Staff[];
  school: Staff;
};

/** Four members and the chair vote: odd, and the five that the round file asks for. */
const memberCount = 4;

/**
 * Invites everybody, who makes a passkey and signs in.
 * @param cast part of each mailbox, so that another play on the same home has people of its own
 */
export const invite = async (rehearsal: Rehearsal, cast: string): Promise<Company> => {
  const { operator, origin, act } = rehearsal;
  const arrive = (name: string, role = name): Promise<Staff> => {
    const authenticator = createAuthenticator(origin);
    const person = { mail: `${name}-${cast}@example.kz`, locale: 'ru', role };
    return act(() => enrol(operator, origin, person, authenticator));
  };
  const administrator = await arrive('administrator');
  const chair = await arrive('chair');
  const secretary = await arrive('secretary');
  const school = await arrive('school');
  const members: Staff[] = [];
  for (let place = 1; place <= memberCount; place += 1)
    members.push(await arrive(`member-${place}`, 'member'));
  return { administrator, chair, secretary, school, members };
};

/** The administrator gives everyone on the committee a seat, and each of those who judge says what they can score. */
export const appoint = async (
  { act }: Rehearsal,
  { administrator, chair, secretary, members }: Company,
  round: string,
): Promise<void> => {
  const seats = [
    { seat: 'chair', ...chair },
    { seat: 'secretary', ...secretary },
    ...members.map((member) => ({ seat: 'member', ...member })),
  ];
  for (const { seat, personId } of seats) {
    const sent = { method: 'POST', json: { personId, seat } } as const;
    await act(() => expectJson(administrator.client, `/api/rounds/${round}/committee`, sent, nothing));
  }
  for (const [place, { client, personId }] of [chair, ...members].entries()) {
    const sent = { method: 'PUT', json: competenceOf(place) } as const;
    await act(() => expectJson(client, `/api/rounds/${round}/competences/${personId}`, sent, nothing));
  }
};

/** Everybody reads the languages of the region's schools; of the subjects each knows two in five, so that two people know each. */
const competenceOf = (place: number): Competence => ({
  languages: ['kk', 'ru'],
  subjects: Subject.options.filter((_, index) => [0, 1].includes((index + place) % (memberCount + 1))),
});

/** Those who judge and vote. */
export const judges = ({ chair, members }: Company): Staff[] => [chair, ...members];
