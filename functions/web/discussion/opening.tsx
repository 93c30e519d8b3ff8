import type { DiscussionView } from '#functions/commands/discussion-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes, TextArea } from '../fields.tsx';
import { many, one } from '../form.ts';
import { paths } from '../paths.ts';
import type { Refused } from './page.tsx';
import { DespiteReason } from './waiting.tsx';

type Props = {
  t: Translator;
  roundId: string;
  opening: NonNullable<DiscussionView['opening']>;
  refused: Refused | undefined;
};

/** What is to be discussed, and who came: the order is made of that. */
export const OpeningForm = ({ t, roundId, opening, refused }: Props) => {
  const { room, suggested, closed, presides } = opening;
  const isSuggested = suggested.length + closed > 0;
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('discussion.open')}</h2>
      <form method="post" action={paths.discussion(t.locale, roundId)} novalidate>
        {isSuggested ? (
          <Checkboxes
            t={t}
            name="suggested"
            label={t('discussion.suggested')}
            hint={t('discussion.suggested.hint')}
            values={refused ? many(refused.typed, 'suggested') : ['yes']}
            options={[{ value: 'yes', text: suggestedText(t, suggested, closed) }]}
          />
        ) : (
          <p>{t('discussion.suggested.none')}</p>
        )}
        <TextArea
          t={t}
          name="numbers"
          label={t(isSuggested ? 'discussion.numbers' : 'ballots.numbers')}
          hint={t('discussion.numbers.hint')}
          errors={refused?.errors}
          value={refused ? one(refused.typed, 'numbers') : ''}
          rows={4}
          optional={isSuggested}
        />
        <Checkboxes
          t={t}
          name="present"
          label={t('discussion.present')}
          values={refused ? many(refused.typed, 'present') : room.map(({ personId }) => personId)}
          options={room.map(({ personId, name }) => ({ value: personId, text: name }))}
        />
        {presides && refused?.awaits && <DespiteReason t={t} value={one(refused.typed, 'reason')} optional />}
        <Button>{t('discussion.open')}</Button>
      </form>
    </section>
  );
};

const suggestedText = (t: Translator, suggested: readonly string[], closed: number): string =>
  [
    ...(suggested.length > 0
      ? [t('discussion.suggested.take', { count: suggested.length, numbers: suggested.join(', ') })]
      : []),
    ...(closed > 0 ? [t('discussion.suggested.closed', { count: closed })] : []),
  ].join('; ');
