import { expect } from 'vitest';
import { changed } from '#functions/commands/storing.ts';
import { impossibleIn } from '#functions/sweep/impossible.ts';
import type { RoundInvariant } from '#shared/checks/finding.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { Aggregate, Fact } from '#shared/domain/event.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, OfferId, PlacementId, SlotId, VacancyCode } from '#shared/domain/ids.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf, dana, erlan } from '#test/builders/selection.ts';
import { theSystem } from '#test/contracts/tally.ts';

const { raters } = aRoundFile();
const { source, confidence, verifiedOn } = raters;
/** The six applications that are scored, in threes: nobody of the five has more than four. */
export const bounded = asUpload(
  aRoundFile({ raters: { ...raters, load: { atMost: 12, source, confidence, verifiedOn } } }),
);

/** A round that is at its interviews, or at the end of its offers, and goes no further. */
export const stoppedAt = async (hook: 'interviewed' | 'last'): Promise<Scene> => {
  const world = aWorld();
  const at: { round?: ClosedRound } = {};
  const stop = async (round: ClosedRound) => {
    at.round = round;
    throw new Error('Stopped.');
  };
  await aClosedRoundIn(world, bounded, { [hook]: stop }).catch(() => undefined);
  if (!at.round) throw new Error('It never came so far.');
  return { world, ...at.round };
};

export type Scene = ClosedRound & { world: World };

export const found = async ({ world, roundId }: Pick<Scene, 'world' | 'roundId'>): Promise<string[]> => [
  ...new Set((await impossibleIn(world, roundId)).map(({ invariant }) => invariant)),
];

/** Writes events past every decision, as a mistake in the program would. */
const write = async <State, Event extends Fact>(
  { records }: World,
  aggregate: Aggregate<State, Event>,
  id: string,
  ...events: Event[]
): Promise<void> => {
  const before = await records.find(aggregate, id);
  const { change } = changed(aggregate, id, before, events);
  granted(await records.commit({ by: theSystem, changes: [change] }));
};

export const nth = ({ applications }: Scene, index: number) => {
  const application = applications[index];
  if (!application) throw new Error(`There is no application ${index}.`);
  return application.id;
};

const slotOf = async (scene: Scene, index: number) => {
  const { slotId } = await candidacyOf(scene.world, nth(scene, index));
  if (!slotId) throw new Error('Nothing is booked.');
  return slotId;
};

const scoreOf = async (scene: Scene, index: number) => {
  const [score] = (await candidacyOf(scene.world, nth(scene, index))).scores;
  if (!score) throw new Error('Nobody has scored it.');
  return { ...score, at: scene.world.clock.now() };
};

const offer = OfferId.parse('0FFER000000000000000');
const vacancy = VacancyCode.parse('MAT-001');
const gate = GateId.parse('GATE0000000000000000');
const tokenDigest = sha256Of('token');

const offered = async (scene: Scene, index: number, days: number): Promise<void> => {
  const at = scene.world.clock.now();
  const expiresAt = addSeconds(at, days * 86_400);
  const made = { type: 'offer-made', at, offer, vacancy, expiresAt } as const;
  await write(scene.world, candidacyAggregate, nth(scene, index), made);
};

const opened = async ({ world, roundId }: Scene) => {
  const at = world.clock.now();
  const place = { id: gate, roundId, stage: 'screening', attempt: 1, tokenDigest } as const;
  await write(world, gateAggregate, gate, { type: 'gate-opened', at, ...place });
};

type Break = (scene: Scene) => Promise<unknown>;

