import { describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { changed } from '#functions/commands/storing.ts';
import { noteDrawn } from '#functions/steps/minutes.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import { gateClaim } from '#shared/domain/gate.ts';
import { ApplicationId, ApplicationNumber, GateId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { type PaperOrder } from '#shared/papers/order.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn, substitute } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, members, secretary } from '#test/builders/selection.ts';

const aClosed = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const round = await aClosedRoundIn(world);
  const profile = { locale: 'kk', registeredAt: world.clock.now() } as const;
  await world.people.profiles.register({
    personId: chair.id,
    mail: MailAddress.parse('chair@example.kz'),
    name: 'Әлия Сәрсенбай',
    ...profile,
  });
  return { world, ...round };
};

const keptIn = ({ papers }: World, { roundId, name }: PaperOrder): Minutes => {
  const bytes = papers.stored.get(paperDataKey(roundId, name));
  return Minutes.parse(JSON.parse(new TextDecoder().decode(bytes)));
};

describe('the minutes of a closed round', () => {
  it('say who sat, also who only stood in for somebody', async () => {
    const { world, roundId } = await aClosed();

    const { seats } = keptIn(world, await orderMinutes(world, roundId));

    expect(seats.map(({ personId }) => personId)).toEqual([
      chair.id,
      secretary.id,
      ...members.map(({ id }) => id),
      substitute,
    ]);
    expect(seats[0]?.name).toBe('Әлия Сәрсенбай');
    expect(seats.at(-1)).toMatchObject({ seat: 'substitute', stoodInFor: [dana.id] });
  });

  it('are for those to sign who had a vote at the end, without a substitute who was released', async () => {
    const { world, roundId } = await aClosed();

    const { seats } = keptIn(world, await orderMinutes(world, roundId));

    const signing = seats.flatMap(({ personId, votesAtEnd }) => (votesAtEnd ? [personId] : []));
    expect(signing).toEqual([chair.id, ...members.map(({ id }) => id)]);
  });

  it('name nobody who gave no name by mailbox or id', async () => {
    const { world, roundId } = await aClosed();
    const mail = MailAddress.parse('secretary@example.kz');
    const profile = { locale: 'kk', registeredAt: world.clock.now() } as const;
    await world.people.profiles.register({ personId: secretary.id, mail, name: ' ', ...profile });

    const minutes = keptIn(world, await orderMinutes(world, roundId));

    expect(minutes.seats.map(({ name }) => name)).toEqual([
      'Әлия Сәрсенбай',
      ...minutes.seats.slice(1).map(() => undefined),
    ]);
    expect(JSON.stringify(minutes)).not.toContain(mail);
  });

  it('tell every gate with its meetings, its quorum and its votes', async () => {
    const { world, roundId } = await aClosed();

    const { gates } = keptIn(world, await orderMinutes(world, roundId));

    expect(gates.map(({ stage, attempt, outcome }) => `${stage} ${attempt} ${outcome}`)).toEqual([
      'screening 1 advanced',
      'scoring 1 undone',
      'screening 2 advanced',
      'scoring 2 advanced',
      'interviews 1 advanced',
      'preliminary 1 advanced',
      'claims 1 advanced',
      'offers 1 advanced',
      'onboarding 1 advanced',
    ]);
    expect(gates.map(({ undone }) => undone?.reason)).toEqual([
      'Тізімге артық парақ түсті.',
      ...Array.from({ length: 8 }, () => undefined),
    ]);
    expect(gates[0]).toMatchObject({ needed: 4, voters: 5, attempt: 1 });
    expect(gates[0]?.meetings).toMatchObject([
      { outcome: 'postponed', reason: 'Жарық болмады.' },
      { outcome: 'held', present: { length: 5 } },
    ]);
    expect(gates.map(({ votes }) => votes.length)).toEqual([5, 0, 5, 5, 5, 5, 5, 5, 5]);
  });

  it('name the application that was refused though the program proposed to admit it, and why', async () => {
    const { world, roundId, applications } = await aClosed();

    const { gates } = keptIn(world, await orderMinutes(world, roundId));

    expect([gates[0], gates[2]].flatMap((gate) => gate?.departures)).toHaveLength(2);
    expect(gates[2]?.departures).toEqual([
      {
        number: applications[5]?.number,
        proposed: 'goes-on',
        decided: 'does-not-go-on',
        reason: 'Диплом не по профилю.',
      },
    ]);
  });

  it('say what became of everyone, by number', async () => {
    const { world, roundId, applications } = await aClosed();

    const minutes = keptIn(world, await orderMinutes(world, roundId));

    const outcomes = new Map(minutes.applications.map((one) => [one.number, one]));
    expect(applications.map(({ number }) => outcomes.get(number)?.outcome)).toEqual([
      'declined',
      'placed',
      'no-offer',
      'not-interviewed',
      'not-shortlisted',
      'not-eligible',
      'withdrawn',
    ]);
    expect(minutes.applications.flatMap(({ rank }) => rank ?? [])).toHaveLength(3);
    const text = JSON.stringify(minutes);
    for (const { id, personId } of applications) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(personId);
    }
  });

  it('count posts by district, offers, claims and placements, and name the rules that are samples', async () => {
    const { world, roundId, applications } = await aClosed();

    const { posts, offers, claims, placements, unverified } = keptIn(
      world,
      await orderMinutes(world, roundId),
    );

    expect(posts).toMatchObject({ total: 438, filled: 1 });
    expect(posts.groups.reduce((sum, { total }) => sum + total, 0)).toBe(438);
    expect(posts.groups.filter(({ filled }) => filled > 0)).toHaveLength(1);
    expect(offers.map(({ number, answer }) => [number, answer])).toEqual([
      [applications[0]?.number, 'declined'],
      [applications[1]?.number, 'accepted'],
    ]);
    expect(claims).toMatchObject([{ number: applications[2]?.number, outcome: 'dismissed' }]);
    expect(placements).toMatchObject([{ number: applications[1]?.number, completedAt: expect.any(String) }]);
    expect(unverified).toContainEqual({
      rule: {
        kk: 'Бағалау парағы',
        ru: 'Оценочный лист',
        en: 'Evaluation sheet',
      },
      source: expect.objectContaining({ en: expect.stringContaining('as recollected') }),
    });
  });

  it('are ordered again as they were kept, whatever names are by then', async () => {
    const { world, roundId } = await aClosed();
    const first = await orderMinutes(world, roundId);
    world.clock.pass(60);
    const renamed = { ...world, people: memoryPeople() };

    expect(await orderMinutes(renamed, roundId)).toEqual(first);
    expect(world.papers.stored.size).toBe(1);
  });

  it('are the same from the same record, wherever they are gathered', async () => {
    const { world, roundId } = await aClosed();
    const first = await orderMinutes(world, roundId);
    world.papers.stored.clear();

    expect(await orderMinutes(world, roundId)).toEqual(first);
  });

  it('tell what was discussed at a gate, and who took no part in it', async () => {
    const { world, roundId } = await aClosed();
    const gate = GateId.parse(
      await world.records.claimed(gateClaim({ roundId, stage: 'scoring', attempt: 2 })),
    );
    const { applications } = keptIn(world, await orderMinutes(world, roundId));
    const number = ApplicationNumber.parse(applications[0]?.number);
    const applicationId = ApplicationId.parse('A'.repeat(20));
    const items = [{ applicationId, number }];
    const by = secretary.id;
    const at = world.clock.now();
    const { change } = changed(discussionsAggregate, gate, undefined, [
      { type: 'discussion-opened', at, by, gate, roundId, absent: [], items },
      { type: 'item-taken-up', at, by, applicationId, away: [dana.id] },
      { type: 'item-laid-aside', at, by, applicationId, away: [] },
      { type: 'discussion-closed', at, by },
    ]);
    granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
    world.papers.stored.clear();

    const { gates } = keptIn(world, await orderMinutes(world, roundId));

    expect(
      gates.flatMap(({ discussions, stage, attempt }) => (discussions ? [[stage, attempt]] : [])),
    ).toEqual([['scoring', 2]]);
    expect(gates.flatMap(({ discussions = [] }) => discussions)).toEqual([
      { openedAt: at, closedAt: at, items: [{ number, seconds: 0, away: [dana.id] }] },
    ]);
  });

  it('are not gathered before the round is closed', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId } = await aScreeningIn(world);

    await expect(orderMinutes(world, roundId)).rejects.toThrow('is not closed');
  });
});

describe('minutes that were drawn', () => {
  it('are noted in the round once, however often the step runs', async () => {
    const { world, roundId } = await aClosed();
    const order = await orderMinutes(world, roundId);
    const file = { locale: 'kk' as const, key: 'papers/x.pdf', bytes: 10, sha256: order.sha256 };

    await noteDrawn(world, { ...order, files: [file] });
    world.clock.pass(60);
    await noteDrawn(world, { ...order, files: [file] });

    const events = await world.records.history('round', roundId);
    expect(events.filter(({ fact }) => fact.type === 'minutes-drawn')).toHaveLength(1);
    expect((await world.records.find(roundAggregate, roundId))?.state).toMatchObject({
      minutes: { number: 1, data: order.sha256, files: [{ locale: 'kk', bytes: 10, sha256: order.sha256 }] },
    });
  });

  it('by two executions at once are noted once', async () => {
    const { world, roundId } = await aClosed();
    const drawn = { ...(await orderMinutes(world, roundId)), files: [] };
    world.records.interfere(() => noteDrawn(world, drawn));

    await noteDrawn(world, drawn);

    const events = await world.records.history('round', roundId);
    expect(events.filter(({ fact }) => fact.type === 'minutes-drawn')).toHaveLength(1);
  });
});
