import { describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { removeDocument } from '#functions/commands/documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { fileKey } from '#shared/ports/files.ts';
import {
  aCallIn,
  aCompleteIn,
  aigul,
  aStartIn,
  aWorld,
  bolat,
  granted,
  uploaded,
} from '#test/builders/scenes.ts';

const begun = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const applicationId = (await aStartIn(world, roundId)).state.id;
  const documentsNow = async () =>
    (await world.records.find(applicationAggregate, applicationId))?.state.documents;
  return { world, roundId, mine: { by: aigul, applicationId }, documentsNow };
};

const cutOff = () => Promise.reject(new Error('cut off'));

describe('removing a document', () => {
  it('takes the file away too', async () => {
    const { world, mine, documentsNow } = await begun();
    const documentId = await uploaded(world, mine);

    granted(await removeDocument(world, { ...mine, documentId }));

    expect(await documentsNow()).toEqual([]);
    expect(world.files.stored.size).toBe(0);
  });

  it.for(['the draft', 'the submission'])(
    'again takes away what the first time left behind, from %s',
    async (from) => {
      const { world, roundId } = await begun();
      const mine = { by: bolat, applicationId: await aCompleteIn(world, roundId, bolat) };
      const documentId = await uploaded(world, mine, '%PDF-1.7 removed');
      const key = fileKey('clean', mine.applicationId, documentId);
      const broken = { ...world, files: { ...world.files, remove: cutOff } };

      await expect(removeDocument(broken, { ...mine, documentId })).rejects.toThrow('cut off');
      if (from === 'the submission') granted(await submitApplication(world, mine));
      expect(world.files.stored.has(key)).toBe(true);
      const again = await removeDocument(world, { ...mine, documentId });

      const kind = from === 'the submission' ? 'already-submitted' : 'not-found';
      expect(again).toMatchObject({ error: { kind } });
      expect(world.files.stored.has(key)).toBe(false);
      expect(world.files.stored.size).toBe(1);
    },
  );

  it('from a submission takes nothing away', async () => {
    const { world, roundId } = await begun();
    const mine = { by: bolat, applicationId: await aCompleteIn(world, roundId, bolat) };
    const { application } = granted(await submitApplication(world, mine));
    const documentId = DocumentId.parse(application.documents[0]?.id);

    expect(await removeDocument(world, { ...mine, documentId })).toMatchObject({
      error: { kind: 'already-submitted' },
    });
    expect(world.files.stored.size).toBe(1);
  });

  it('of someone else takes nothing away', async () => {
    const { world, mine } = await begun();
    const documentId = await uploaded(world, mine);

    const answer = await removeDocument(world, { ...mine, by: bolat, documentId });

    expect(answer).toMatchObject({ error: { kind: 'not-found', what: 'application' } });
    expect(world.files.stored.size).toBe(1);
  });
});
