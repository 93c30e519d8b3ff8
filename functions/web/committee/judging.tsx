import type { OneInterview, StationCard } from '#functions/commands/one-interview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Again } from '../scoring/card-form.tsx';
import { Kit } from './kit.tsx';
import { NoteForm } from './notes.tsx';
import { Scorecard } from './station-cards.tsx';

type Props = {
  t: Translator;
  interview: OneInterview;
  /** The station whose kit is shown; `writing`: the same, where the visitor is to give a card of it. */
  chosen: StationCard | undefined;
  writing: StationCard | undefined;
  refused: Again | undefined;
};

/** The kit, with notes and the scorecard from the beginning on; before it, when that is. */
export const Judging = ({ t, interview, chosen, writing, refused }: Props) => {
  const { interviews, timeZone } = interview.place.file;
  return (
    <>
      {writing?.beginsAt && (
        <p>{t('interview.writing.from', { at: t.moment(writing.beginsAt, timeZone) })}</p>
      )}
      <Kit t={t} criteria={(chosen?.station ?? interviews).criteria} />
      {writing && !writing.beginsAt && (
        <>
          <NoteForm t={t} interview={interview} chosen={writing} refused={refused} />
          <Scorecard t={t} interview={interview} chosen={writing} refused={refused} />
        </>
      )}
    </>
  );
};
