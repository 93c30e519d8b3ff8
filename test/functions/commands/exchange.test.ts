import { describe, expect, it } from 'vitest';
import { writeLettersToContenders } from '#functions/commands/contender-letters.ts';
import { openExchange, runExchange, viewExchange } from '#functions/commands/exchange.ts';
import { heldApplication } from '#functions/commands/held-application.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import {
  joinExchange,
  leaveExchange,
  ownExchange,
  rankInExchange,
} from '#functions/commands/own-exchange.ts';
import { offers as proposeOffers } from '#functions/commands/proposals/offers.ts';
import { atGate, workplace } from '#functions/commands/workplace.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { openedIn, ownOf, restingIn, staffOf } from '#test/builders/exchange.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import {
  anOffersRoundIn,
  deliverOffersIn,
  type OffersScene,
  offersIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { withExchange } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [first, second] = [vacancyCode('MAT-001'), vacancyCode('MAT-002')];
/** The end of Thursday in Almaty, three working days after the Monday on which people are asked. */
const until = at('2022-11-17T18:00');

/** The second one accepts, so that the others wait for nothing. */
const atRest = async (file = withExchange()) => {
  const world = aWorld();
  const scene = await restingIn(world, { file });
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  return { world, scene };
};

const opened = async () => {
  const { world, scene } = await atRest();
  await openedIn(world, scene);
  return { world, scene };
};

const choose = async (world: World, scene: OffersScene, who: number, choices: readonly VacancyCode[]) => {
  granted(await joinExchange(world, ownOf(scene, who)));
  granted(await rankInExchange(world, { ...ownOf(scene, who), choices, basedOn: [] }));
};

const run = async (world: World, scene: OffersScene): Promise<void> => {
  world.clock.to(until);
  const { wave } = granted(await viewExchange(world, staffOf(scene)));
  granted(await runExchange(world, { ...staffOf(scene), confirmed: wave.length }));
  await deliverOffersIn(world);
};

