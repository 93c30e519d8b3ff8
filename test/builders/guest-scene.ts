import type { TypedGuest } from '#functions/commands/guest-contact.ts';
import { writeToGuest } from '#functions/commands/guest-letters.ts';
import { inviteGuest } from '#functions/commands/guests.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { accept } from '#functions/commands/staff.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, secretary } from '#test/builders/selection.ts';

/** Somebody of the Karaganda region. */
export const guest: Person = { kind: 'person', id: PersonId.parse('GVEST'.padEnd(20, '0')), role: 'guest' };

export const typedGuest: TypedGuest = {
  name: 'Сәуле Қонақова',
  mail: 'saule@example.kz',
  locale: 'ru',
  region: 'KZ-35',
  applications: '',
  atMost: '2',
  until: '2022-10-20',
};

/** The secretary holds the role in the region, without which their invitations are worth nothing. */
export const secretaryHolds = async (world: World): Promise<void> => {
  const staff = await world.records.find(staffAggregate, staffId);
  const at = world.clock.now();
  const event = { type: 'role-granted', at, personId: secretary.id, role: 'secretary' } as const;
  const { change } = changed(staffAggregate, staffId, staff, [event]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};

/** Inviting, the letters that go out, and joining by their links, in a round of this world. */
export const hosting = (world: World, roundId: RoundId) => {
  const sent: OutgoingLetter[] = [];
  const mail = { send: async (letter: OutgoingLetter) => void sent.push(letter) };
  const sender = { origin: 'https://irikteu.example', region: 'KZ-19' as const };
  /** What the outbox does with invitations. */
  const deliver = async (): Promise<void> => {
    for (const [id, { body }] of Array.from(world.records.outbox)) {
      if (body.kind !== 'write-to-guest') continue;
      await writeToGuest({ ...world, mail, sender }, id, body);
      world.records.outbox.delete(id);
    }
  };
  const invite = async (typed: Partial<TypedGuest> = {}) => {
    const invited = await inviteGuest(world, {
      by: secretary,
      roundId,
      typed: { ...typedGuest, ...typed },
    });
    await deliver();
    return invited;
  };
  const tokenIn = (letter = sent.at(-1)): string => /enrol#(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
  const join = (personId = guest.id, token = tokenIn()) =>
    accept(
      { ...world, publicOrigin: sender.origin },
      { by: { kind: 'person', id: personId, role: 'applicant' }, token, strength: 'passkey' },
    );
  return { sent, deliver, invite, tokenIn, join };
};

/** Scoring goes on, two raters asked for each application. */
export const aHostingScene = async (count = 4, file?: Uint8Array) => {
  const world = aWorld();
  const forms = Array.from({ length: count }, () => ({}));
  const selection = await aScoringIn(world, forms, file);
  await secretaryHolds(world);
  const host = hosting(world, selection.roundId);
  /** Invited, joined, and given what there is to score. */
  const hosted = async (typed: Partial<TypedGuest> = {}): Promise<void> => {
    granted(await host.invite(typed));
    granted(await host.join());
    granted(await reassignOpen(world, { by: secretary, roundId: selection.roundId }));
  };
  return { world, ...selection, ...host, hosted };
};
