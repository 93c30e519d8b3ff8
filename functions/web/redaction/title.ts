import { RedactableText } from '#shared/domain/application-form.ts';
import type { Original } from '#shared/domain/redaction-decisions.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { withSignedPaper } from '#shared/domain/signed-paper.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { fieldLabel, textIn } from '../words.ts';

type Named = {
  kind: Original['kind'];
  item: string;
  requirement?: string | undefined;
  place?: number | undefined;
};

/** What an original is called: a question of the form, a document of the round file, or which answer or reference it is. */
export const titleOf = (t: Translator, named: Named, file: RoundFile): string => {
  const { kind, item, requirement, place = 0 } = named;
  if (kind === 'answer' || kind === 'reference') return t(`redaction.item.${kind}`, { number: place });
  if (kind === 'text') return fieldLabel(t, RedactableText.parse(item));
  const asked = withSignedPaper(file).documents.find(({ code }) => code === requirement);
  return asked ? textIn(t, asked.title) : (requirement ?? '');
};
