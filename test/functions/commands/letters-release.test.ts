import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { writeLettersOfDecision } from '#functions/commands/letters.ts';
import { concernedBy } from '#functions/commands/letters-audience.ts';
import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { ApplicationId, ApplicationNumber, RoundId, type Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { type Standing, standingText } from '#shared/domain/standing.ts';
import { templateOf } from '#shared/domain/telling.ts';
import { aigul, aWorld, bolat, administrator as by, granted, type World } from '#test/builders/scenes.ts';
import { aScreenedRoundIn } from '#test/builders/screened-round.ts';
import { at } from '#test/builders/worlds.ts';

const withdrawnBy = async (world: World, who: typeof bolat): Promise<void> => {
  const { items } = await world.records.list(applicationAggregate, 'owner', ownedBy(who.personId));
  for (const { state } of items) {
    granted(await withdrawApplication(world, { by: who, applicationId: state.id, reasonCode: 'personal' }));
  }
};

const standingsOf = (...outcomes: Standing['outcome'][]): Standing[] =>
  outcomes.map((outcome, index) => ({
    applicationId: ApplicationId.parse(String(index + 1).repeat(20)),
    number: ApplicationNumber.parse(`KZ19-0000-000${index + 1}`),
    outcome,
    reasons: [],
  }));

/** Decided lists by their stage, and the texts behind them. */
const recordsWith = (lists: Partial<Record<GatedStage, Standing[]>>) => {
  const roundId = RoundId.parse('R0VND000000000000000');
  const texts = new Map<string, string>();
  const decisions: Partial<Record<GatedStage, Sha256>> = {};
  for (const stage of gatedStages) {
    const standings = lists[stage];
    if (!standings) continue;
    const { text, sha256 } = standingText({ roundId, stage, standings });
    texts.set(sha256, text);
    decisions[stage] = sha256;
  }
  return { decisions, blob: async (sha256: string) => texts.get(sha256) ?? '' };
};

const rowOf = (world: World): Extract<OutboxMessage['body'], { kind: 'letters-of-decision' }> => {
  for (const { body } of world.records.outbox.values()) if (body.kind === 'letters-of-decision') return body;
  throw new Error('No letters were released.');
};

const lettersIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template.startsWith('screening-') ? [body] : [],
  );

describe('letters about a decision', () => {
  it('are counted by kind before they go out', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);

    const { batches } = granted(await letterBatches(world, { by, roundId }));

    expect(batches).toMatchObject([
      {
        about: 'screening',
        recipients: 2,
        letters: [
          { template: 'screening-admitted', recipients: 1 },
          { template: 'screening-refused', recipients: 1 },
        ],
      },
    ]);
  });

  it('go only to as many as were confirmed', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);

    const released = await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 3 });

    expect(released).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 2, confirmed: 3 },
    });
    expect(lettersIn(world)).toEqual([]);
  });

  it('go out once, each to its own reader, however often the button is pressed', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);
    const release = { by, roundId, about: 'screening', confirmed: 2 } as const;

    granted(await releaseDecision(world, release));
    granted(await releaseDecision(world, release));
    await writeLettersOfDecision(world, rowOf(world));
    await writeLettersOfDecision(world, rowOf(world));

    expect(lettersIn(world).map(({ template, personId }) => [template, personId])).toEqual([
      ['screening-admitted', aigul.personId],
      ['screening-refused', bolat.personId],
    ]);
  });

  it('are counted without whoever has withdrawn since, so the number confirmed is the number sent', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);
    await withdrawnBy(world, bolat);

    const seenBefore = await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 2 });
    const { batches } = granted(await letterBatches(world, { by, roundId }));
    granted(await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 1 }));
    await writeLettersOfDecision(world, rowOf(world));

    expect(seenBefore).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 1, confirmed: 2 },
    });
    expect(batches).toMatchObject([
      { recipients: 1, letters: [{ template: 'screening-admitted', recipients: 1 }] },
    ]);
    expect(lettersIn(world).map(({ personId }) => personId)).toEqual([aigul.personId]);
  });

  it('keep the number that went out, whoever withdraws later', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);
    granted(await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 2 }));
    world.clock.to(at('2022-10-11T04:00'));
    await withdrawnBy(world, bolat);

    const { batches } = granted(await letterBatches(world, { by, roundId }));

    expect(batches).toMatchObject([{ about: 'screening', recipients: 2 }]);
  });

  it('leave out whoever withdraws after the release and before their letter is written', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);
    granted(await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 2 }));
    await withdrawnBy(world, bolat);

    await writeLettersOfDecision(world, rowOf(world));

    expect(lettersIn(world).map(({ personId }) => personId)).toEqual([aigul.personId]);
  });

  it('about results reach who stopped before them, and the final ones who was invited or came back by a claim', async () => {
    const lists = { scoring: standingsOf('goes-on', 'goes-on', 'stops') } as const;
    const preliminary = standingsOf('goes-on', 'stops', 'stops');
    const claims = standingsOf('stops', 'stops', 'stops', 'goes-on');
    const { decisions, ...records } = recordsWith({ ...lists, interviews: preliminary, preliminary, claims });
    const numbers = async (about: 'preliminary' | 'claims', said: object = {}) =>
      (await concernedBy(records, { decisions, ...said }, about)).map(({ number }) => number.slice(-1));

    expect(await numbers('preliminary')).toEqual(['1', '2', '3']);
    expect(await numbers('claims')).toEqual(['1', '2', '4']);
    // A release of before went to who was invited, and its number stays.
    const told = { preliminary: at('2022-11-02T06:00') };
    expect(await numbers('preliminary', { told })).toEqual(['1', '2']);
    expect(await numbers('preliminary', { told, claimantsTold: true })).toEqual(['1', '2', '3']);
  });

  it('about the end of the offers reach whom none was made, and nobody else', async () => {
    const reasons = [[], ['no-post'], ['declined'], ['lapsed'], ['withdrawn'], ['no-post']];
    const claims = standingsOf('goes-on', 'goes-on', 'goes-on', 'goes-on', 'goes-on', 'stops');
    const offers = standingsOf('goes-on', 'stops', 'stops', 'stops', 'stops', 'stops').map((one, index) =>
      Object.assign(one, { reasons: reasons[index] ?? [] }),
    );
    const records = recordsWith({ claims, offers });

    const told = await concernedBy(records, { decisions: records.decisions }, 'offers');

    expect(told.map(({ number }) => number)).toEqual(['KZ19-0000-0002']);
    expect(told.map((standing) => templateOf('offers', standing))).toEqual(['no-post']);
  });

  it('make the advance one that can no longer be undone', async () => {
    const world = aWorld();
    const roundId = await aScreenedRoundIn(world);

    const { state } = granted(
      await releaseDecision(world, { by, roundId, about: 'screening', confirmed: 2 }),
    );

    expect(state).toMatchObject({
      effectiveAt: at('2022-10-10T04:00'),
      told: { screening: at('2022-10-10T04:00') },
    });
  });
});
