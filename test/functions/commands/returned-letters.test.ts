import { beforeEach, describe, expect, it } from 'vitest';
import { noteProof, noteReached } from '#functions/commands/mailbox-proof.ts';
import { noteReturned, returnedTo, unreachedIn } from '#functions/commands/returned-letters.ts';
import { changed } from '#functions/commands/storing.ts';
import { erasePerson, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aCallIn, aigul, aStartIn, aWorld, bolat, granted, type World } from '#test/builders/scenes.ts';

const mail = MailAddress.parse('aigul@example.kz');
const letter = 'inquiry-made#1';

let world: World;
let deps: World & { profiles: ReturnType<typeof memoryPeople>['profiles'] };

beforeEach(async () => {
  world = aWorld();
  const { profiles } = memoryPeople();
  deps = { ...world, profiles };
  const { personId } = aigul;
  const now = world.clock.now();
  await profiles.register({ personId, mail, locale: 'kk', registeredAt: now });
  const { change } = changed(personAggregate, personId, undefined, registerPerson(personId, now));
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
});

const own = () => returnedTo(world, aigul.personId);

describe('a letter that came back', () => {
  it('is known to its reader, once however often it is told', async () => {
    const at = world.clock.now();

    const told = [await noteReturned(deps, { mail, letter }), await noteReturned(deps, { mail, letter })];

    expect(told).toEqual([true, true]);
    expect(await own()).toEqual({ at, letter });
    expect(await world.records.history('person', aigul.personId)).toHaveLength(2);
  });

  it('from a mailbox that nobody has is nobody’s', async () => {
    const elsewhere = MailAddress.parse('nobody@example.kz');

    expect(await noteReturned(deps, { mail: elsewhere, letter })).toBe(false);
    expect(await own()).toBeUndefined();
  });

  it('is past once another mailbox was proved', async () => {
    await noteReturned(deps, { mail, letter });
    const by = { kind: 'person', id: aigul.personId, role: 'applicant' } as const;

    granted(await noteProof(world, { by, personId: aigul.personId, proof: 'attempt' }));

    expect(await own()).toBeUndefined();
  });

  it('is past once a code got through to the mailbox, and whose letters arrive gets no event by that', async () => {
    const by = { kind: 'person', id: aigul.personId, role: 'applicant' } as const;
    await noteReturned(deps, { mail, letter });

    granted(await noteReached(world, { by, personId: aigul.personId }));
    granted(await noteReached(world, { by, personId: aigul.personId }));

    expect(await own()).toBeUndefined();
    expect(await unreachedIn(world, await aCallIn(world))).toEqual(new Set());
    expect(await world.records.history('person', aigul.personId)).toHaveLength(3);
  });

  it('changes nothing of somebody who was erased', async () => {
    const person = await world.records.find(personAggregate, aigul.personId);
    if (!person) throw new Error('Nobody is here.');
    const { change } = changed(
      personAggregate,
      person.id,
      person,
      erasePerson(person.state, world.clock.now()),
    );
    granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));

    await noteReturned(deps, { mail, letter });

    expect(await own()).toBeUndefined();
  });

  it('tells which applications of a round it is about, and no other', async () => {
    const roundId = await aCallIn(world);
    const { id } = (await aStartIn(world, roundId)).state;
    await aStartIn(world, roundId, bolat);

    const before = await unreachedIn(world, roundId);
    await noteReturned(deps, { mail, letter });

    expect([[...before], [...(await unreachedIn(world, roundId))]]).toEqual([[], [id]]);
  });
});
