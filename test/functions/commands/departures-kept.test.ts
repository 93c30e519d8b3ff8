import { beforeAll, describe, expect, it } from 'vitest';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { departFrom } from '#functions/commands/departures.ts';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { ownResult } from '#functions/commands/results.ts';
import { gatherResults } from '#functions/commands/results-gathering.ts';
import { composeResults } from '#shared/bundle/compose.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { reportLine } from '#shared/papers/report-line.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, chair, dana } from '#test/builders/selection.ts';
import { onTable } from './committee-room.ts';

const reason = 'Әңгімелесуде көрсетілген сабақ жоспары өзгенікі болып шықты.';

/** After the interviews the committee keeps out the third, whom the points would have let go on; a claim and the offers follow. */
const played = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const round = await aClosedRoundIn(world, undefined, {
    interviewed: async ({ roundId, applications: [, , third] }) => {
      const proposal = await onTable(world, roundId);
      if (!third) throw new Error('There are seven.');
      const moving = { by: dana, roundId, proposal, applicationId: third.id, outcome: 'stops' as const };
      granted(await departFrom(world, { ...moving, reason }));
    },
  });
  const found = await world.records.find(roundAggregate, round.roundId);
  if (found?.state.stage !== 'closed') throw new Error('The round is not closed.');
  return { world, round, state: found.state };
};

let given: Awaited<ReturnType<typeof played>>;
beforeAll(async () => {
  given = await played();
});

const thirdOf = ({ applications: [, , third] }: ClosedRound) => {
  if (!third) throw new Error('There are seven.');
  return third;
};

describe('a departure from the results', () => {
  it('is kept by the preliminary list and by the final one, which is counted anew', async () => {
    const { world, round, state } = given;
    for (const stage of ['interviews', 'preliminary', 'claims'] as const) {
      const list = await standingListOf(world.records, state.decisions[stage] ?? '');
      const { id } = thirdOf(round);
      expect(list.departures).toMatchObject([{ applicationId: id, instead: [] }]);
      expect(list.standings.find(({ applicationId }) => applicationId === id)).toMatchObject({
        outcome: 'stops',
        reasons: ['departure'],
        rank: 3,
      });
    }
  });

  it('stands in the minutes with its reason, and is counted in the report', async () => {
    const { world, round } = given;
    const { name } = await orderMinutes(world, round.roundId);
    const bytes = world.papers.stored.get(paperDataKey(round.roundId, name));
    const minutes = Minutes.parse(JSON.parse(new TextDecoder().decode(bytes)));

    const departures = minutes.gates.flatMap(({ stage, departures: some }) =>
      some.map((one) => ({ stage, ...one })),
    );
    const { number } = thirdOf(round);
    const kept = { number, proposed: 'goes-on', decided: 'does-not-go-on', reason };
    expect(departures.filter(({ stage }) => stage !== 'screening')).toEqual([
      { stage: 'interviews', ...kept },
      { stage: 'claims', ...kept },
    ]);
    expect(minutes.applications.find((one) => one.number === number)?.outcome).toBe('departed');
    expect(reportLine(minutes).keptOut).toBe(1);
  });

  it('is told to whom it is about by its kind, without the words', async () => {
    const { world, round } = given;
    const { id: applicationId } = thirdOf(round);

    const told = granted(await ownResult(world, { by: anApplicant(2), applicationId }));

    const final = told.stages.find(({ stage }) => stage === 'claims');
    expect(final).toMatchObject({ departed: true, standing: { reasons: ['departure'] } });
    expect(final?.change).toBeUndefined();
    expect(JSON.stringify(told.stages)).not.toContain(reason);
  });

  it('is in what is published, by number', async () => {
    const { world, round, state } = given;
    const { statement } = composeResults(
      await gatherResults(world, state, { stage: 'claims', decision: Sha256.parse(state.decisions.claims) }),
    );

    expect(statement.format).toBe(10);
    expect(statement.rows.filter(({ departed }) => departed).map(({ number }) => number)).toEqual([
      thirdOf(round).number,
    ]);
    expect(JSON.stringify(statement)).not.toContain(reason);
  });

  it('stands again when the results are counted anew', async () => {
    const { world, round } = given;
    const trial = granted(await openTrial(world, { by: chair, roundId: round.roundId }));

    const { affected, after } = granted(tryCorrection(trial, { kind: 'as-recorded' }));

    expect(affected).toEqual([]);
    const third = after.results?.find(({ number }) => number === thirdOf(round).number);
    expect(third).toMatchObject({ outcome: 'stops', reasons: ['departure'] });
  });
});
