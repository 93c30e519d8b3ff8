import { RedactableText } from '#shared/domain/application-form.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { withSignedPaper } from '#shared/domain/signed-paper.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { fieldLabel, textIn } from '../words.ts';

type Named = { kind: 'text' | 'file'; item: string; requirement?: string | undefined };

/** What an original is called: a question of the form, or a document of the round file. */
export const titleOf = (t: Translator, { kind, item, requirement }: Named, file: RoundFile): string => {
  if (kind === 'text') return fieldLabel(t, RedactableText.parse(item));
  const asked = withSignedPaper(file).documents.find(({ code }) => code === requirement);
  return asked ? textIn(t, asked.title) : (requirement ?? '');
};
