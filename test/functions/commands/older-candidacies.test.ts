import { describe, expect, it } from 'vitest';
import { candidatePlace, screeningView } from '#functions/commands/candidate-views.ts';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { openGate } from '#functions/commands/gates.ts';
import { composeProposal } from '#functions/commands/proposals/index.ts';
import { recomputeProposals } from '#functions/commands/round-then.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { changed } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { standingText } from '#shared/domain/standing.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { dana, gateIn, secretary } from '#test/builders/selection.ts';
import { drawn, held, listIn, owed } from './screened-file-scene.ts';

const file = aRoundFile();

/** As it was opened then: a file that waited counted as the document, and was noted nowhere. */
const openedBefore = async () => {
  const scene = await held();
  const { world, roundId, applicationId } = scene;
  const application = await world.records.find(applicationAggregate, applicationId);
  if (!application) throw new Error('Nobody applied.');
  const { number } = application.state;
  const screened = { rules: [], missing: [], sameIin: [], proposal: 'admitted' } as const;
  const facts = { subjects: [], languages: [], choices: [] };
  const opened = {
    type: 'candidacy-opened',
    at: world.clock.now(),
    applicationId,
    roundId,
    number,
    facts,
    screened,
  };
  const { change } = changed(candidacyAggregate, applicationId, undefined, [
    candidacyAggregate.event.parse(opened),
  ]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
  granted(await openGate(world, { roundId, token: 'screening' }));
  return scene;
};

describe('a candidacy from before it was noted what waits for the scanner', () => {
  it('waits for it all the same, and is admitted as proposed once the file is clean', async () => {
    const { world, roundId, applicationId, scanned } = await openedBefore();
    const place = { by: dana, roundId, applicationId };

    expect(await drawn(world, roundId)).toMatchObject({ error: { kind: 'scans-awaited', remaining: 1 } });
    expect((await owed(world, roundId)).size).toBe(0);
    const { candidate } = granted(await candidatePlace(world, place));
    const [listed] = granted(await screeningView(world, { by: dana, roundId })).candidates;
    expect([candidate.screened.waiting, listed?.verdict]).toEqual([['diploma'], undefined]);
    await scanned('clean');

    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([{ applicationId, outcome: 'goes-on' }]);
  });

  it('misses the document once its only file was thrown away, and a person judges', async () => {
    const { world, roundId, applicationId, scanned } = await openedBefore();
    await scanned('infected');

    expect(await drawn(world, roundId)).toMatchObject({ error: { kind: 'unfinished-work', remaining: 1 } });
    expect((await owed(world, roundId)).get(dana.id)).toEqual([applicationId]);
    const refusing = { by: dana, roundId, applicationId, verdict: 'refused', reason: 'No diploma.' } as const;
    granted(await judgeApplication(world, refusing));
    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([
      { outcome: 'stops', reasons: expect.arrayContaining(['missing-document:diploma']) },
    ]);
  });

  it('leaves a list that was drawn up then as it was: it follows from its records', async () => {
    const { world, roundId } = await openedBefore();
    const round = await world.records.find(roundAggregate, roundId);
    const gate = await gateIn(world, roundId);
    const committee = await world.records.find(committeeAggregate, roundId);
    if (!round || !isGatedRound(round.state) || !gate || !committee) throw new Error('There is no gate.');
    const place = {
      by: secretary,
      round: { ...round, state: round.state },
      committee,
      gate: { id: gate.id, version: 1, state: gate },
      file,
    };
    const then = granted(await composeProposal({ ...world, asNoted: true }, place));
    const list = standingText(then);
    const drawnUp = { type: 'proposal-drawn-up', at: world.clock.now(), proposal: list.sha256 } as const;
    const stood = await world.records.find(gateAggregate, gate.id);
    const { change } = changed(gateAggregate, gate.id, stood, [drawnUp]);
    granted(await world.records.commit({ by: secretary, changes: [change], blobs: [list] }));

    const chronicle = await chronicleOf(world.records, roundId);
    const again = chronicle && (await recomputeProposals(chronicle, world.clock.now()));
    expect(again?.map(({ follows }) => follows)).toEqual([true]);
  });
});
