import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { candidatePlace, screeningView } from '#functions/commands/candidate-views.ts';
import { receiveDocument } from '#functions/commands/documents.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { announceAnswerFile } from '#functions/commands/inquiry-files.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, anIin, aScreeningIn, candidacyOf, dana, secretary } from '#test/builders/selection.ts';
import { drawn, held, heldAtGate, lettersTo, listIn, owed } from './screened-file-scene.ts';

const file = aRoundFile();
const diploma = file.documents.find(({ code }) => code === 'diploma')?.title;

describe('an application whose required document waits for the scanner', () => {
  it('is not decided, is owed by no member, and says which document it is', async () => {
    const { world, roundId, applicationId } = await heldAtGate();

    expect(await drawn(world, roundId)).toEqual({
      ok: false,
      error: { kind: 'scans-awaited', remaining: 1, documents: [diploma] },
    });
    expect((await owed(world, roundId)).size).toBe(0);
    const { candidate } = granted(await candidatePlace(world, { by: dana, roundId, applicationId }));
    expect(candidate.verdict).toBeUndefined();
    expect(candidate.screened).toMatchObject({ missing: [], waiting: ['diploma'] });
  });

  it('is admitted as proposed once the file is clean', async () => {
    const { world, roundId, applicationId, scanned } = await heldAtGate();

    await scanned('clean');
    await scanned('clean');

    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([{ applicationId, outcome: 'goes-on' }]);
    expect(lettersTo(world, secretary.id)).toEqual([]);
  });

  it.for(['infected', 'unreadable'] as const)(
    'waits for a person once the file was thrown away as %s, and the secretary hears of it',
    async (says) => {
      const { world, roundId, applicationId, scanned } = await heldAtGate();

      await scanned(says);
      await scanned(says);

      expect(lettersTo(world, secretary.id)).toEqual([`committee-document-${says}`]);
      expect(await drawn(world, roundId)).toMatchObject({ error: { kind: 'unfinished-work', remaining: 1 } });
      expect((await owed(world, roundId)).get(dana.id)).toEqual([applicationId]);
      const reason = 'There is no diploma.';
      granted(
        await judgeApplication(world, { by: dana, roundId, applicationId, verdict: 'refused', reason }),
      );
      granted(await drawn(world, roundId));
      expect((await listIn(world, roundId)).standings).toMatchObject([
        { outcome: 'stops', reasons: ['missing-document:diploma'] },
      ]);
    },
  );

  it('is decided by a person who does not wait for it', async () => {
    const { world, roundId, applicationId } = await heldAtGate();
    const judging = { by: dana, roundId, applicationId, verdict: 'admitted', reason: '' } as const;

    granted(await judgeApplication(world, judging));

    expect((await drawn(world, roundId)).ok).toBe(true);
  });

  it('misses no look of the scanner that comes while its screening begins', async () => {
    const { world, roundId, applicationId, scanned } = await held();
    world.records.interfere(() => prepareScreening(world, roundId));

    await scanned('infected');

    const { screened } = await candidacyOf(world, applicationId);
    expect(screened).toMatchObject({ missing: ['diploma'], proposal: 'unclear' });
    expect(screened.waiting).toBeUndefined();
  });
});

describe('an application that was mended during screening', () => {
  it('lacks no document that came when it was asked for, whatever it is refused for afterwards', async () => {
    const { world, roundId, applicationId, mine, scanned } = await heldAtGate();
    await scanned('infected');
    const place = { by: secretary, roundId, applicationId };
    const asking = { ...place, question: 'Your diploma, please.', requirement: 'diploma', workingDays: 2 };
    granted(await askApplicant(world, asking));
    const inquiry = (await candidacyOf(world, applicationId)).inquiries?.at(-1)?.id;
    if (!inquiry) throw new Error('Nothing was asked.');
    const { documentId } = granted(await announceAnswerFile(world, { ...mine, inquiry }));
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 the other diploma');
    granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));

    const [listed] = granted(await screeningView(world, { by: dana, roundId })).candidates;
    const { candidate } = granted(await candidatePlace(world, { ...place, by: dana }));
    expect([listed?.screened.missing, candidate.screened.missing]).toEqual([[], []]);
    const refusing = { ...place, by: dana, verdict: 'refused', reason: 'It is of somebody else.' } as const;
    granted(await judgeApplication(world, refusing));
    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([
      { outcome: 'stops', reasons: ['judged'] },
    ]);
  });

  it('is alone with its IIN once the other application with it was withdrawn', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, { iin: anIin(0) }]);
    const [one, other] = applications;
    if (!one || !other) throw new Error('Two applied.');
    const place = { by: dana, roundId, applicationId: one.id };
    const shown = async () => granted(await candidatePlace(world, place)).candidate.screened.sameIin;
    expect(await shown()).toEqual([other.number]);

    const leaving = { by: anApplicant(1), applicationId: other.id, reasonCode: 'mistake' } as const;
    granted(await withdrawApplication(world, leaving));

    expect(await shown()).toEqual([]);
    const listed = granted(await screeningView(world, { by: dana, roundId })).candidates;
    expect(listed.find(({ applicationId }) => applicationId === one.id)?.screened.sameIin).toEqual([]);
    granted(await judgeApplication(world, { ...place, verdict: 'refused', reason: 'No.' }));
    granted(await drawn(world, roundId));
    const { standings } = await listIn(world, roundId);
    expect(standings.find(({ applicationId }) => applicationId === one.id)?.reasons).toEqual(['judged']);
  });
});
