import { describe, expect, it } from 'vitest';
import { vote } from '#functions/commands/gate-work.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aScreeningIn, aWorld, committee, granted } from '#test/builders/scenes.ts';
import { committeeChangedIn } from '#test/builders/selection.ts';
import { onTable, votes } from '../commands/committee-room.ts';

const { secretary, substitute, members } = committee;
const [, , , away] = members;

/** A record of before a vote kept its seat: a substitute came for somebody who had voted. */
const replacedVoter = async () => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const proposal = await onTable(world, roundId);
  await votes(world, roundId, proposal, 4);
  const reason = 'Marker text of a dissent';
  granted(await vote(world, { by: away, roundId, proposal, choice: 'against', reason }));
  const called = { personId: substitute.id, standsInFor: away.id };
  await committeeChangedIn(world, roundId, [{ type: 'substitute-called', at: world.clock.now(), ...called }]);
  return { roundId, seat: await aCommitteeSite(world).signIn(secretary) };
};

describe('a vote that no longer counts', () => {
  it.for(locales)('stays on the page, with its reason, and says so in %s', async (locale) => {
    const { roundId, seat } = await replacedVoter();
    const t = translator(locale);

    const { text } = await seat.get(`/${locale}/committee/rounds/${roundId}`);

    expect(text).toContain(`${t('committee.vote.against')} (${t('committee.vote.uncounted')})`);
    expect(text).toContain('Marker text of a dissent');
    expect(text.split(t('committee.vote.uncounted'))).toHaveLength(2);
  });

  it('is told apart by the API', async () => {
    const { roundId, seat } = await replacedVoter();

    const { text } = await seat.get(`/api/rounds/${roundId}/gate`);

    const { votes: cast } = JSON.parse(text);
    expect(cast.filter(({ counts }: { counts: boolean }) => counts)).toHaveLength(4);
    expect(cast.at(-1)).toMatchObject({ memberId: away.id, counts: false });
  });
});
