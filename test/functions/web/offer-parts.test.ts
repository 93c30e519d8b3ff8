import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import {
  anOffersRoundIn,
  aVacancy,
  deliverOffersIn,
  offersIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const t = translator('en');

/** Twenty people; two schools, one of them with a number of posts that nobody has. */
const aRound = async () => {
  const world = aWorld();
  const people = Array.from({ length: 20 }, () => ({ choices: ['MAT-002', 'MAT-001'] }));
  const register = [aVacancy('MAT-001', { posts: 3 }), aVacancy('MAT-002', { posts: 30 })];
  const scene = await anOffersRoundIn(world, people, register);
  const site = await aSelectionSite(world).staff(theAdministrator);
  const board = `/en/manage/rounds/${scene.roundId}/offers`;
  return { world, scene, ...site, board, api: `/api/rounds/${scene.roundId}/offers` };
};

const hidden = (text: string, name: string): string | undefined =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`, 'u').exec(text)?.[1];

describe('the board of offers', () => {
  it('asks how many go first, shows that part and the posts of it, and lets it go', async () => {
    const { world, scene, get, post, board } = await aRound();

    const whole = await get(board);
    const part = await get(`${board}?part=2`);
    const form = { confirmed: '2', through: '2' };
    const sent = await post(`${board}?part=2`, form);
    const again = await post(`${board}?part=2`, form);
    await deliverOffersIn(world);
    const after = await get(board);

    expect(whole.text).toContain('name="part"');
    expect(whole.text).toContain(t('offer.byPost.title'));
    expect([hidden(whole.text, 'confirmed'), hidden(whole.text, 'through')]).toEqual(['20', undefined]);
    expect(part.text).toContain(t('offer.part.now', { count: 2, of: 20, through: 2 }));
    expect([hidden(part.text, 'confirmed'), hidden(part.text, 'through')]).toEqual(['2', '2']);
    expect([sent.status, again.status]).toEqual([303, 303]);
    expect(sent.location).toBe(`${board}?done=offer.done.released`);
    expect(await offersIn(world, scene)).toHaveLength(2);
    expect(after.text).toContain(t('offer.letting.throughValue', { through: 2, of: 20 }));
    expect(hidden(after.text, 'confirmed')).toBe('18');
  });

  it('takes no part that is no number, and shows all then', async () => {
    const { get, post, board } = await aRound();

    for (const part of ['0', '-3', 'x', '1.5', '900', '']) {
      const { status, text } = await get(`${board}?part=${part}`);
      expect([status, hidden(text, 'confirmed'), hidden(text, 'through')]).toEqual([200, '20', undefined]);
    }
    expect((await post(board, { confirmed: '20', through: 'x' })).status).toBe(409);
    expect((await post(board, { confirmed: '19', through: '20' })).status).toBe(409);
  });

  it('stops them with a reason, gives back what was typed without one, and says so in each language', async () => {
    const { world, get, post, board } = await aRound();
    const early = await post(`${board}/stop`, { stopReason: 'Thirty posts are wrong.' });
    await post(board, { confirmed: '20' });
    await deliverOffersIn(world);

    const empty = await post(`${board}/stop`, { stopReason: ' ' });
    const stopped = await post(`${board}/stop`, { stopReason: 'Thirty <posts> are wrong.' });

    expect([early.status, empty.status, stopped.status]).toEqual([409, 422, 303]);
    expect(early.text).toContain(t('problems.nothing-released.title'));
    expect(empty.text).toContain('id="stopReason-error"');
    expect((await get(`${board}/stop`)).location).toBe(board);
    for (const locale of locales) {
      const { text } = await get(board.replace('/en/', `/${locale}/`));
      expect(text).toContain('Thirty &lt;posts&gt; are wrong.');
      expect(text).toContain(translator(locale)('offer.letting.stoppedText'));
      expect(text).toContain(translator(locale)('offer.part.nobody'));
    }
    const on = await post(board, { confirmed: '0' });
    expect(on.status).toBe(303);
    expect((await get(board)).text).not.toContain(t('offer.letting.stoppedText'));
    const history = (await get(board.replace('/offers', '/history'))).text;
    expect(history).toContain('Thirty &lt;posts&gt; are wrong.');
    expect(history).toContain(t('watch.event.offers-stopped'));
  });

  it('is the same to programs', async () => {
    const { world, scene, get, json, api } = await aRound();
    const read = async () => JSON.parse((await get(api)).text);

    const before = await read();
    const tooFew = await json('POST', api, { confirmed: 3, through: 2 });
    const part = await json('POST', api, { confirmed: 2, through: 2 });
    await deliverOffersIn(world);
    const between = await read();
    const reasonless = await json('POST', `${api}/stop`, { reason: '' });
    const stopped = await json('POST', `${api}/stop`, { reason: 'A wrong number.' });
    const after = await read();

    expect(before.letting).toEqual({ isHeldBack: false, onTheirWay: 0, unreached: 0 });
    expect(before.next[1]).toEqual({ number: 'KZ19-AAAA-0001', vacancy: 'MAT-002', place: 2 });
    expect(JSON.parse(tooFew.text)).toMatchObject({ type: '/problems/recipients-differ', recipients: 2 });
    expect([part.status, reasonless.status, stopped.status]).toEqual([204, 422, 204]);
    expect(between.letting).toEqual({ isHeldBack: true, through: 2, onTheirWay: 0, unreached: 0 });
    expect(between.next[0].place).toBe(3);
    expect(after.letting).toMatchObject({ isHeldBack: true, stoppedAt: world.clock.now() });
    const { deeds } = JSON.parse((await get(`/api/rounds/${scene.roundId}/history`)).text);
    expect(deeds.at(-1)).toMatchObject({ type: 'offers-stopped', said: 'A wrong number.' });
    expect(deeds.at(-2)).toMatchObject({ part: { through: 2, recipients: 2, left: 18 } });
  });
});
