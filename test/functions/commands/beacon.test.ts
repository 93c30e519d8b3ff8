import { describe, expect, it } from 'vitest';
import { beaconView, bringBeacon, waiveRoundBeacon } from '#functions/commands/beacon.ts';
import { recordAbsence } from '#functions/commands/chairing.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { beaconDue, randomnessOf } from '#shared/domain/beacon.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { drawSeedOf, lotOf } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aBeaconRule, aFileWithBeacon, awaitedValue, flipped, publishedText } from '#test/builders/beacon.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  auditor,
  chair,
  dana,
  erlan,
  gateIn,
  ratersOf,
  roundIn,
  score,
  secretary,
  stranger,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const closedAt = at('2022-10-04T12:00');
const due = beaconDue(aBeaconRule, closedAt);

type Scene = Awaited<ReturnType<typeof scored>>;

/** Everything is scored, everyone alike, the value is out, and nobody has brought it. */
const scored = async (file: RoundFile = aFileWithBeacon()) => {
  const world = aWorld();
  const selection = await aScoringIn(world, undefined, asUpload(file));
  for (const { id } of selection.applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, ...selection }, by, id));
  }
  world.clock.to(due.at);
  return { world, ...selection };
};

const bring = ({ world, roundId }: Scene, text = publishedText(closedAt), by: Person = secretary) =>
  bringBeacon(world, { by, roundId, text });
const drawUp = ({ world, roundId }: Scene) => drawUpProposal(world, { by: secretary, roundId });
const waive = ({ world, roundId }: Scene, by: Person = chair, reason = 'The beacon has stopped.') =>
  waiveRoundBeacon(world, { by, roundId, reason });
const listIn = async ({ world, roundId }: Scene): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));
const recorded = async ({ world, roundId }: Scene) =>
  (await world.records.history('round', roundId)).filter(({ fact }) => fact.type === 'beacon-recorded');
const faultOf = async (answer: ReturnType<typeof bringBeacon>) => {
  const given = await answer;
  return !given.ok && given.error.kind === 'invalid' ? given.error.faults[0] : given;
};

describe('a round that draws from a public value', () => {
  it('draws up no proposal of scoring before it is there, and says which one is missing', async () => {
    const scene = await scored();

    expect(await drawUp(scene)).toEqual({
      ok: false,
      error: { kind: 'beacon-needed', round: due.round, dueAt: due.at, zone: 'Asia/Almaty' },
    });
  });

  it('draws from the receipts and the value, and its list says so', async () => {
    const scene = await scored();
    granted(await bring(scene));
    granted(await drawUp(scene));

    const { drawSeed, drawnFrom, standings } = await listIn(scene);
    const receipts = drawSeedOf(scene.applications.map(({ receipt }) => receipt));
    const beacon = awaitedValue(closedAt);
    expect(drawnFrom).toEqual({ receipts, callClosedAt: closedAt, beacon });
    expect(drawSeed).toBe(sha256Of(receipts + randomnessOf(beacon)));
    const lots = standings.map(({ applicationId }) =>
      lotOf(applicationId, { drawSeed: sha256Of(receipts + randomnessOf(beacon)), roundId: scene.roundId }),
    );
    expect(lots).toEqual(lots.toSorted());
  });

  it('repeats the same draw after the interviews', async () => {
    const scene = await scored();
    granted(await bring(scene));
    await advanceIn(scene.world, scene.roundId);
    const { decisions } = await roundIn(scene.world, scene.roundId);
    const text = await scene.world.records.blob(decisions.scoring ?? '');

    expect(StandingList.parse(JSON.parse(text)).drawnFrom?.beacon).toEqual(awaitedValue(closedAt));
  });

  it('waits for nothing where its file names no value', async () => {
    const world = aWorld();
    const selection = await aScoringIn(world);

    expect(await beaconView(world, { by: secretary, roundId: selection.roundId })).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'beacon' },
    });
  });
});

