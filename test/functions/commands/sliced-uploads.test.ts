import { beforeEach, describe, expect, it } from 'vitest';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { joinSlices } from '#functions/commands/slice-joining.ts';
import { askSlices, joinUploaded, type Slices } from '#functions/commands/sliced-uploads.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import { begunKey, fileKey, slicesFolder } from '#shared/ports/files.ts';
import { aCallIn, aigul, aStartIn, aWorld, bolat, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const scan = '%PDF-1.7 '.padEnd(300_000, 'the scan of a diploma ');
const whole = { bytes: scan.length, sha256: sha256Of(scan) };

let world: World;
let applicationId: ApplicationId;
let documentId: DocumentId;

beforeEach(async () => {
  world = aWorld();
  applicationId = (await aStartIn(world, await aCallIn(world))).state.id;
  documentId = await announced();
});

const announced = async (): Promise<DocumentId> =>
  granted(await announceDocument(world, { by: aigul, applicationId, requirement: 'diploma' })).documentId;

const command = () => ({ by: aigul, applicationId, documentId, whole });
const asked = async (size: 65_536 | 262_144 = 65_536): Promise<Slices> =>
  granted(await askSlices(world, { ...command(), size }));
const joined = async () => granted(await joinUploaded(world, command()));

/** What a browser does with the forms that it was given, as far as the line carries. */
const post = ({ slices }: Pick<Slices, 'slices'>, content = scan): void => {
  for (const { from, to, upload } of slices)
    world.files.put(upload.fields['key'] ?? '', content.slice(from, to));
};

/** What the documents function does once the whole lies in quarantine. */
const arrive = async () =>
  granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));

const documentsNow = async () =>
  (await world.records.find(applicationAggregate, applicationId))?.state.documents;
/** What lies in storage, but for the marks of files that were begun. */
const keys = (): string[] => [...world.files.stored.keys()].filter((key) => !key.includes('/begun/'));

describe('a file that is sent in slices', () => {
  it('gets a form for each slice that takes exactly its bytes, under its own place', async () => {
    const { arrived, slices } = await asked(262_144);

    expect(arrived).toBe(0);
    expect(slices.map(({ upload }) => upload.fields)).toEqual(
      [
        ['0-262144', '262144'],
        ['262144-300000', '37856'],
      ].map(([name = '', bytes = '']) => ({
        key: slicesFolder(applicationId, whole.sha256) + name,
        minBytes: bytes,
        maxBytes: bytes,
        seconds: '3600',
        redirect: '',
      })),
    );
  });

  it('goes on after a broken line with what is missing, and becomes the document', async () => {
    const first = await asked();
    post({ slices: first.slices.slice(0, 3) });

    const second = await asked(262_144);
    const tooEarly = await joined();
    post(second);
    const done = await joined();
    await arrive();

    expect(second.arrived).toBe(3 * 65_536);
    expect(second.slices.map(({ from }) => from)).toEqual([196_608, 262_144]);
    expect([tooEarly, done]).toEqual([{ whole: false }, { whole: true }]);
    expect(await documentsNow()).toMatchObject([
      { id: documentId, status: 'received', sha256: whole.sha256, bytes: whole.bytes },
    ]);
    expect(keys()).toEqual([fileKey('clean', applicationId, documentId)]);
  });

  it('is found again by its content from another page, which needs to send only the rest', async () => {
    post({ slices: (await asked()).slices.slice(0, 2) });

    documentId = await announced();
    const onAnotherPage = await asked();

    expect(onAnotherPage.arrived).toBe(2 * 65_536);
  });

  it('that came by another page is not sent again, and nobody waits for it twice', async () => {
    post(await asked());
    await joined();
    await arrive();
    const first = documentId;
    documentId = await announced();

    const again = await asked();
    const done = await joined();

    expect([again.arrived, again.slices, done]).toEqual([whole.bytes, [], { whole: true }]);
    expect(await documentsNow()).toMatchObject([{ id: first, status: 'received' }]);
  });

  it('can be the document of another requirement too', async () => {
    post(await asked());
    await joined();
    await arrive();
    const asWell = { by: aigul, applicationId, requirement: 'employment-record' };
    documentId = granted(await announceDocument(world, asWell)).documentId;

    expect((await asked()).arrived).toBe(0);
  });

  it('is joined by a second press, a second tab and after a crash as by the first', async () => {
    post(await asked());

    await joined();
    const pressedAgain = await joined();
    await arrive();
    const afterwards = [await joined(), await asked()];

    expect(pressedAgain).toEqual({ whole: true });
    expect(afterwards).toMatchObject([{ whole: true }, { arrived: whole.bytes, slices: [] }]);
    expect(await documentsNow()).toHaveLength(1);
    expect(keys()).toEqual([fileKey('clean', applicationId, documentId)]);
  });

  it('whose slices make another file than was promised is asked for anew', async () => {
    post(await asked(), scan.replaceAll('diploma', 'dipl0ma'));

    expect(await joined()).toEqual({ whole: false });
    expect((await asked()).arrived).toBe(0);
    expect(keys()).toEqual([]);
  });

  it('is looked at like any other: by its content it may be refused, and it is not sent again for that', async () => {
    const program = 'MZ'.padEnd(70_000, '\0');
    const sent = { bytes: program.length, sha256: sha256Of(program) };
    const ask = () => askSlices(world, { ...command(), whole: sent, size: 65_536 });
    post(granted(await ask()), program);
    granted(await joinUploaded(world, { ...command(), whole: sent }));

    await arrive();

    expect(await documentsNow()).toMatchObject([{ status: 'refused', fault: 'wrong-type' }]);
    expect(keys()).toEqual([]);
    expect(granted(await ask()).slices).toEqual([]);
  });

  it('waits for the scanner where files are scanned', async () => {
    post(await asked());
    await joined();

    granted(await receiveDocument(world, { applicationId, documentId, scanning: true }));

    expect(keys()).toEqual([fileKey('held', applicationId, documentId)]);
  });
});

