import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import { awaitedText } from '#functions/http/awaited-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden, TextArea } from '../fields.tsx';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Meeting, namesIn } from './places.ts';

type Props = { t: Translator; discussion: DiscussionView; meeting: Meeting };

/** What is passed over because it waits for cards and of whom, and what is discussed all the same and why. */
export const Waiting = ({ t, discussion, meeting: { waiting, despite } }: Props) => {
  const names = namesIn(discussion);
  const zone = discussion.place.file.timeZone;
  const facts: Fact[] = [
    ...waiting.map((one) => ({ name: t('discussion.awaited'), value: awaitedText(one, t, names) })),
    ...despite.map(({ numbers, by, at, reason }) => ({
      name: t('discussion.despite.said'),
      value: `${numbers.join(', ')} (${names.get(by) ?? '–'}, ${t.moment(at, zone)}): ${reason ?? '–'}`,
    })),
  ];
  return (
    <>
      {waiting.length > 0 && <p>{t('discussion.awaited.text')}</p>}
      {facts.length > 0 && <Facts facts={facts} />}
    </>
  );
};

/** Who holds the chair says why something is discussed that waits for cards. */
export const Despite = ({ t, discussion: { seen, place }, meeting: { waiting } }: Props) => {
  const open = waiting.filter(({ opens }) => opens);
  return open.length === 0 ? null : (
    <form method="post" action={paths.discussionSteps(t.locale, place.round.id)}>
      <Hidden name="seen" value={seen} />
      <Hidden name="move" value="despite" />
      <DespiteReason t={t} />
      <p>
        {open.map(({ place: next, number }) => (
          <>
            <Button kind="secondary" name="next" value={String(next)}>
              {t('discussion.despite')}: {number}
            </Button>{' '}
          </>
        ))}
      </p>
    </form>
  );
};

export const DespiteReason = ({ t, value = '' }: { t: Translator; value?: string }) => (
  <TextArea
    t={t}
    name="reason"
    label={t('discussion.despite.reason')}
    hint={t('discussion.despite.hint')}
    value={value}
    rows={3}
    optional
  />
);
