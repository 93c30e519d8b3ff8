import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { type ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { signedPaper } from '#shared/domain/signed-paper.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aCallIn, aCompleteIn, aWorld, granted } from '#test/builders/scenes.ts';

export const worker: Person = { kind: 'person', id: PersonId.parse('DESK01'.padEnd(20, '0')), role: 'desk' };
export const colleague: Person = {
  kind: 'person',
  id: PersonId.parse('DESK02'.padEnd(20, '0')),
  role: 'desk',
};
export const personId = PersonId.parse('N0MA11'.padEnd(20, '0'));
export const page = `/en/desk/people/${personId}`;

export const contact = {
  person: personId,
  name: 'Сапарова Айгүл Ерланқызы',
  phone: '8 701 000 00 13',
  address: 'Алматы облысы, Қарасай ауданы',
  locale: 'kk',
};

/** An open call, and somebody of the region's desk who is signed in. */
export const aDesk = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const site = aCommitteeSite(world);
  const desk = await site.signIn(worker);
  return {
    world,
    roundId,
    site,
    desk,
    /** A whole application, entered at the desk; only its signed paper is missing. */
    entered: async (): Promise<ApplicationId> => {
      await desk.post('/en/desk', contact);
      return await aCompleteIn(world, roundId, { personId, assistant: worker.id });
    },
    withPaper: async (applicationId: ApplicationId): Promise<void> => {
      const by = { personId, assistant: worker.id };
      const requirement = signedPaper.code;
      const { documentId } = granted(await announceDocument(world, { by, applicationId, requirement }));
      world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 a signature');
      granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));
    },
  };
};

export type DeskScene = Awaited<ReturnType<typeof aDesk>>;
