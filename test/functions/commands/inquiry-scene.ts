import { receiveDocument } from '#functions/commands/documents.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { announceAnswerFile } from '#functions/commands/inquiry-files.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { DocumentId, InquiryId } from '#shared/domain/ids.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, candidacyOf, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

export const question = 'MARKER: which university gave the diploma?';
/** Two working days from Tuesday, 4 October 2022, in Almaty. */
export const dueAt = at('2022-10-06T18:00');

/** The gate of screening is open, and the secretary may ask the first applicant. */
export const anInquiryScene = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world);
  const application = applications[0];
  if (!application) throw new Error('Nobody applied.');
  const applicationId = application.id;
  const mine = { by: anApplicant(0), applicationId };
  const ask = (over: Partial<Parameters<typeof askApplicant>[1]> = {}) =>
    askApplicant(world, { by: secretary, roundId, applicationId, question, workingDays: 2, ...over });
  const inquiryNow = async () => {
    const inquiry = (await candidacyOf(world, applicationId)).inquiries?.at(-1);
    if (!inquiry) throw new Error('Nothing was asked.');
    return inquiry;
  };
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template.startsWith('inquiry') ? [body.template] : [],
    );
  const upload = async (inquiry: InquiryId, scanning = false): Promise<DocumentId> => {
    const { documentId } = granted(await announceAnswerFile(world, { ...mine, inquiry }));
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 the other diploma');
    granted(await receiveDocument(world, { applicationId, documentId, scanning }));
    return documentId;
  };
  const committee = (by: Person) => ({ by, roundId, applicationId });
  return { world, roundId, applicationId, mine, ask, inquiryNow, letters, upload, committee };
};
