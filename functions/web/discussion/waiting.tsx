import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import { awaitedText } from '#functions/http/awaited-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, one } from '../form.ts';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { Refused } from './page.tsx';
import { awaitingIn, type Meeting, namesIn } from './places.ts';

type Props = { t: Translator; discussion: DiscussionView; meeting: Meeting };

/** What is passed over because it waits for cards and of whom, and what is discussed all the same and why. */
export const Waiting = ({ t, discussion, meeting: { waiting, despite } }: Props) => {
  const names = namesIn(discussion);
  const zone = discussion.place.file.timeZone;
  const facts: Fact[] = [
    ...waiting.map((card) => ({ name: t('discussion.awaited'), value: awaitedText(card, t, names) })),
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

/**
 * Whoever presides over something says why it is discussed before all cards are in: whoever leads takes it up with that, and in anybody else's turn it
 * comes when those who lead come to it.
 */
export const Despite = ({
  t,
  discussion,
  refused,
}: Omit<Props, 'meeting'> & { refused: Refused | undefined }) => {
  const { leads, seen, place } = discussion;
  const awaiting = awaitingIn(discussion);
  const page = paths.discussion(t.locale, place.round.id);
  return awaiting.length === 0 ? null : (
    <form method="post" action={leads ? paths.discussionSteps(t.locale, place.round.id) : `${page}/despite`}>
      {leads && (
        <>
          <Hidden name="seen" value={seen} />
          <Hidden name="move" value="next" />
        </>
      )}
      <DespiteReason t={t} value={refused ? one(refused.typed, 'reason') : ''} errors={refused?.errors} />
      <p>
        {awaiting.map((item) => (
          <>
            <Button
              kind="secondary"
              name={leads ? 'next' : 'number'}
              value={leads ? String(item.place) : item.number}
            >
              {t(leads ? 'discussion.despite.take-up' : 'discussion.despite')}: {item.number}
            </Button>{' '}
          </>
        ))}
      </p>
    </form>
  );
};

type ReasonProps = {
  t: Translator;
  value: string;
  errors?: readonly FieldError[] | undefined;
  /** With an opening it is asked for only where something that is opened waits. */
  optional?: boolean;
};

export const DespiteReason = ({ t, value, errors, optional = false }: ReasonProps) => (
  <TextArea
    t={t}
    name="reason"
    label={t('discussion.despite.reason')}
    hint={t(optional ? 'discussion.despite.hint' : 'discussion.despite.minutes')}
    value={value}
    errors={errors}
    rows={3}
    optional={optional}
  />
);
