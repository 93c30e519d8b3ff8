import { type DiscussionView, isWalledItem } from '#functions/commands/discussion-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden } from '../fields.tsx';
import { paths } from '../paths.ts';
import { Notes } from './attendance.tsx';
import { type Meeting, nextIn, takesIn, upIn } from './places.ts';

type Props = { t: Translator; discussion: DiscussionView; meeting: Meeting };

/** The buttons of who leads, or may take the next one up, each based on what the page shows. */
export const Steps = (props: Props) => {
  if (!props.discussion.leads) return <TakeUp {...props} />;
  return (
    <>
      <Moves {...props} />
      <Notes {...props} zone={props.discussion.place.file.timeZone} />
    </>
  );
};

/** Whoever presides over the next one, where it is closed to all who lead. */
const TakeUp = ({ t, discussion: { seen, place }, meeting: { takes } }: Props) =>
  takes === undefined ? null : (
    <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
      <Hidden name="seen" value={seen} />
      <Hidden name="next" value={takes} />
      <p>{t('discussion.take-instead.text', { place: takes })}</p>
      <Button name="move" value="next">
        {t('discussion.take-place', { place: takes })}
      </Button>
    </form>
  );

const Moves = ({ t, discussion: { seen, place }, meeting }: Props) => {
  const next = nextIn(meeting);
  return (
    <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
      <Hidden name="seen" value={seen} />
      {next && isWalledItem(next) && <p>{t('discussion.take-left', { place: next.place })}</p>}
      <p>
        <Forward t={t} meeting={meeting} />
        <Pauses t={t} meeting={meeting} />
        <Backward t={t} meeting={meeting} />
        <Button kind="secondary" name="move" value="close">
          {t('discussion.close')}
        </Button>
      </p>
      <p>{t('discussion.close.text')}</p>
      {meeting.reorder && (
        <>
          <p>{t('discussion.order.text')}</p>
          <Button kind="secondary" name="move" value="order">
            {t('discussion.order')}
          </Button>
        </>
      )}
    </form>
  );
};

type MoveProps = Pick<Props, 't' | 'meeting'>;

/** To the next one; by its place where what comes next is closed to who leads. */
const Forward = ({ t, meeting }: MoveProps) => {
  const takes = takesIn(meeting);
  if (!takes) return null;
  const { place } = takes;
  const isNext = place === meeting.next;
  const text = isNext
    ? t(upIn(meeting) ? 'discussion.take-next' : 'discussion.begin')
    : t('discussion.take-place', { place });
  return (
    <>
      <Hidden name="next" value={place} />
      <Button name="move" value="next">
        {text}
      </Button>{' '}
    </>
  );
};

const Pauses = ({ t, meeting }: MoveProps) => {
  const up = upIn(meeting);
  if (!up) return null;
  const move = up.state === 'paused' ? 'resume' : 'pause';
  return (
    <>
      <Button kind="secondary" name="move" value={move}>
        {t(`discussion.${move}`)}
      </Button>{' '}
    </>
  );
};

const Backward = ({ t, meeting }: MoveProps) => {
  const up = upIn(meeting);
  const back = up && meeting.items[up.place - 2];
  return back && !isWalledItem(back) ? (
    <>
      <Hidden name="back" value={back.place} />
      <Button kind="secondary" name="move" value="back">
        {t('discussion.take-back')}
      </Button>{' '}
    </>
  ) : null;
};