describe('a value that is brought', () => {
  it.for([
    ['the secretary', secretary],
    ['the chair', chair],
    ['a member', dana],
    ['an administrator', administrator],
  ] as const)('may come from %s', async ([, by]) => {
    const scene = await scored();

    expect(await bring(scene, publishedText(closedAt), by)).toEqual({
      ok: true,
      value: awaitedValue(closedAt),
    });
    expect((await recorded(scene)).map((event) => event.by)).toEqual([
      expect.objectContaining({ id: by.id }),
    ]);
  });

  it('comes from nobody else', async () => {
    const scene = await scored();

    expect(await bring(scene, publishedText(closedAt), auditor)).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(await bring(scene, publishedText(closedAt), stranger)).toMatchObject({
      error: { kind: 'not-found' },
    });
  });

  it('is told apart: too early, another one, damaged, not signed', async () => {
    const scene = await scored();
    const right = awaitedValue(closedAt);
    scene.world.clock.to(addSeconds(due.at, -1));
    expect(await bring(scene)).toEqual({
      ok: false,
      error: { kind: 'too-early', until: due.at, zone: 'Asia/Almaty' },
    });
    scene.world.clock.to(due.at);

    const wrong = `${right.round + 1} ${right.signature}`;
    expect(await faultOf(bring(scene, wrong))).toEqual({
      place: 'value',
      message: 'beacon.fault.other-round',
      facts: { round: right.round + 1, expected: right.round },
    });
    const damaged = JSON.stringify({
      ...JSON.parse(publishedText(closedAt)),
      signature: flipped(right.signature),
    });
    expect(await faultOf(bring(scene, damaged))).toMatchObject({ message: 'beacon.fault.randomness' });
    const forged = `${right.round} ${flipped(right.signature)}`;
    expect(await faultOf(bring(scene, forged))).toMatchObject({ message: 'beacon.fault.signature' });
    expect(await recorded(scene)).toEqual([]);
  });

  it('is recorded once, pressed twice, by two at once, and never changed', async () => {
    const scene = await scored();
    const both = await Promise.all([bring(scene), bring(scene, publishedText(closedAt), chair)]);
    const again = await bring(scene);

    expect([...both, again].every(({ ok }) => ok)).toBe(true);
    expect(await recorded(scene)).toHaveLength(1);
    expect(await faultOf(bring(scene, publishedText(at('2022-10-05T12:00'))))).toMatchObject({
      message: 'beacon.fault.other-round',
    });
  });
});

describe('a value that never comes', () => {
  it('is done without by the chair, after the hours of the round file, with a reason', async () => {
    const scene = await scored();
    expect(await waive(scene)).toMatchObject({ error: { kind: 'too-early' } });
    scene.world.clock.to(addSeconds(due.at, 48 * 3600));

    for (const other of [secretary, dana]) {
      expect(await waive(scene, other)).toMatchObject({ error: { kind: 'not-allowed' } });
    }
    expect(await waive(scene, chair, ' ')).toMatchObject({ error: { kind: 'reason-needed' } });
    granted(await waive(scene));
    granted(await waive(scene));
    granted(await drawUp(scene));
    const { drawSeed, drawnFrom } = await listIn(scene);
    expect(drawSeed).toBe(drawnFrom?.receipts);
    expect(drawnFrom).not.toHaveProperty('beacon');
    const { value } = {
      value: granted(await beaconView(scene.world, { by: auditor, roundId: scene.roundId })),
    };
    expect(value.waived?.because).toBe('The beacon has stopped.');
  });

  it('counts after all where it comes before the next proposal', async () => {
    const scene = await scored();
    scene.world.clock.to(addSeconds(due.at, 48 * 3600));
    granted(await waive(scene));
    granted(await drawUp(scene));

    expect(await bring(scene)).toEqual({ ok: false, error: { kind: 'proposal-on-table' } });
    granted(await takeProposalBack(scene.world, { by: secretary, roundId: scene.roundId }));
    granted(await bring(scene));
    granted(await drawUp(scene));
    expect((await listIn(scene)).drawnFrom?.beacon).toEqual(awaitedValue(closedAt));
    expect(await waive(scene)).toEqual({ ok: false, error: { kind: 'beacon-known' } });
  });

  it('may be waived by who was elected while the chair is away, and then by nobody else', async () => {
    const file = aFileWithBeacon({ withoutAfterHours: 48 });
    const { source, confidence, verifiedOn } = file.committee;
    const absentChair = { replacedBy: 'elected' as const, source, confidence, verifiedOn };
    const scene = await scored({ ...file, committee: { ...file.committee, absentChair } });
    const { world, roundId } = scene;
    granted(await recordAbsence(world, { by: secretary, roundId, standIn: dana.id, reason: 'Ill' }));
    world.clock.to(addSeconds(due.at, 48 * 3600));

    expect(await waive(scene, chair)).toMatchObject({ error: { kind: 'chair-away' } });
    expect(await waive(scene, erlan)).toMatchObject({ error: { kind: 'not-allowed' } });
    granted(await waive(scene, dana));
  });

  it('is waited for, however long, where the round file says nothing of it', async () => {
    const scene = await scored(aFileWithBeacon({ withoutAfterHours: undefined }));
    scene.world.clock.to(at('2022-12-31T12:00'));

    expect(await waive(scene)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
  });
});
