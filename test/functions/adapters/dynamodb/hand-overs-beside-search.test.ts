import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScreeningIn,
  chair,
  dana,
  members,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('hand-overs, the outbox and the secretary beside a search for conflicts give nothing to whom it keeps away', async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const forms = Array.from({ length: 12 }, (_, place) => ({ employer: `Гимназия № ${place + 1}, Өскемен` }));
  const { roundId, applications } = await aScreeningIn(world, forms, conflictsUpload());
  for (const by of [secretary, chair, ...members]) await aDisclosureIn(world, by);
  await searchConflicts(world, roundId);
  await advanceIn(world, roundId);
  const raters = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
  await aDisclosureIn(world, dana, {
    employers: forms
      .slice(0, 8)
      .map(({ employer }) => employer)
      .join('; '),
  });
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);

  // Each from a process of its own, as far as the store can tell.
  const process = () => ({ ...world, records: dynamoRecords(engine) });
  const ids = applications.map(({ id }) => id);
  const handed = ids.flatMap((applicationId, place) => {
    const by = raters[place]?.find(({ id }) => id !== dana.id);
    return by ? [{ by, roundId, applicationId, reason: 'I taught them' }] : [];
  });
  const answers = await Promise.allSettled([
    searchConflicts(process(), roundId),
    ...handed.map(async (command) => granted(await declineApplication(process(), command))),
    reassignOpen(process(), { by: secretary, roundId }),
    fillPlaces(process(), { roundId, applications: ids }),
  ]);

  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(handed.length);
  await searchConflicts(process(), roundId);
  await fillPlaces(process(), { roundId, applications: ids });
  const committee = await records.find(committeeAggregate, roundId);
  for (const { id } of applications) {
    const found = await records.find(candidacyAggregate, id);
    if (!found || !committee) throw new Error('The records are there.');
    const own = found.state.raters;
    expect(own.filter((rater) => inConflict(committee.state, rater, id))).toEqual([]);
    expect(own.filter((rater) => found.state.declined?.includes(rater))).toEqual([]);
    expect(new Set(own).size).toBe(2);
    expect(await checkRecord(records, { aggregate: 'candidacy', id })).toMatchObject({
      events: found.version,
    });
  }
  expect(committee && inConflict(committee.state, dana.id, nth(applications, 0).id)).toBe(true);
}, 60_000);
