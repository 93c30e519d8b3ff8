import type {
  DiscussionView,
  LateMember,
  LeftMember,
  StandingNote,
} from '#functions/commands/discussion-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden } from '../fields.tsx';
import { Details, type Fact, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { Meeting } from './places.ts';

type Props = { t: Translator; meeting: Meeting; zone: string };

/** Who is not there, who came later or went, what of that was noted by mistake, and whether a quorum is left while it goes on. */
export const Attendance = ({ t, meeting, zone }: Props) => {
  const { absent, late, left, undone, quorum, closedAt } = meeting;
  const isOn = closedAt === undefined;
  const facts: Fact[] = [
    ...(isOn ? [{ name: t('discussion.quorum'), value: t('discussion.quorum.counts', quorum) }] : []),
    ...(absent.length > 0
      ? [
          {
            name: t(isOn ? 'discussion.absent' : 'discussion.absent.whole'),
            value: absent.map(({ name }) => name).join(', '),
          },
        ]
      : []),
    ...late.map((one) => ({ name: t('discussion.late'), value: lateText(t, one, zone) })),
    ...left.map((one) => ({ name: t('discussion.left'), value: leftText(t, one, zone) })),
    ...undone.map(({ name, what, noted, at }) => ({
      name: t('discussion.undone'),
      value: t('discussion.undone.text', {
        name,
        note: noteText(t, { what, at: noted }, zone),
        at: t.clock(at, zone),
      }),
    })),
  ];
  return (
    <>
      {facts.length > 0 && <Facts facts={facts} />}
      {isOn && quorum.present < quorum.needed && <Inset>{t('discussion.quorum.none')}</Inset>}
    </>
  );
};

const lateText = (t: Translator, { name, at, missed }: LateMember, zone: string): string =>
  `${name}: ${t.clock(at, zone)}${missedText(t, 'discussion.late.missed', missed)}`;

const leftText = (t: Translator, { name, at, missed, back }: LeftMember, zone: string): string => {
  const times = [
    t.clock(at, zone),
    ...(back ? [t('discussion.left.back', { at: t.clock(back, zone) })] : []),
  ];
  return `${name}: ${times.join(', ')}${missedText(t, 'discussion.left.missed', missed)}`;
};

const missedText = (
  t: Translator,
  key: 'discussion.late.missed' | 'discussion.left.missed',
  missed: readonly number[],
): string => (missed.length > 0 ? ` (${t(key, { places: missed.join(', ') })})` : '');

const noteText = (t: Translator, { what, at }: Pick<StandingNote, 'what' | 'at'>, zone: string): string =>
  t(`discussion.note.${what}`, { at: t.clock(at, zone) });

/** What who leads notes of those who come and go, and takes back. */
export const Notes = (props: Props & { discussion: DiscussionView }) => (
  <>
    <Arrivals {...props} />
    <Corrections {...props} />
  </>
);

type NotesProps = Parameters<typeof Notes>[0];

/** A button for each who is not there. */
const Arrivals = ({ t, discussion: { seen, place }, meeting: { absent, notes } }: NotesProps) => {
  const gone = [...absent, ...notes.filter(({ what }) => what === 'departure')];
  return gone.length === 0 ? null : (
    <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
      <Hidden name="seen" value={seen} />
      <Hidden name="move" value="arrive" />
      <p>{t('discussion.arrive.text')}</p>
      <p>
        {gone.map(({ personId, name }) => (
          <>
            <Button kind="secondary" name="person" value={personId}>
              {t('discussion.arrive', { name })}
            </Button>{' '}
          </>
        ))}
      </p>
    </form>
  );
};

/** Of each who is there or was: that they went, or that what is noted last was a mistake. */
const Corrections = ({ t, zone, discussion: { seen, place }, meeting: { notes } }: NotesProps) => (
  <Details summary={t('discussion.notes')}>
    <p>{t('discussion.notes.text')}</p>
    {notes.map(({ personId, name, what, at }) => (
      <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
        <Hidden name="seen" value={seen} />
        <Hidden name="person" value={personId} />
        <Hidden name="noted" value={at} />
        <p>
          <strong>{name}</strong>: {noteText(t, { what, at }, zone)}
        </p>
        <p>
          {what !== 'departure' && (
            <Button kind="secondary" name="move" value="leave">
              {t('discussion.depart')}
              <span class="govuk-visually-hidden"> {name}</span>
            </Button>
          )}{' '}
          <Button kind="secondary" name="move" value="undo">
            {t('discussion.undo')}
            <span class="govuk-visually-hidden"> {name}</span>
          </Button>
        </p>
      </form>
    ))}
  </Details>
);
