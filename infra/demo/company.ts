import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Rehearsal } from '#infra/rehearsal/rehearsal.ts';
import { enrol, type Staff } from '#infra/rehearsal/sign-in.ts';

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

/** The administrator gives everyone on the committee a seat. */
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
};

/** Those who judge and vote. */
export const judges = ({ chair, members }: Company): Staff[] => [chair, ...members];