/** How each of them comes about, and at which point of the round. */
export const breaks: Record<RoundInvariant, ['interviewed' | 'last' | 'call', Break]> = {
  'score-in-conflict': [
    'interviewed',
    async (scene) => {
      const { world, roundId } = scene;
      const score = await scoreOf(scene, 0);
      const about = { memberId: score.raterId, applicationId: nth(scene, 0) };
      await write(world, committeeAggregate, roundId, { type: 'conflict-declared', at: score.at, ...about });
      expect(await found(scene)).toEqual([]);
      world.clock.pass(3600);
      const late = { type: 'score-given', at: world.clock.now(), score: await scoreOf(scene, 0) } as const;
      await write(world, candidacyAggregate, nth(scene, 0), late);
    },
  ],
  'score-off-scale': [
    'interviewed',
    async (scene) => {
      const score = await scoreOf(scene, 1);
      const [code = ''] = Object.keys(score.points);
      const off = { ...score, points: { ...score.points, [code]: 999 } };
      await write(scene.world, candidacyAggregate, nth(scene, 1), {
        type: 'score-given',
        at: off.at,
        score: off,
      });
    },
  ],
  'judged-twice-by-one': [
    'interviewed',
    async (scene) => {
      const at = scene.world.clock.now();
      const judged = {
        type: 'application-judged',
        at,
        by: erlan.id,
        verdict: 'refused',
        awaits: 'second',
      } as const;
      const confirmed = { type: 'judgement-confirmed', at, by: erlan.id } as const;
      await write(scene.world, candidacyAggregate, nth(scene, 0), judged, confirmed);
    },
  ],
  'person-without-slot': [
    'interviewed',
    async (scene) => {
      const freed = {
        type: 'slot-freed',
        at: scene.world.clock.now(),
        applicationId: nth(scene, 0),
      } as const;
      await write(scene.world, slotAggregate, await slotOf(scene, 0), freed);
    },
  ],
  'slot-without-person': [
    'interviewed',
    async (scene) => {
      const slot = await slotOf(scene, 0);
      const event = { type: 'interview-cancelled', at: scene.world.clock.now(), slot } as const;
      await write(scene.world, candidacyAggregate, nth(scene, 0), event);
    },
  ],
  'slot-removed-with-person': [
    'interviewed',
    async (scene) => {
      const removed = { type: 'slot-removed', at: scene.world.clock.now() } as const;
      await write(scene.world, slotAggregate, await slotOf(scene, 0), removed);
    },
  ],
  'slot-double-booked': ['interviewed', (scene) => planned(scene, 'TW1CE', 'AGA1N')],
  'slot-unseated': ['interviewed', (scene) => planned(scene, 'M1SSED')],
  'rater-over-load': [
    'interviewed',
    async (scene) => {
      for (let index = 0; index < 6; index += 1) {
        const many = Array.from({ length: 3 }, () => dana.id);
        const event = { type: 'raters-assigned', at: scene.world.clock.now(), raters: many } as const;
        await write(scene.world, candidacyAggregate, nth(scene, index), event);
      }
    },
  ],
  'gate-beside-round': ['interviewed', opened],
  'gate-without-votes': [
    'interviewed',
    async (scene) => {
      await opened(scene);
      const decided = { type: 'gate-decided', at: scene.world.clock.now(), outcome: 'advanced' } as const;
      await write(scene.world, gateAggregate, gate, decided);
    },
  ],
  'stage-past-its-end': ['call', async ({ world }) => world.clock.pass(60 * 86_400)],
  'offer-to-nobody': [
    'last',
    async (scene) => {
      const gone = { type: 'candidacy-withdrawn', at: scene.world.clock.now() } as const;
      await write(scene.world, candidacyAggregate, nth(scene, 1), gone);
    },
  ],
  'two-acceptances': [
    'last',
    async (scene) => {
      await offered(scene, 1, 3);
      const placement = PlacementId.parse('P1ACEMENT00000000000');
      const event = { type: 'offer-accepted', at: scene.world.clock.now(), offer, placement } as const;
      await write(scene.world, candidacyAggregate, nth(scene, 1), event);
    },
  ],
  'offer-past-due': ['last', (scene) => offered(scene, 2, -2)],
  'offer-without-seat': ['last', (scene) => offered(scene, 2, 3)],
  'seats-overfull': [
    'last',
    async ({ world, roundId }) => {
      const event = { type: 'seats-recounted', at: world.clock.now(), capacity: 0 } as const;
      await write(world, seatsAggregate, seatsId(roundId, VacancyCode.parse('MAT-003')), event);
    },
  ],
  'seat-without-offer': [
    'last',
    async (scene) => {
      const { world, roundId } = scene;
      const at = world.clock.now();
      const counted = { type: 'seats-counted', at, roundId, vacancy, capacity: 1 } as const;
      const held = { type: 'seat-held', at, offer, applicationId: nth(scene, 2) } as const;
      await write(world, seatsAggregate, seatsId(roundId, vacancy), counted, held);
    },
  ],
  'placement-without-acceptance': [
    'last',
    async (scene) => {
      const { offers } = await candidacyOf(scene.world, nth(scene, 1));
      const event = {
        type: 'offer-closed',
        at: scene.world.clock.now(),
        offer: offers[0]?.id ?? offer,
      } as const;
      await write(scene.world, candidacyAggregate, nth(scene, 1), event);
    },
  ],
};

/** Times of tomorrow, as a program that knows no seating book planned them. */
const planned = async ({ world, roundId }: Scene, ...ids: string[]): Promise<void> => {
  const now = world.clock.now();
  const startsAt = addSeconds(now, 86_400);
  const place = { owner: 'test', kind: 'place' as const, version: 1, digest: sha256Of('nowhere') };
  for (const name of ids) {
    const id = SlotId.parse(name.padEnd(20, '0'));
    const times = { startsAt, endsAt: addSeconds(startsAt, 1800) };
    await write(world, slotAggregate, id, { type: 'slot-planned', at: now, id, roundId, place, ...times });
  }
};

/** A call that is open, before anybody applies. */
export const calledIn = async (): Promise<Scene> => {
  const world = aWorld();
  return { world, roundId: await aCallIn(world), applications: [] };
};
