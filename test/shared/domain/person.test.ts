import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import {
  enrolPasskey,
  hasPasskey,
  type Person,
  type PersonEvent,
  personAggregate,
  registerPerson,
  removePasskey,
} from '#shared/domain/person.ts';
import { Instant } from '#shared/domain/time.ts';

const now = Instant.parse('2022-08-01T04:00:00.000Z');
const [phone, laptop] = [sha256Of('phone'), sha256Of('laptop')];

const after = (person: Person | undefined, events: readonly PersonEvent[]): Person => {
  const next = evolveAll(personAggregate, person, events);
  if (!next) throw new Error('No person.');
  return next;
};

const registered = after(undefined, registerPerson(PersonId.parse('1'.repeat(20)), now));
const withPhone = after(registered, enrolPasskey(registered, { credential: phone, replacing: false }, now));

describe('a person’s passkeys', () => {
  it('are none at first', () => {
    expect(registered.passkeys).toEqual([]);
  });

  it('may be several', () => {
    const both = after(withPhone, enrolPasskey(withPhone, { credential: laptop, replacing: false }, now));

    expect([hasPasskey(both, phone), hasPasskey(both, laptop)]).toEqual([true, true]);
  });

  it('that were lost stop to count in the moment the new one is enrolled', () => {
    const events = enrolPasskey(withPhone, { credential: laptop, replacing: true }, now);
    const renewed = after(withPhone, events);

    expect(events.map(({ type }) => type)).toEqual(['passkey-removed', 'passkey-enrolled']);
    expect([hasPasskey(renewed, phone), hasPasskey(renewed, laptop)]).toEqual([false, true]);
  });

  it('keep one for as long as a role needs it', () => {
    expect(removePasskey(withPhone, { credential: phone, needed: true }, now)).toMatchObject({
      error: { kind: 'last-passkey' },
    });
    expect(removePasskey(withPhone, { credential: phone, needed: false }, now).ok).toBe(true);
  });

  it('that are not theirs cannot be removed', () => {
    expect(removePasskey(withPhone, { credential: laptop, needed: false }, now).ok).toBe(false);
  });
});

it('a record that does not begin with registering is broken, and says so', () => {
  expect(() =>
    after(undefined, enrolPasskey(registered, { credential: phone, replacing: false }, now)),
  ).toThrow('begins with');
});
