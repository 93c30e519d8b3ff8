import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden } from '../fields.tsx';
import { paths } from '../paths.ts';
import { Notes } from './attendance.tsx';
import { type Meeting, nextIn, upIn } from './places.ts';

type Props = { t: Translator; discussion: DiscussionView; meeting: Meeting };

/** The buttons of who leads, each based on what the page shows. */
export const Steps = (props: Props) => (
  <>
    <Moves {...props} />
    <Notes {...props} zone={props.discussion.place.file.timeZone} />
  </>
);

const Moves = ({ t, discussion: { seen, place }, meeting }: Props) => {
  const up = upIn(meeting);
  const next = nextIn(meeting);
  return (
    <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
      <Hidden name="seen" value={seen} />
      {next && <Hidden name="next" value={next.place} />}
      {up && up.place > 1 && <Hidden name="back" value={up.place - 1} />}
      <p>
        {next && (
          <Button name="move" value="next">
            {t(up ? 'discussion.take-next' : 'discussion.begin')}
          </Button>
        )}{' '}
        {up?.state === 'up' && (
          <Button kind="secondary" name="move" value="pause">
            {t('discussion.pause')}
          </Button>
        )}{' '}
        {up?.state === 'paused' && (
          <Button kind="secondary" name="move" value="resume">
            {t('discussion.resume')}
          </Button>
        )}{' '}
        {up && up.place > 1 && (
          <Button kind="secondary" name="move" value="back">
            {t('discussion.take-back')}
          </Button>
        )}{' '}
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
