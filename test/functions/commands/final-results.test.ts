import { describe, expect, it } from 'vitest';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { StandingList } from '#shared/domain/standing.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  chair,
  type InterviewScene,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const interviewers = [chair, ...members].slice(0, 3);

const listOf = async (world: World, proposal: Sha256 | undefined) =>
  StandingList.parse(JSON.parse(await world.records.blob(proposal ?? '')));

/** Everyone has booked a slot, and all of them have begun. */
const everyoneBooked = async (people: number, stopped = 0) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people), stopped });
  const slots = await slotsPlanned(world, scene.roundId, people);
  for (const [index, candidate] of scene.candidates.slice(0, people - stopped).entries()) {
    granted(await bookInterview(world, { ...candidate, slotId: nth(slots, index).id }));
  }
  world.clock.to(at('2022-10-24T10:00'));
  return { world, scene };
};

const scored = async (world: World, { roundId, candidates }: InterviewScene, points: readonly number[]) => {
  for (const [index, given] of points.entries()) {
    const { applicationId } = nth(candidates, index);
    for (const by of interviewers) {
      granted(await scoreInterview(world, { by, roundId, applicationId, points: allPoints(given) }));
    }
  }
};

describe('the proposal after interviews', () => {
  it('weighs scoring and interview as the round file says, and ranks by it', async () => {
    const { world, scene } = await everyoneBooked(2);
    await scored(world, scene, [1, 4]);

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId: scene.roundId }));

    // 60 percent of 80 and 40 of 25; 60 percent of 79 and 40 of 100.
    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings.map(({ total, rank, outcome }) => ({ total, rank, outcome }))).toEqual([
      { total: 87.4, rank: 1, outcome: 'goes-on' },
      { total: 58, rank: 2, outcome: 'goes-on' },
    ]);
    expect(standings[0]?.applicationId).toBe(nth(scene.candidates, 1).applicationId);
  });

  it('waits for scorecards, and work goes on until they are there', async () => {
    const { world, scene } = await everyoneBooked(2);
    await scored(world, scene, [3]);
    const draw = { by: secretary, roundId: scene.roundId };

    const { applicationId, application } = nth(scene.candidates, 1);
    expect(await drawUpProposal(world, draw)).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, cards: [{ number: application.number, count: 3 }] },
    });
    for (const by of interviewers) {
      granted(await scoreInterview(world, { ...draw, by, applicationId, points: allPoints(2) }));
    }
    granted(await drawUpProposal(world, draw));
  });

  it('stops who booked nothing and who did not come, and names why', async () => {
    const { world, scene } = await everyoneBooked(3, 1);
    const { roundId, candidates } = scene;
    const away = { by: secretary, roundId, applicationId: nth(candidates, 1).applicationId };
    granted(await recordAttendance(world, { ...away, came: false }));
    await scored(world, scene, [3]);

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    const { standings } = await listOf(world, gate.state.proposal);
    const reasons = new Map(standings.map((one) => [one.applicationId, one.reasons]));
    expect(candidates.map(({ applicationId }) => reasons.get(applicationId))).toEqual([
      [],
      ['missed-interview'],
      ['below-minimum'],
    ]);
    expect(standings.flatMap(({ rank }) => rank ?? [])).toEqual([1]);
  });

  it('includes a scorecard that came while it was being drawn up, and none after that', async () => {
    const { world, scene } = await everyoneBooked(1);
    const { roundId, candidates } = scene;
    await scored(world, scene, [2]);
    const better = {
      by: chair,
      roundId,
      applicationId: nth(candidates, 0).applicationId,
      points: allPoints(4),
    };
    world.records.interfere(() => scoreInterview(world, better));

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings[0]?.interview).toBe(66.6667);
    expect(await scoreInterview(world, { ...better, points: allPoints(1) })).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
  });

  it('cannot be overtaken between the reading of the scorecards and its arrival on the table', async () => {
    const { world, scene } = await everyoneBooked(1);
    const { roundId, candidates } = scene;
    await scored(world, scene, [2]);
    const late = { by: chair, roundId, applicationId: nth(candidates, 0).applicationId };
    let answer: unknown;
    world.records.interfere(async () => {
      // The first commit stops work; whoever comes before the second one finds it stopped.
      world.records.interfere(async () => {
        answer = await scoreInterview(world, { ...late, points: allPoints(0) });
      });
    });

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    expect(answer).toMatchObject({ error: { kind: 'proposal-on-table' } });
    expect((await listOf(world, gate.state.proposal)).standings[0]?.interview).toBe(50);
    granted(await takeProposalBack(world, { by: secretary, roundId }));
    granted(await scoreInterview(world, { ...late, points: allPoints(0) }));
  });
});
