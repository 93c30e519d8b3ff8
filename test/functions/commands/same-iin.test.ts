import { beforeEach, describe, expect, it } from 'vitest';
import {
  beginAmendment,
  saveSection,
  submitApplication,
  withdrawApplication,
} from '#functions/commands/applications.ts';
import { sameIinIn, sharesIin } from '#functions/commands/same-iin.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type ApplicationId, PersonId, type RoundId } from '#shared/domain/ids.ts';
import { checkDigit } from '#shared/domain/iin.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, bolat, granted, type World } from '#test/builders/scenes.ts';

/** Of somebody else who was born on the same day. */
const another = ((eleven) => `${eleven}${checkDigit(Array.from(eleven, Number))}`)('80031520002');

let world: World;
let roundId: RoundId;
let first: ApplicationId;
let second: ApplicationId;

/** One person with two mailboxes, and two whole applications. */
beforeEach(async () => {
  world = aWorld();
  roundId = await aCallIn(world);
  first = await aCompleteIn(world, roundId, aigul);
  second = await aCompleteIn(world, roundId, bolat);
});

const mine = () => ({ by: aigul, applicationId: first });
const other = () => ({ by: bolat, applicationId: second });

const stateOf = async (id: ApplicationId) => {
  const found = await world.records.find(applicationAggregate, id);
  if (!found) throw new Error('There is no such application.');
  return found.state;
};

const letters = () =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === 'same-iin' ? [body.personId] : [],
  );

describe('the same IIN in two applications of a round', () => {
  it('stops neither: each hears that there is another one, and nothing of it', async () => {
    granted(await submitApplication(world, mine()));
    expect(letters()).toEqual([]);
    granted(await submitApplication(world, other()));

    const [one, two] = [await stateOf(first), await stateOf(second)];
    expect([one.stage, one.sameIin, two.stage, two.sameIin]).toEqual([
      'submitted',
      undefined,
      'submitted',
      1,
    ]);
    expect([await sharesIin(world, one), await sharesIin(world, two)]).toEqual([true, true]);
    const told = JSON.stringify(await world.records.history('application', second));
    for (const mark of [first, one.number, aigul.personId]) expect(told).not.toContain(mark);
    expect(letters().toSorted()).toEqual([aigul.personId, bolat.personId].toSorted());
    const rows = [...world.records.outbox.values()].filter(({ id }) => id.startsWith('same-iin'));
    expect(
      JSON.stringify(rows.find(({ body }) => 'personId' in body && body.personId === aigul.personId)),
    ).not.toContain(two.number);
    expect((await sameIinIn(world, roundId)).map((group) => group.map(({ id }) => id).toSorted())).toEqual([
      [first, second].toSorted(),
    ]);
  });

  it('is found under a mark of which nobody learns the number who lacks the secret', async () => {
    granted(await submitApplication(world, mine()));
    const iin = '800315200013';

    const claims = world.records.commits.flatMap(({ claims: made = [] }) => made.map(({ key }) => key));
    const marks = claims.filter((key) => key.startsWith('iin#'));

    expect(marks).toHaveLength(1);
    const guesses = [iin, sha256Of(iin), sha256Of(`${roundId}${iin}`), sha256Of(`iin#${roundId}#${iin}`)];
    for (const guess of guesses) expect(marks[0]).not.toContain(guess);
    const facts = world.records.commits.flatMap(({ changes, outbox = [] }) => [
      ...changes.map((change) => change.facts),
      ...outbox,
    ]);
    expect(JSON.stringify(facts)).not.toContain(iin);
  });

  it('is not missed when both are submitted in the same instant', async () => {
    world.records.interfere(() => submitApplication(world, other()));

    granted(await submitApplication(world, mine()));

    expect([(await stateOf(first)).sameIin, (await stateOf(second)).sameIin]).toEqual([1, undefined]);
    expect(letters()).toHaveLength(2);
  });

  it('is settled when the person withdraws one, also for a third', async () => {
    granted(await submitApplication(world, mine()));
    granted(await submitApplication(world, other()));
    granted(await withdrawApplication(world, { ...other(), reasonCode: 'mistake' }));

    expect(await sharesIin(world, await stateOf(first))).toBe(false);
    expect(await sameIinIn(world, roundId)).toEqual([]);
  });

  it('counts no more for somebody who begins anew after withdrawing', async () => {
    granted(await submitApplication(world, mine()));
    granted(await withdrawApplication(world, { ...mine(), reasonCode: 'mistake' }));
    const again = await aCompleteIn(world, roundId, aigul);
    granted(await submitApplication(world, { by: aigul, applicationId: again }));

    expect((await stateOf(again)).sameIin).toBeUndefined();
    expect(letters()).toEqual([]);
  });

  it('is over when one of them corrects a slip, and the other hears of no more', async () => {
    granted(await submitApplication(world, mine()));
    granted(await submitApplication(world, other()));
    granted(await beginAmendment(world, other()));
    const typed = { ...sectionsWell.identity, iin: another };
    const basedOn = (await stateOf(second)).sections.identity?.version ?? 0;
    granted(await saveSection(world, { ...other(), section: 'identity', basedOn, typed }));
    granted(await submitApplication(world, other()));

    expect((await stateOf(second)).sameIin).toBe(0);
    expect(await sharesIin(world, await stateOf(first))).toBe(false);
    expect(letters()).toHaveLength(2);
    // Somebody who has the first number still meets only whoever has it too.
    const third = { by: { personId: PersonId.parse('TH1RD'.padEnd(20, '0')) } };
    const applicationId = await aCompleteIn(world, roundId, third.by);
    granted(await submitApplication(world, { ...third, applicationId }));
    expect((await stateOf(applicationId)).sameIin).toBe(1);
    expect(letters()).toHaveLength(4);
  });

  it('submitted a second time tells nobody twice', async () => {
    granted(await submitApplication(world, mine()));
    granted(await submitApplication(world, other()));
    granted(await submitApplication(world, other()));

    expect(letters()).toHaveLength(2);
  });
});
