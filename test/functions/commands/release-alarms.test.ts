import { beforeEach, describe, expect, it } from 'vitest';
import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { openTo } from '#functions/commands/release-alarms.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { anOffersRoundIn, aVacancy, theAdministrator } from '#test/builders/offers.ts';
import { aWorld, administrator as by, granted, type World } from '#test/builders/scenes.ts';
import { aContradictedRoundIn } from '#test/builders/screened-round.ts';

const contradiction = { code: 'contradicts-letter', count: 1, of: 2 };
const acknowledged = { alarms: ['contradicts-letter#1/2'], reason: 'Bolat was read anew.' };

let world: World;
let roundId: RoundId;

beforeEach(async () => {
  world = aWorld();
  roundId = await aContradictedRoundIn(world);
});

const gatedRound = async () => {
  const state = (await world.records.find(roundAggregate, roundId))?.state;
  if (!state || !isGatedRound(state)) throw new Error('The round has no gate.');
  return state;
};

const release = (said?: typeof acknowledged) =>
  releaseDecision(world, { by, roundId, about: 'scoring', confirmed: 1, acknowledged: said });

describe('letters in which something looks wrong', () => {
  it('say it beside their number until they are sent', async () => {
    const { batches } = granted(await letterBatches(world, { by, roundId }));

    expect(batches.map(({ about, alarms }) => ({ about, alarms }))).toEqual([
      { about: 'screening', alarms: [] },
      { about: 'scoring', alarms: [{ ...contradiction, whom: [expect.anything()] }] },
    ]);
  });

  it('name whom they count, but not an application that is closed to whoever looks', async () => {
    const { alarms = [] } = granted(await letterBatches(world, { by, roundId })).batches[1] ?? {};
    const stopped = (await decidedList(world.records, await gatedRound(), 'screening'))?.standings[1];
    if (!stopped) throw new Error('Nobody stopped.');

    const named = openTo(() => undefined, alarms);
    const hidden = openTo((id) => (id === stopped.applicationId ? 'conflict' : undefined), alarms);

    const { applicationId, number } = stopped;
    expect(named).toEqual([{ ...contradiction, whom: [{ applicationId, number }] }]);
    expect(hidden).toEqual([{ ...contradiction, whom: [] }]);
  });

  it('do not go out unless exactly that was acknowledged, with a reason', async () => {
    const refused = {
      ok: false,
      error: { kind: 'alarms-not-acknowledged', alarms: ['contradicts-letter#1/2'] },
    };

    expect(await release()).toEqual(refused);
    expect(await release({ ...acknowledged, alarms: ['contradicts-letter#1/3'] })).toEqual(refused);
    expect(await release({ ...acknowledged, reason: '  ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    const about = [...world.records.outbox.values()].map(({ body }) => 'about' in body && body.about);
    expect(about).not.toContain('scoring');
  });

  it('go out once with them, and the timeline of the round tells what was seen and why', async () => {
    granted(await release(acknowledged));
    granted(await release(acknowledged));

    const people = memoryPeople();
    const { deeds } = granted(await roundHistory({ ...world, people }, { by, roundId }));
    const released = deeds.filter(({ type }) => type === 'letters-released');
    expect(released.map(({ heeded }) => heeded)).toEqual([
      undefined,
      { alarms: [contradiction], reason: 'Bolat was read anew.' },
    ]);
  });

  it('are refused where an alarm was acknowledged that does not hold', async () => {
    const said = { ...acknowledged, alarms: [...acknowledged.alarms, 'many-withdrawn#3/9'] };

    expect(await release(said)).toMatchObject({ error: { kind: 'alarms-not-acknowledged' } });
  });
});

describe('offers in which something looks wrong', () => {
  it('go out only once that is acknowledged: everybody wants the one post, and twenty stay empty', async () => {
    const afresh = aWorld();
    const many = Array.from({ length: 10 }, () => ({ choices: ['MAT-001'] }));
    const posts = [aVacancy('MAT-001'), aVacancy('MAT-002', { posts: 20 })];
    const scene = await anOffersRoundIn(afresh, many, posts);
    const command = { by: theAdministrator, roundId: scene.roundId, confirmed: 1 };

    const { alarms } = granted(await previewOffers(afresh, command));
    const unseen = await releaseOffers(afresh, command);
    const said = { alarms: ['offers-far-fewer#1/10'], reason: 'They were asked.' };
    granted(await releaseOffers(afresh, { ...command, acknowledged: said }));

    expect(alarms).toEqual([{ code: 'offers-far-fewer', count: 1, of: 10 }]);
    expect(unseen).toMatchObject({ error: { kind: 'alarms-not-acknowledged', alarms: said.alarms } });
    const [last] = (await afresh.records.history('round', scene.roundId)).slice(-1);
    expect(last?.fact).toMatchObject({ type: 'offers-released', recipients: 1, heeded: { alarms } });
  });
});
