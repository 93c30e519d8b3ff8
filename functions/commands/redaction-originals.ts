import { inquiryTextOf } from '#functions/commands/inquiry-texts.ts';
import type { RedactionPlace } from '#functions/commands/redaction-place.ts';
import { contactBehind } from '#functions/commands/reference-contact.ts';
import { ReferenceAnswer } from '#functions/commands/references.ts';
import { readForm } from '#functions/commands/selection.ts';
import { redactableTextOf } from '#shared/domain/redaction.ts';
import type { Original } from '#shared/domain/redaction-decisions.ts';
import type { Identity } from '#shared/domain/redaction-proposal.ts';
import { refereeIn } from '#shared/domain/reference.ts';
import type { Records } from '#shared/ports/records.ts';

type Reads = { records: Pick<Records, 'document'> };

/** What is to be redacted, and whom it may tell. */
export type TypedOriginal = { text: string; identities: readonly Identity[] };

/** Of a text, an answer or a reference: as it was typed. Undefined of a file, and where the form or the text was erased. */
export const typedOriginal = async (
  { records }: Reads,
  found: Pick<RedactionPlace, 'application' | 'candidacy' | 'references'>,
  original: Original,
): Promise<TypedOriginal | undefined> => {
  const { application, candidacy } = found;
  if (application.state.stage !== 'submitted') return undefined;
  const form = await readForm(records, application.state.form);
  if (!form) return undefined;
  switch (original.kind) {
    case 'text':
      return { text: redactableTextOf(form, original.item), identities: [form] };
    case 'answer': {
      const asked = candidacy.inquiries?.find(({ id }) => id === original.item);
      return { text: await inquiryTextOf(records, asked?.answer), identities: [form] };
    }
    case 'reference':
      return await writtenReference({ records }, found, { item: original.item, form });
    case 'file':
      return undefined;
    default:
      return original satisfies never;
  }
};

/** How they know each other first, then what the referee wrote; it may tell the referee as well, by whom the applicant is known. */
const writtenReference = async (
  { records }: Reads,
  { references }: Pick<RedactionPlace, 'references'>,
  { item, form }: { item: Extract<Original, { kind: 'reference' }>['item']; form: Identity },
): Promise<TypedOriginal | undefined> => {
  const referee = refereeIn(references?.state, item);
  const answer = referee?.answer && ReferenceAnswer.safeParse(await records.document(referee.answer)).data;
  if (!answer) return undefined;
  const contact = await contactBehind(records, referee);
  const text = [answer.known, answer.text]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
  return {
    text,
    identities: [form, ...(contact ? [{ fullName: contact.name, employer: contact.position }] : [])],
  };
};