describe('slices', () => {
  it('of a file that is too large are not taken', async () => {
    const tooLarge = { ...whole, bytes: 5_242_881 };

    const answer = await askSlices(world, { ...command(), whole: tooLarge, size: 65_536 });

    expect(answer).toEqual({ ok: false, error: { kind: 'too-large', limitBytes: 5_242_880 } });
  });

  it.for([
    ['somebody else', () => ({ by: bolat }), { kind: 'not-found', what: 'application' }],
    [
      'a document that nobody announced',
      () => ({ documentId: DocumentId.parse('N0N0'.padEnd(20, '0')) }),
      { kind: 'not-found', what: 'document' },
    ],
  ] as const)('are neither asked for nor joined for %s', async ([, other, error]) => {
    post(await asked());
    const theirs = { ...command(), ...other() };

    expect(await askSlices(world, { ...theirs, size: 65_536 })).toEqual({ ok: false, error });
    expect(await joinUploaded(world, theirs)).toEqual({ ok: false, error });
  });

  it('are neither asked for nor joined after the deadline', async () => {
    post(await asked());
    world.clock.to(at('2022-10-05T00:00'));

    expect(await askSlices(world, { ...command(), size: 65_536 })).toMatchObject({
      error: { kind: 'too-late' },
    });
    expect(await joinUploaded(world, command())).toMatchObject({ error: { kind: 'too-late' } });
  });

  it.for([
    ['many files', (file: number) => ({ ...whole, sha256: sha256Of(`${file}`) })],
    ['one file in many lengths', (file: number) => ({ ...whole, bytes: whole.bytes - file })],
  ] as const)(
    'of %s are not promised without end, also at once: an application is no store',
    async ([, of]) => {
      const ask = (file: number) => askSlices(world, { ...command(), whole: of(file), size: 65_536 });

      const answers = await Promise.all(Array.from({ length: 70 }, (_, file) => ask(file)));

      expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(60);
      expect(await ask(70)).toMatchObject({ error: { kind: 'too-many-documents', limit: 60 } });
    },
  );

  it('are asked for again at any time, also by whoever has begun as many as may be', async () => {
    for (let file = 1; file < 60; file += 1) {
      world.files.put(begunKey(applicationId, { ...whole, bytes: file }), '');
    }
    post({ slices: (await asked()).slices.slice(0, 2) });

    expect((await asked()).arrived).toBe(2 * 65_536);
  });

  it('of which one goes while they are put together make no file', async () => {
    post(await asked());
    const vanishing = { ...world.files, read: () => Promise.resolve(undefined) };

    expect(await joinSlices({ files: vanishing }, { applicationId, documentId, ...whole })).toBe(false);
    expect(keys()).not.toContain(fileKey('quarantine', applicationId, documentId));
  });
});
