import { changed } from '#functions/commands/storing.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { granted, type World } from '#test/builders/scenes.ts';

/** A letter to a person came back. */
export const letterReturned = async (world: World, personId: PersonId): Promise<void> => {
  const at = world.clock.now();
  const facts: PersonEvent[] = [
    ...registerPerson(personId, at),
    { type: 'letter-returned', at, letter: 'inquiry-made#1' },
  ];
  const { change } = changed(personAggregate, personId, undefined, facts);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};
