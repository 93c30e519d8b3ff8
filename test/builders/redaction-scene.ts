import { releaseText } from '#functions/commands/redaction.ts';
import { announceCopy, receiveCopy } from '#functions/commands/redaction-files.ts';
import { readRedaction } from '#functions/commands/redaction-views.ts';
import type { Contact } from '#functions/commands/reference-contact.ts';
import { readCopies } from '#functions/commands/released-copies.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Typed } from '#shared/domain/application-form.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { RedactedItem } from '#shared/domain/redaction.ts';
import { redacted } from '#shared/domain/redaction-proposal.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { fileKey, redactedFiles } from '#shared/ports/files.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { advanceIn, aScreeningIn, chair, secretary } from '#test/builders/selection.ts';

const { blind } = aRoundFile();

/** A round that shows raters the motivation and the diploma without names. */
const aRoundThatShows = (missing: 'stop' | 'warn', over: Pick<RoundFile, 'references'>): Uint8Array =>
  asUpload(
    aRoundFile({
      ...over,
      blind: { ...blind, shown: { texts: ['motivation'], documents: ['diploma'], missing } },
    }),
  );

/** What the first applicant wrote, with their own name, school and telephone in it. */
export const telling = `${'Ауылда математика оқытқым келеді. '.repeat(20)}Мен Айгүл Сапаровамын, 8 (701) 000-00-13.`;

/** The gate of screening is open; what raters are to see lies before the secretary. */
export const aRedactionScene = async (
  missing: 'stop' | 'warn' = 'stop',
  forms: readonly Typed[] = [{ motivation: telling }],
  { referee, ...over }: Pick<RoundFile, 'references'> & { referee?: Contact } = {},
) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, forms, aRoundThatShows(missing, over), referee);
  const [application] = applications;
  const [diploma] = application?.documents ?? [];
  if (!application || !diploma) throw new Error('Nobody applied with a diploma.');
  const on = (by: Person) => ({ by, roundId, applicationId: application.id });
  const of = (item: RedactedItem) => ({ ...on(secretary), item });
  const motivation = of('motivation');
  const file = of(diploma.id);
  const item = async (name: RedactedItem) =>
    granted(await readRedaction(world, on(secretary))).items.find((one) => one.item === name);

  /** Sends a redacted diploma, which arrives. */
  const send = async (content = '%PDF-1.7 no names'): Promise<DocumentId> => {
    const { documentId } = granted(await announceCopy(world, file));
    world.files.put(fileKey('quarantine', redactedFiles(application.id), documentId), content);
    await receiveCopy(world, { redactionOf: application.id, documentId, scanning: false });
    return documentId;
  };
  /** Releases the proposal for the motivation as it stands. */
  const releaseProposal = async (): Promise<string> => {
    const text = (await item('motivation'))?.text;
    if (!text) throw new Error('There is no motivation.');
    const copy = redacted(text.original, text.found);
    granted(await releaseText(world, { ...motivation, text: copy, sure: false }));
    return copy;
  };
  const seen = async (by: Person = chair) => granted(await readCopies(world, on(by)));
  const toScoring = () => advanceIn(world, roundId);
  const round = { world, roundId, application, applications, diploma };
  return { ...round, on, motivation, file, item, send, releaseProposal, seen, toScoring };
};
