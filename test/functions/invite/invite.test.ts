import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteByOperator } from '#functions/invite/invite.ts';
import { type Home, staffTypes, startHome } from '#test/functions/web/account/home.ts';

let home: Home;

beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.stop());

describe('the operator', () => {
  it('gets a link whose token is behind the #, and the record says who asked', async () => {
    const { link, expiresAt } = await inviteByOperator(home, { role: 'administrator', locale: 'ru' });

    expect(link).toMatch(/^http:\/\/localhost:3000\/ru\/enrol#[\w-]{43}$/);
    expect(expiresAt).toBe('2022-08-03T04:00:00.000Z');
    const [event] = await home.records.history('staff', 'REGION');
    expect(event).toMatchObject({
      by: { kind: 'operator' },
      fact: { type: 'invitation-issued', issuer: 'operator' },
    });
  });

  it.for([{ role: 'applicant' }, { role: 'king' }, { role: 'chair', locale: 'fr' }, {}, null, 'chair'])(
    'gets none for %j, and nothing is recorded',
    async (event) => {
      const before = await staffTypes(home);

      await expect(inviteByOperator(home, event)).rejects.toThrow('Not an invitation');
      expect(await staffTypes(home)).toEqual(before);
    },
  );
});
