import { describe, expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { declareOwnConflict, type RulingChoice, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  dana,
  ratersOf,
  type Selection,
  score,
  secretary,
} from '#test/builders/selection.ts';

type Scene = Selection & { world: World };

const rule = ({ world, roundId, applications }: Scene, { id: memberId }: Person, ruling: RulingChoice) =>
  ruleOnConflictOf(world, {
    by: secretary,
    roundId,
    applicationId: nth(applications, 0).id,
    memberId,
    ruling,
    reason: 'Үміткер айтты',
  });

describe('a member who knows better than the ruling', () => {
  it('declares what the secretary had cleared, and is kept away', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, {}]);
    const scene = { world, roundId, applications };
    const own = { by: dana, roundId, applicationId: nth(applications, 0).id };
    granted(await rule(scene, dana, 'pinned'));
    granted(await rule(scene, dana, 'cleared'));
    granted(await candidatePlace(world, own));
    granted(await declareOwnConflict(world, own));

    expect(await candidatePlace(world, own)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    expect(await rule(scene, dana, 'cleared')).toMatchObject({ error: { kind: 'not-allowed' } });
  });
});

/** The first rater of the first application, pinned once the proposal lay on the table. */
const aTable = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
  const scene = { world, roundId, applications };
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score(scene, by, id));
  }
  const { id } = nth(applications, 0);
  const first = nth(await ratersOf(world, id), 0);
  const command = { by: secretary, roundId };
  granted(await drawUpProposal(world, command));
  granted(await rule(scene, first, 'pinned'));
  return { ...scene, id, first, command };
};

const unfinished = { error: { kind: 'unfinished-work', remaining: 1 } };

describe('a conflict that came while a proposal lay on the table', () => {
  it('takes the score away before another proposal is drawn up', async () => {
    const scene = await aTable();
    const { world, id, first, command } = scene;
    granted(await takeProposalBack(world, command));
    expect(await drawUpProposal(world, command)).toMatchObject(unfinished);

    const { raters } = await candidacyOf(world, id);
    expect(raters).toHaveLength(2);
    expect(raters).not.toContain(first.id);
    for (const by of await ratersOf(world, id)) granted(await score(scene, by, id));
    granted(await drawUpProposal(world, command));
  });

  it('lets no other proposal take its place that counts the score', async () => {
    const { world, command, id, first } = await aTable();

    expect(await drawUpProposal(world, command)).toMatchObject(unfinished);
    expect((await candidacyOf(world, id)).raters).toContain(first.id);
  });

  it('has a judgement made anew', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, {}]);
    const scene = { world, roundId, applications };
    const command = { by: secretary, roundId };
    const judged = {
      roundId,
      applicationId: nth(applications, 0).id,
      verdict: 'admitted',
      reason: '',
    } as const;
    granted(await judgeApplication(world, { ...judged, by: dana }));
    granted(await judgeApplication(world, { ...judged, by: dana, applicationId: nth(applications, 1).id }));
    granted(await drawUpProposal(world, command));
    granted(await rule(scene, dana, 'pinned'));
    granted(await takeProposalBack(world, command));
    granted(await drawUpProposal(world, command));

    expect((await candidacyOf(world, judged.applicationId)).judgement).toBeUndefined();
  });
});
