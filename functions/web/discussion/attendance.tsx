import type { LateMember, LeftMember, StandingNote } from '#functions/commands/discussion-attendance.ts';
import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Turn } from '#shared/domain/tenure.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { turnText } from '#shared/papers/turn-text.ts';
import { Button, Hidden } from '../fields.tsx';
import { Details, type Fact, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Meeting, namesIn } from './places.ts';

type Props = { t: Translator; meeting: Meeting; zone: string; discussion: DiscussionView };

/** Who is not there, who came later or went and why, what of that was noted by mistake, who chaired, and whether a quorum is left while it goes on. */
export const Attendance = ({ t, meeting, zone, discussion }: Props) => {
  const words = wordsIn(t, zone, namesIn(discussion));
  const { absent, late, left, undone, chairs, quorum, closedAt } = meeting;
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
    ...late.map((one) => ({
      name: t(one.why ? 'discussion.seat.began' : 'discussion.late'),
      value: lateText(words, one),
    })),
    ...left.map((one) => ({
      name: t(one.why ? 'discussion.seat.ended' : 'discussion.left'),
      value: leftText(words, one),
    })),
    ...chairs.map(({ name, from, until }) => ({
      name: t('discussion.chairs'),
      value: t(until ? 'discussion.chairs.until' : 'discussion.chairs.from', {
        name,
        from: t.clock(from, zone),
        until: until ? t.clock(until, zone) : '',
      }),
    })),
    ...undone.map(({ name, what, noted, at }) => ({
      name: t('discussion.undone'),
      value: t('discussion.undone.text', {
        name,
        note: noteText(words, { what, at: noted, why: undefined }),
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

/** How what is noted is said in one language, zone and committee. */
type Words = ReturnType<typeof wordsIn>;

const wordsIn = (t: Translator, zone: string, names: ReadonlyMap<PersonId, string>) => ({
  t,
  /** When somebody came or went, and why where it was with their place in the room. */
  time: (at: Instant, why: Turn | undefined): string =>
    [t.clock(at, zone), ...(why ? [turnText(t, why, (id) => names.get(id) ?? '–')] : [])].join(', '),
});

const lateText = (words: Words, { name, at, why, missed }: LateMember): string =>
  `${name}: ${words.time(at, why)}${missedText(words.t, 'discussion.late.missed', missed)}`;

const leftText = ({ t, time }: Words, one: LeftMember): string => {
  const { name, at, why, missed, back, backWhy } = one;
  const times = [time(at, why), ...(back ? [t('discussion.left.back', { at: time(back, backWhy) })] : [])];
  return `${name}: ${times.join('; ')}${missedText(t, 'discussion.left.missed', missed)}`;
};

const missedText = (
  t: Translator,
  key: 'discussion.late.missed' | 'discussion.left.missed',
  missed: readonly number[],
): string => (missed.length > 0 ? ` (${t(key, { places: missed.join(', ') })})` : '');

const noteText = ({ t, time }: Words, { what, at, why }: Pick<StandingNote, 'what' | 'at' | 'why'>): string =>
  t(`discussion.note.${what}`, { at: time(at, why) });

/** What who leads notes of those who come and go, and takes back. */
export const Notes = (props: Props) => (
  <>
    <Arrivals {...props} />
    <Corrections {...props} />
  </>
);

/** A button for each who is not there. */
const Arrivals = ({ t, discussion: { seen, place }, meeting: { absent, notes } }: Props) => {
  const gone = [...absent, ...notes.filter(({ what, isIn }) => what === 'departure' && isIn)];
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
const Corrections = ({ t, zone, discussion, meeting: { notes } }: Props) => {
  const { seen, place } = discussion;
  const words = wordsIn(t, zone, namesIn(discussion));
  return (
    <Details summary={t('discussion.notes')}>
      <p>{t('discussion.notes.text')}</p>
      {notes.map(({ personId, name, what, at, why, isIn }) => (
        <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
          <Hidden name="seen" value={seen} />
          <Hidden name="person" value={personId} />
          <Hidden name="noted" value={at} />
          <p>
            <strong>{name}</strong>: {noteText(words, { what, at, why })}
          </p>
          <p>
            {what !== 'departure' && isIn && (
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
};
