import { openGate } from '#functions/commands/gates.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { committeeAggregate, type SeatKind, votersOf } from '#shared/domain/committee.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { chair, committeeChangedIn, members, secretary } from '#test/builders/selection.ts';
import { inRoom, type Room } from '#test/builders/seven-acts.ts';

const seated = (id: string): Person => ({
  kind: 'person',
  id: PersonId.parse(id.padEnd(20, '0')),
  role: 'member',
});

/** Everybody who ever sits, with the name in the minutes. Five of the voters and the secretary are those of every selection. */
const roster = {
  chair: [chair, 'Әлия Құрманғалиқызы Сәрсенбай'],
  bekzat: [members[0], 'Бекзат Ыбырайұлы Төлеген'],
  gulnar: [members[1], 'Гүлнәр Өтегенқызы Серикова'],
  dauren: [members[2], 'Дәурен Қанатұлы Ахмет'],
  yelena: [members[3], 'Елена Викторовна Ким'],
  zaure: [seated('ME'), 'Зәуре Һамитқызы Ғабдолла'],
  igor: [seated('MF'), 'Игорь Семёнович Щербаков'],
  successor: [seated('MG'), 'Лев Юрьевич Эйхман'],
  substitute: [seated('MH'), 'Күләш Ерболқызы Нұрпейіс'],
  secretary: [secretary, 'Мәдина Үсенқызы Ізбас'],
} as const;

type Name = keyof typeof roster;

/** Who may come to rate an application, the later member among them. */
export const rostered = [
  'chair',
  'bekzat',
  'gulnar',
  'dauren',
  'yelena',
  'zaure',
  'igor',
  'successor',
] as const satisfies readonly Name[];

export const person = (name: Name): Person => {
  const [found] = roster[name];
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

/** Seats two more members and a substitute beside the five, gives the successor the role, and names everybody. */
export const sevenSeatedIn = async (world: World & { people: People }, roundId: RoundId): Promise<void> => {
  const now = world.clock.now();
  const more: readonly (readonly [Name, SeatKind])[] = [
    ['zaure', 'member'],
    ['igor', 'member'],
    ['substitute', 'substitute'],
  ];
  await committeeChangedIn(
    world,
    roundId,
    more.map(([name, seat]) => ({ type: 'seat-given', at: now, roundId, personId: person(name).id, seat })),
  );
  const before = await world.records.find(staffAggregate, staffId);
  const role: StaffEvent = {
    type: 'role-granted',
    at: now,
    personId: person('successor').id,
    role: 'member',
  };
  const { change } = changed(staffAggregate, staffId, before, [role]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
  for (const [who, name] of Object.values(roster)) {
    if (!who) continue;
    const mail = MailAddress.parse(`${who.id.toLowerCase()}@example.kz`);
    await world.people.profiles.register({ personId: who.id, mail, name, locale: 'kk', registeredAt: now });
  }
};

/**
 * The committee meets, votes and advances on its page; then the machine does what it does before the next gate. Who is absent does not vote,
 * and the substitute stands in.
 */
export const decidedIn = async (
  room: Room,
  { absent, against, abstains }: { absent?: Name; against?: Name; abstains?: Name } = {},
): Promise<void> => {
  const { world, roundId } = room;
  const committee = await world.records.find(committeeAggregate, roundId);
  if (!committee) throw new Error('Nobody sits.');
  const voting = new Set(votersOf(committee.state));
  const names = Object.keys(roster).filter(isName);
  const there = names.filter((name) => voting.has(person(name).id) && name !== absent);
  const present = there.map((name) => person(name).id);
  await inRoom(room, secretary, ['', '/meeting'], { present, press: 'held' });
  await inRoom(room, secretary, ['', '/proposal']);
  for (const name of there) {
    const choice = name === against ? 'against' : name === abstains ? 'abstain' : 'for';
    const reason = choice === 'for' ? '' : 'Порог для тестов, по-моему, завышен.';
    await inRoom(room, person(name), ['', '/vote'], { choice, reason });
  }
  await inRoom(room, chair, ['', '/advance']);
  const stage = (await world.records.find(roundAggregate, roundId))?.state.stage;
  if (stage === 'scoring') await assignRaters(world, roundId);
  if (stage && stage !== 'closed') granted(await openGate(world, { roundId, token: stage }));
};

const isName = (name: string): name is Name => name in roster;
