import type { OneInterview } from '#functions/commands/one-interview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import type { Again } from '../scoring/card-form.tsx';
import { heldPaths } from './held-paths.ts';

type NoteProps = { t: Translator; interview: OneInterview; refused: Again | undefined };

/** What the visitor writes down during the interview or the sample lesson. */
export const NoteForm = ({ t, interview, refused }: NoteProps) => {
  const { ownNote = '' } = interview;
  const typed = refused && 'note' in refused.typed ? one(refused.typed, 'note') : undefined;
  return (
    <form method="post" action={heldPaths.note(t.locale, interview)} novalidate class="screen-only">
      <TextArea
        t={t}
        name="note"
        label={t('kit.note')}
        hint={t('kit.note.hint')}
        value={typed ?? ownNote}
        errors={refused?.errors}
      />
      <Button kind="secondary">{t('kit.note.save')}</Button>
    </form>
  );
};

/** Shown only to who has given a scorecard. */
export const OtherNotes = ({ t, notes }: { t: Translator; notes: readonly string[] }) =>
  notes.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('kit.note.others')}</h2>
      {notes.map((note) => (
        <p class="typed">{note}</p>
      ))}
    </section>
  );
