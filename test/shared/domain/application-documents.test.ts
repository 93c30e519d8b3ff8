import { describe, expect, it } from 'vitest';
import type { UploadedDocument } from '#shared/domain/application.ts';
import { announce, awaited, receive, remove, uploadSeconds } from '#shared/domain/application-documents.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { RequiredDocument } from '#shared/domain/round-file.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { anApplication, aReceivedDocument } from '#test/builders/application.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-09-20T04:00');
const newId = DocumentId.parse('NEWD0CVMENT000000000');
const diploma = RequiredDocument.parse({
  ...aRoundFile().documents[0],
  maxFiles: 2,
  mediaTypes: ['application/pdf'],
});

const announced = (announcedAt = now, requirement = 'diploma'): UploadedDocument => ({
  id: DocumentId.parse('ANN0VNCED00000000000'),
  requirement,
  announcedAt,
  status: 'announced',
});

describe('announcing a file', () => {
  it('notes what is coming', () => {
    expect(announce(anApplication('draft'), diploma, newId, now)).toEqual({
      ok: true,
      value: [{ type: 'document-announced', at: now, document: newId, requirement: 'diploma' }],
    });
  });

  it('stops at the number that the requirement takes', () => {
    const documents = [aReceivedDocument('diploma'), aReceivedDocument('diploma')];

    expect(announce(anApplication('draft', { documents }), diploma, newId, now)).toEqual({
      ok: false,
      error: { kind: 'too-many-documents', requirement: 'diploma', limit: 2 },
    });
  });

  it('lets an upload that was given up give way to the next try', () => {
    const draft = anApplication('draft', { documents: [aReceivedDocument('diploma'), announced()] });

    expect(announce(draft, diploma, newId, now)).toEqual({
      ok: true,
      value: [
        { type: 'document-removed', at: now, document: announced().id },
        { type: 'document-announced', at: now, document: newId, requirement: 'diploma' },
      ],
    });
  });

  it('does not count forms that have run out, refused files or other requirements', () => {
    const documents: UploadedDocument[] = [
      announced(addSeconds(now, -uploadSeconds)),
      aReceivedDocument('recommendation'),
      { ...announced(), status: 'refused', refusedAt: now, fault: 'wrong-type' },
    ];

    expect(announce(anApplication('draft', { documents }), diploma, newId, now).ok).toBe(true);
  });

  it('cannot be used to fill a record', () => {
    const refused = { ...announced(), status: 'refused', refusedAt: now, fault: 'empty' } as const;
    const draft = anApplication('draft', { documents: Array.from({ length: 60 }, () => refused) });

    expect(announce(draft, diploma, newId, now)).toMatchObject({ error: { kind: 'too-many-documents' } });
  });
});

describe('a file that arrived', () => {
  const found = { sha256: sha256Of('a'), bytes: 40_000, mediaType: 'application/pdf' } as const;

  it('is recorded by what it is', () => {
    expect(receive(announced(), diploma, found, now)).toEqual([
      { type: 'document-received', at: now, document: announced().id, ...found },
    ]);
  });

  it('changes nothing when its news comes twice', () => {
    const received = { ...aReceivedDocument('diploma'), sha256: found.sha256 };

    expect(receive(received, diploma, found, now)).toEqual([]);
    expect(receive(aReceivedDocument('diploma'), diploma, found, now)).toHaveLength(1);
  });

  it.for([
    [{ bytes: 0 }, 'empty'],
    [{ bytes: diploma.maxBytes + 1 }, 'too-large'],
    [{ mediaType: 'image/png' as const }, 'wrong-type'],
    [{ mediaType: undefined }, 'wrong-type'],
  ] as const)('is refused: %j is %s', ([change, fault]) => {
    expect(receive(announced(), diploma, { ...found, ...change }, now)).toEqual([
      { type: 'document-refused', at: now, document: announced().id, fault, sha256: found.sha256 },
    ]);
  });

  it('and was refused is not refused again, and another one for it is looked at', () => {
    const refused = { ...announced(), status: 'refused', refusedAt: now, fault: 'wrong-type' } as const;

    expect(receive({ ...refused, sha256: found.sha256 }, diploma, found, now)).toEqual([]);
    expect(receive({ ...refused, sha256: sha256Of('b') }, diploma, found, now)).toHaveLength(1);
    expect(receive(refused, diploma, found, now)).toHaveLength(1);
  });
});

describe('files on their way', () => {
  it('are awaited until their form has run out, also where another has arrived for the same requirement', () => {
    const coming = [announced(), announced(now, 'recommendation')];

    expect(awaited(anApplication('draft', { documents: coming }), now)).toEqual(coming);
    expect(awaited(anApplication('draft', { documents: coming }), addSeconds(now, uploadSeconds))).toEqual(
      [],
    );
    expect(
      awaited(anApplication('draft', { documents: [...coming, aReceivedDocument('diploma')] }), now),
    ).toEqual(coming);
  });
});

describe('removing a file', () => {
  it('needs the file', () => {
    const document = aReceivedDocument('diploma');

    expect(remove(anApplication('draft', { documents: [document] }), document.id, now).ok).toBe(true);
    expect(remove(anApplication('draft'), document.id, now)).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'document' },
    });
  });
});
