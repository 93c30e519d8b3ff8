import type { OneInterview, StationCard } from '#functions/commands/one-interview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import type { Again } from '../scoring/card-form.tsx';
import { textIn } from '../words.ts';
import { heldPaths } from './held-paths.ts';

type NoteProps = { t: Translator; interview: OneInterview; chosen: StationCard; refused: Again | undefined };

/** What the visitor writes down during the interview or the sample lesson, of one station where there are several. */
export const NoteForm = ({ t, interview, chosen, refused }: NoteProps) => {
  const { ownNote = '' } = interview;
  const { code, title } = chosen.station;
  const typed = refused && 'note' in refused.typed ? one(refused.typed, 'note') : undefined;
  const kept = code === undefined ? ownNote : chosen.note;
  return (
    <>
      {code !== undefined && ownNote !== '' && (
        <section>
          <h2 class="govuk-heading-m">{t('kit.note.whole')}</h2>
          <p class="typed">{ownNote}</p>
        </section>
      )}
      <form method="post" action={heldPaths.note(t.locale, interview)} novalidate class="screen-only">
        {code !== undefined && <Hidden name="station" value={code} />}
        <TextArea
          t={t}
          name="note"
          label={title ? t('kit.note.station', { title: textIn(t, title) }) : t('kit.note')}
          hint={t('kit.note.hint')}
          value={typed ?? kept ?? ''}
          errors={refused?.errors}
        />
        <Button kind="secondary">{t('kit.note.save')}</Button>
      </form>
    </>
  );
};

type OthersProps = { t: Translator; interview: OneInterview };

/** Shown only to who has given a scorecard; those of the whole interview first, then station by station. */
export const OtherNotes = ({ t, interview: { otherNotes, place } }: OthersProps) => {
  const stations = place.file.interviews.stations ?? [];
  const parts = [undefined, ...stations].map((station) => ({
    title: station?.title,
    notes: otherNotes.filter((note) => note.station === station?.code),
  }));
  return otherNotes.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('kit.note.others')}</h2>
      {parts.map(({ title, notes }) => (
        <>
          {title && notes.length > 0 && <h3 class="govuk-heading-s">{textIn(t, title)}</h3>}
          {notes.map(({ text }) => (
            <p class="typed">{text}</p>
          ))}
        </>
      ))}
    </section>
  );
};