describe('opening the second chance', () => {
  it('shows what stays empty and who has no post, and asks each of them by one letter', async () => {
    const { world, scene } = await atRest();
    const view = granted(await viewExchange(world, staffOf(scene)));
    await openedIn(world, scene);

    expect(view.empty.map(({ code, posts }) => `${code} ${posts}`)).toEqual(['MAT-002 2', 'PHY-001 1']);
    expect(view).toMatchObject({ unplaced: 2, remaining: 0, opensUntil: until, mayRun: false });
    const letters = [...world.records.outbox].filter(([, { body }]) =>
      body.kind === 'letter' ? body.template === 'exchange-opened' : false,
    );
    const asked = letters.flatMap(([, { body }]) => (body.kind === 'letter' ? body.personId : []));
    expect(asked).toEqual([scene.people[0]?.personId, scene.people[2]?.personId]);
  });

  it('waits while somebody has still to answer', async () => {
    const world = aWorld();
    const scene = await restingIn(world);
    await askNext(world, scene);

    expect(await openExchange(world, { ...staffOf(scene), confirmed: 2 })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'offers' },
    });
  });

  it('by two presses at once, and a repeated row, happens once', async () => {
    const { world, scene } = await atRest();
    const command = { ...staffOf(scene), confirmed: 2 };
    world.records.interfere(() => openExchange(world, command));
    granted(await openExchange(world, command));
    const rows = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letters-to-contenders' ? [body] : [],
    );
    for (const row of [...rows, ...rows]) await writeLettersToContenders(world, row);

    expect(rows).toHaveLength(1);
    expect(kindsIn(world).filter((kind) => kind === 'exchange-opened')).toHaveLength(2);
    const history = await world.records.history('round', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'exchange-opened')).toHaveLength(1);
  });

  it('is not there where the round file does not ask for it', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [{ choices: ['MAT-001'] }]);

    expect(await viewExchange(world, staffOf(scene))).toMatchObject({ error: { kind: 'not-found' } });
    expect(await openExchange(world, { ...staffOf(scene), confirmed: 1 })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(await ownExchange(world, ownOf(scene, 0))).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('taking part', () => {
  it('shows the empty posts that take the person only once they agreed, and keeps their order', async () => {
    const { world, scene } = await opened();
    const before = granted(await ownExchange(world, ownOf(scene, 0)));
    await choose(world, scene, 0, [second]);
    const after = granted(await ownExchange(world, ownOf(scene, 0)));

    expect(before).toMatchObject({ isOpen: true, isUnplaced: true, posts: [], chosen: [] });
    expect(before).not.toHaveProperty('own');
    expect(after.posts.map(({ code }) => code)).toEqual(['MAT-002']);
    expect(after.chosen.map(({ code }) => code)).toEqual(['MAT-002']);
    expect(kindsIn(world)).toContain('exchange-joined');
    const { participants } = granted(await viewExchange(world, staffOf(scene)));
    const held = await heldApplication(world, after.application, ownOf(scene, 0).by);
    expect(held.exchange).toMatchObject({ choices: ['MAT-002'] });
    expect(participants).toMatchObject([{ number: 'KZ19-AAAA-0000', choices: ['MAT-002'] }]);
  });

  it('is for the owner, who has no post, before the deadline', async () => {
    const { world, scene } = await opened();
    const stranger = { ...ownOf(scene, 0), by: ownOf(scene, 2).by };

    expect(await joinExchange(world, stranger)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await joinExchange(world, ownOf(scene, 1))).toMatchObject({ error: { kind: 'not-in-stage' } });
    world.clock.to(addSeconds(until, -0.001));
    granted(await joinExchange(world, ownOf(scene, 2)));
    world.clock.to(until);
    expect(await joinExchange(world, ownOf(scene, 0))).toMatchObject({ error: { kind: 'too-late' } });
    expect(await leaveExchange(world, ownOf(scene, 2))).toMatchObject({ error: { kind: 'too-late' } });
  });

  it('is taken back with everything chosen, and nothing is offered then', async () => {
    const { world, scene } = await opened();
    await choose(world, scene, 0, [second]);
    granted(await leaveExchange(world, ownOf(scene, 0)));
    await run(world, scene);

    expect(kindsIn(world)).toContain('exchange-left');
    expect((await offersIn(world, scene)).filter((offer) => offer.endsWith('open'))).toEqual([]);
  });

  it('in two windows at once is decided once, and an order that has changed is not overwritten', async () => {
    const { world, scene } = await opened();
    granted(await joinExchange(world, ownOf(scene, 0)));
    const command = { ...ownOf(scene, 0), choices: [second], basedOn: [] };
    world.records.interfere(() => leaveExchange(world, ownOf(scene, 0)));

    expect(await rankInExchange(world, command)).toMatchObject({ error: { kind: 'not-in-stage' } });
    granted(await joinExchange(world, ownOf(scene, 0)));
    expect(await rankInExchange(world, { ...command, basedOn: [first] })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    granted(await rankInExchange(world, command));
    expect(granted(await ownExchange(world, ownOf(scene, 0))).own?.choices).toEqual([second]);
  });
});

describe('letting the choices count', () => {
  it('is refused before the deadline', async () => {
    const { world, scene } = await opened();
    world.clock.to(addSeconds(until, -0.001));

    expect(await runExchange(world, { ...staffOf(scene), confirmed: 0 })).toMatchObject({
      error: { kind: 'too-early', until },
    });
  });

  it('offers empty posts by rank with a letter and a machine, which are answered like any other', async () => {
    const { world, scene } = await opened();
    await choose(world, scene, 2, [second]);
    await choose(world, scene, 0, [second]);
    const letters = kindsIn(world).filter((kind) => kind === 'offer-made').length;
    await run(world, scene);

    expect((await offersIn(world, scene)).toSorted()).toEqual([
      '0 MAT-001 declined',
      '0 MAT-002 open',
      '1 MAT-001 accepted',
      '2 MAT-002 open',
    ]);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(letters + 2);
    granted(await acceptOffer(world, await offerTo(world, scene, 2)));
    expect(await offersIn(world, scene)).toContain('2 MAT-002 accepted');
  });

  it('counts what is taken already against the limit of the round, and goes on by rank', async () => {
    const file = withExchange();
    const { world, scene } = await atRest({ ...file, posts: { ...file.posts, total: 2 } });
    await openedIn(world, scene);
    await choose(world, scene, 0, [second]);
    await choose(world, scene, 2, [second]);
    await run(world, scene);
    const after = await offersIn(world, scene);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    await askNext(world, scene);

    // One of two is accepted, so one more may be offered: to the better rank, and after that to the next.
    expect(after).not.toContain('2 MAT-002 open');
    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 declined',
      '0 MAT-002 declined',
      '1 MAT-001 accepted',
      '2 MAT-002 open',
    ]);
  });

  it('by two presses at once happens once, and with another number than was shown not at all', async () => {
    const { world, scene } = await opened();
    await choose(world, scene, 0, [second]);
    world.clock.to(until);
    const command = { ...staffOf(scene), confirmed: 1 };

    expect(await runExchange(world, { ...command, confirmed: 2 })).toMatchObject({
      error: { kind: 'recipients-differ', recipients: 1 },
    });
    world.records.interfere(() => runExchange(world, command));
    granted(await runExchange(world, command));
    await deliverOffersIn(world);
    expect(await offersIn(world, scene)).toContain('0 MAT-002 open');
    const history = await world.records.history('round', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'exchange-run')).toHaveLength(1);
  });

  it('makes the first offers where nobody could be offered anything before', async () => {
    const world = aWorld();
    const file = withExchange();
    const scene = await anOffersRoundIn(world, [{ choices: [] }], undefined, file);
    await openedIn(world, scene);
    await choose(world, scene, 0, [second]);
    await run(world, scene);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-002 open']);
  });

  it('is owed to whoever was asked: until then the stage does not end', async () => {
    const { world, scene } = await opened();
    const proposed = async () => {
      const found = granted(
        await workplace(world, { by: theAdministrator, roundId: scene.roundId }, 'offer.read'),
      );
      return await proposeOffers(world, granted(atGate(found)));
    };
    const before = await proposed();
    await run(world, scene);

    expect(before).toEqual({ ok: false, error: { kind: 'unfinished-work', remaining: 1, of: 'offers' } });
    expect((await proposed()).ok).toBe(true);
  });
});
