import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { saveFormula } from '#functions/commands/formulas.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { aTickingWorld, aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  anApplicant,
  aScoringIn,
  aScreeningIn,
  chair,
  dana,
  erlan,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { readScenes } from './closed-read-scenes.ts';
import { readBoth, tellingOf } from './closed-reads.ts';
import { afterwardsScenes } from './closed-write-afterwards.ts';
import { laterScenes } from './closed-write-later.ts';

/*
 * An application with which somebody has a conflict of interest is closed to them by every address that answers: its number stands
 * nowhere but among their own conflicts, and in what everybody may read once results are published.
 */

type Round = { roundId: RoundId; applications: readonly ApplicationIn<'submitted'>[] };

/** Chair, secretary and a member of whom each has a conflict with one application. */
const walledOff = [chair, secretary, dana];

const conflictIn = (world: World, roundId: RoundId, { id }: { id: ApplicationIn<'submitted'>['id'] }) =>
  inConflictWith(
    world,
    roundId,
    id,
    walledOff.map((by) => by.id),
  );

const stages = {
  screening: async (world: World, see: (round: Round) => Promise<void>) => {
    const round = await aScreeningIn(world);
    granted(await drawUpProposal(world, { by: secretary, roundId: round.roundId }));
    await see(round);
  },
  scoring: async (world: World, see: (round: Round) => Promise<void>) => {
    const round = await scoredIn(world);
    granted(await drawUpProposal(world, { by: secretary, roundId: round.roundId }));
    await see(round);
  },
  interviews: async (world: World, see: (round: Round) => Promise<void>) => {
    const round = await scoredIn(world);
    const { roundId, applications } = round;
    await advanceIn(world, roundId);
    const from = addSeconds(world.clock.now(), 86_400);
    const plan = { from, count: 3, place: 'кабинет 12' };
    const slots = granted(await planSlots(world, { by: secretary, roundId, ...plan }));
    const booked = { by: anApplicant(0), applicationId: nth(applications, 0).id, slotId: nth(slots, 0).id };
    granted(await bookInterview(world, booked));
    await see(round);
  },
  offers: async (world: World, see: (round: Round) => Promise<void>) => {
    // Those whom the conflict closes it to are too many for the committee to decide on it any more.
    const seen = new Error('What stands in the offers was seen.');
    const last = async (round: Round): Promise<never> => {
      await see(round);
      throw seen;
    };
    await expect(aClosedRoundIn(world, undefined, { last })).rejects.toBe(seen);
  },
  closed: async (world: World, see: (round: Round) => Promise<void>) => {
    await see(await aClosedRoundIn(world));
  },
} as const;

const scoredIn = async (world: World): Promise<Round> => {
  const round = await aScoringIn(world);
  const { roundId, applications } = round;
  for (const [index, { id }] of applications.entries()) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id, index < 2));
  }
  const formula = { name: { en: 'How many judged' }, formula: 'count(score)' };
  granted(await saveFormula(world, { by: secretary, roundId, ...formula }));
  return round;
};

/** Each as a row of a test. */
const named = <Play>(plays: Readonly<Record<string, Play>>): { name: string; play: Play }[] =>
  Object.entries(plays).map(([name, play]) => ({ name, play }));

describe('an application that a conflict of interest closes', () => {
  it.for(named(stages))(
    'stands in no answer to whom it is closed: $name',
    { timeout: 120_000 },
    async ({ play }) => {
      const world = aTickingWorld();
      let seen = 0;
      await play(world, async (round) => {
        const closed = nth(round.applications, 0);
        const number = [String(closed.number)];
        const ids = { round: round.roundId, application: nth(round.applications, 1).id };
        const site = aCommitteeSite(world);
        const seats = new Map<Person, Seat>();
        for (const by of walledOff) seats.set(by, await site.signIn(by));
        for (const seat of seats.values()) {
          const before = await tellingOf({ world, seat, ids }, number);
          // Else the search would find nothing whatever was closed.
          expect(before.telling.length).toBeGreaterThan(0);
        }
        await conflictIn(world, round.roundId, closed);
        for (const [by, seat] of seats) {
          const { telling, answered } = await tellingOf({ world, seat, ids }, number);
          expect([by.role, telling]).toEqual([by.role, []]);
          expect(answered).toBeGreaterThan(30);
          seen += 1;
        }
      });

      expect(seen).toBe(walledOff.length);
    },
  );
});

/** What the administration and the secretary read once the committee has decided, or beside it. */
const afterwards = {
  ...readScenes,
  ...afterwardsScenes,
  'day of a panel': laterScenes.paneled,
  'owed interview': laterScenes['owing, asked'],
  correction: laterScenes['correction asked'],
  report: laterScenes['report made'],
  remedy: laterScenes['remedy proposed'],
} as const;

describe('an application that is closed to an administrator', () => {
  it.for(named(afterwards))(
    'is told to them and to the secretary by no address, with what was typed about it: $name',
    { timeout: 120_000 },
    async ({ play }) => {
      const told = await readBoth(await play(), [secondAdministrator, secretary]);

      // Else the search would find nothing whatever was closed.
      expect([...told.values()].flatMap(({ open }) => open).length).toBeGreaterThan(0);
      expect([...told].map(([role, { closed }]) => [role, closed])).toEqual([
        ['administrator', []],
        ['secretary', []],
      ]);
    },
  );
});

const reach = (gate: { thresholds: { reach: number }[] }) => gate.thresholds.map((one) => one.reach);

/** A decided order of which the first is closed to Dana. */
const aWalledList = async () => {
  const world = aWorld();
  const round = await scoredIn(world);
  const { roundId, applications } = round;
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  const site = aCommitteeSite(world);
  const [walled, other] = [await site.signIn(dana), await site.signIn(erlan)];
  const read = async (seat: Seat) => JSON.parse((await seat.get(`/api/rounds/${roundId}/gate`)).text);
  const whole = await read(other);
  const first: { number: string; applicationId: string } = whole.list.standings[0];
  const closed = nth(
    applications.filter(({ number }) => number === first.number),
    0,
  );
  await conflictIn(world, roundId, closed);
  return { roundId, whole, read, walled, other };
};

describe('its place in a list', () => {
  it('says that it is closed, and nothing else, where everybody else reads the row', async () => {
    const { roundId, whole, read, walled: seat, other } = await aWalledList();

    const seen = await read(seat);
    expect(seen.list.standings).toEqual([{ walled: 'conflict' }, ...whole.list.standings.slice(1)]);
    expect((await read(other)).list).toEqual(whole.list);
    const page = parse((await seat.get(`/en/committee/rounds/${roundId}`)).text);
    const rows = page
      .querySelectorAll('#ranking tbody tr')
      .map((row) => row.childNodes.map((one) => one.text));
    expect(rows[0]).toEqual([
      'Closed to you: conflict of interest',
      ...(rows[0]?.slice(1).map(() => '–') ?? []),
    ]);
    expect(rows).toHaveLength(3);
    expect(page.text).toContain('1 of 2 go on.');
    const csv = (await seat.get(`/en/committee/rounds/${roundId}/lists/ranking.csv`)).text.split('\r\n');
    expect(csv[1]).toBe(';Closed to you: conflict of interest');
  });

  it('is in no count of what another pass mark would do', async () => {
    const { whole, read, walled } = await aWalledList();

    expect(Math.max(...reach(whole))).toBe(3);
    expect(Math.max(...reach(await read(walled)))).toBe(2);
  });
});
