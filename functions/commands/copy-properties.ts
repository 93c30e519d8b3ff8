import type { CommandDeps } from '#functions/commands/deps.ts';
import { readWhole } from '#functions/commands/file-inspection.ts';
import { pdfProperties } from '#functions/commands/pdf-properties.ts';
import type { NamedText } from '#functions/commands/pdf-strings.ts';
import type { RedactionPlace } from '#functions/commands/redaction-place.ts';
import { readForm } from '#functions/commands/selection.ts';
import { barePicture } from '#shared/domain/bare-picture.ts';
import { sniffMediaType } from '#shared/domain/media-type.ts';
import { findIdentities, type Identity } from '#shared/domain/redaction-proposal.ts';
import type { Fault } from '#shared/errors.ts';

type Reads = { records: Pick<CommandDeps['records'], 'document'>; files: Pick<CommandDeps['files'], 'read'> };

/**
 * By what a redacted file may tell whose it is although nothing of that is seen on its pages: properties that name somebody, files within
 * it, and what cannot be looked into. A proposal, as for texts: the secretary decides.
 */
export const toldBeside = async (
  { records, files }: Reads,
  { application }: Pick<RedactionPlace, 'application'>,
  key: string,
): Promise<Fault[]> => {
  const file = await files.read(key);
  if (!file) return [];
  const bytes = await readWhole(file.bytes);
  if (sniffMediaType(bytes) !== 'application/pdf') {
    // Pictures are made bare when they arrive; one that is not arrived before that was done, or is broken.
    return barePicture(bytes)?.taken.length === 0 ? [] : [fault('closed')];
  }
  const { state } = application;
  const form = state.stage === 'submitted' ? await readForm(records, state.form) : undefined;
  const { texts, attached, closed } = pdfProperties(bytes);
  const told = telling(texts, form ?? {});
  return [
    ...(told.length > 0 ? [fault('properties', { told: inWords(told) })] : []),
    ...(attached ? [fault('attached')] : []),
    ...(closed ? [fault('closed')] : []),
  ];
};

/** Each stands at a place of its own: all of them are told at once. */
const fault = (place: 'properties' | 'attached' | 'closed', facts?: Fault['facts']): Fault => ({
  place,
  message: `redaction.fault.${place}`,
  ...(facts && { facts }),
});

/** Whoever stands in these is told of, whoever it is. */
const authors: ReadonlySet<string> = new Set(
  'Author creator LastModifiedBy LastAuthor LastSavedBy Manager Company'.split(' '),
);

const telling = (texts: readonly NamedText[], identity: Identity): NamedText[] =>
  texts.filter(
    ({ name, text }) =>
      (authors.has(name) && /\p{L}/u.test(text)) ||
      findIdentities(text, identity).some(
        ({ kind }) => name !== 'JPEG' || (kind !== 'phone' && kind !== 'number'),
      ),
  );

const [mostTold, longestTold] = [5, 100];

const inWords = (told: readonly NamedText[]): string =>
  [...new Set(told.map(({ name, text }) => `${name} «${text.trim().slice(0, longestTold)}»`))]
    .slice(0, mostTold)
    .join('; ');
