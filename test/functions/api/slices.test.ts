import { beforeEach, describe, expect, it } from 'vitest';
import { receiveDocument } from '#functions/commands/documents.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

const scan = '%PDF-1.7 '.padEnd(150_000, 'a recommendation ');
const whole = { bytes: scan.length, sha256: sha256Of(scan) };

let desk: Desk;
let aigul: Program;
let application: string;
let document: string;

beforeEach(async () => {
  desk = await aDesk();
  const round = await desk.openCall(await desk.administrator());
  aigul = await desk.signIn('aigul@example.kz', 'kk');
  application = (await aigul.post(`/api/calls/${round}/applications`)).body.id;
  const announced = { requirement: 'recommendation' };
  document = (await aigul.post(`/api/applications/${application}/documents`, announced)).body.documentId;
});

const at = (what: 'slices' | 'whole') => `/api/applications/${application}/documents/${document}/${what}`;

type Part = { from: number; to: number; upload: { fields: { key: string } } };

/** What storage does with a form that a program posts. */
const post = ({ from, to, upload }: Part): void =>
  desk.world.files.put(upload.fields.key, scan.slice(from, to));

describe('a document that is sent in slices', () => {
  it('goes on where the line broke, and is received whole', async () => {
    const first = (await aigul.post(at('slices'), { ...whole, size: 65_536 })).body;
    post(first.slices[0]);
    const tooEarly = (await aigul.post(at('whole'), whole)).body;

    const { arrived, slices } = (await aigul.post(at('slices'), whole)).body;
    for (const slice of slices) post(slice);
    const done = (await aigul.post(at('whole'), whole)).body;
    await receiveDocument(desk.deps, {
      applicationId: ApplicationId.parse(application),
      documentId: DocumentId.parse(document),
      scanning: false,
    });

    expect([tooEarly, arrived, done]).toEqual([{ whole: false }, 65_536, { whole: true }]);
    expect((await aigul.get(`/api/applications/${application}`)).body.documents).toMatchObject([
      { id: document, status: 'received', ...whole },
    ]);
  });

  it('is refused before anything of it is sent when it is too large', async () => {
    const answer = await aigul.post(at('slices'), { ...whole, bytes: 20_000_000 });

    expect(answer.body).toMatchObject({ type: '/problems/too-large', limitBytes: 5_242_880 });
  });

  it.for([{ ...whole, size: 1000 }, { ...whole, bytes: 0 }, { bytes: 5 }, { ...whole, sha256: 'none' }])(
    'says what is wrong with %j',
    async (sent) => {
      const answer = await aigul.post(at('slices'), sent);

      expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid']);
    },
  );

  it('is nobody else’s: they can neither ask what has arrived nor put it together', async () => {
    const stranger = await desk.signIn('stranger@example.kz');
    for (const what of ['slices', 'whole'] as const) {
      expect((await stranger.post(at(what), whole)).body).toMatchObject({
        type: '/problems/not-found',
        what: 'application',
      });
    }
  });
});
