import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { endSessions, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';

/** Real records for tests of what looks at all of them: persons of two events each. Answers their ids. */
export const storePeople = async (records: Records, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, (_, index) =>
    PersonId.parse(sha256Of(`person ${index}`).slice(0, 20).toUpperCase()),
  );
  for (const id of ids) {
    const facts = [...registerPerson(id, noon), ...endSessions(1, addSeconds(noon, 60))];
    const snapshot = evolveAll(personAggregate, undefined, facts);
    const change = { aggregate: 'person', id, expectedVersion: 0, facts, snapshot, lists: {} } as const;
    await records.commit({ by: theSystem, changes: [change] });
  }
  return ids;
};
