import { describe, expect, it } from 'vitest';
import { createHold } from '#infra/local/hold.ts';

describe('a hold', () => {
  it('lets what runs end, holds what comes, and lets it go afterwards', async () => {
    const hold = createHold();
    const order: string[] = [];
    const running = Promise.withResolvers<void>();
    const first = hold.pass(async () => {
      await running.promise;
      order.push('what ran');
    });

    const still = hold.still(async () => void order.push('stillness'));
    const later = hold.pass(async () => void order.push('what came'));
    running.resolve();
    await Promise.all([first, still, later]);

    expect(order).toEqual(['what ran', 'stillness', 'what came']);
  });

  it('gives up on what does not end, and nobody waits any longer', async () => {
    const hold = createHold(10);
    void hold.pass(() => new Promise(() => undefined));

    await expect(hold.still(async () => 'stillness')).rejects.toThrow('1 calls did not end');

    expect(await hold.pass(async () => 'served')).toBe('served');
  });

  it('ends with the work that failed in it', async () => {
    const hold = createHold();

    await expect(hold.still(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room');

    expect(await hold.pass(async () => 'served')).toBe('served');
  });

  it('is one at a time', async () => {
    const hold = createHold();
    let inside = 0;
    const still = () =>
      hold.still(async () => {
        inside += 1;
        await Promise.resolve();
        const seen = inside;
        inside -= 1;
        return seen;
      });

    expect(await Promise.all([still(), still(), still()])).toEqual([1, 1, 1]);
  });
});
