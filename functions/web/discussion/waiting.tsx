import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import { awaitedText } from '#functions/http/awaited-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, TextArea } from '../fields.tsx';
import { type FieldError, one } from '../form.ts';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { Refused } from './page.tsx';
import { goesOn, type Meeting, namesIn } from './places.ts';

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

/** Whoever presides over something, also while another one leads, says why it is discussed before all cards are in. */
export const Despite = ({
  t,
  discussion,
  meeting: { waiting },
  refused,
}: Props & { refused: Refused | undefined }) => {
  const { round } = discussion.place;
  const open = goesOn(discussion) ? waiting.filter(({ opens }) => opens) : [];
  return open.length === 0 ? null : (
    <form method="post" action={`${paths.discussion(t.locale, round.id)}/despite`}>
      <DespiteReason t={t} value={refused ? one(refused.typed, 'reason') : ''} errors={refused?.errors} />
      <p>
        {open.map(({ number }) => (
          <>
            <Button kind="secondary" name="number" value={number}>
              {t('discussion.despite')}: {number}
            </Button>{' '}
          </>
        ))}
      </p>
    </form>
  );
};

type ReasonProps = { t: Translator; value?: string; errors?: readonly FieldError[] | undefined };

export const DespiteReason = ({ t, value = '', errors }: ReasonProps) => (
  <TextArea
    t={t}
    name="reason"
    label={t('discussion.despite.reason')}
    hint={t('discussion.despite.hint')}
    value={value}
    errors={errors}
    rows={3}
    optional
  />
);
