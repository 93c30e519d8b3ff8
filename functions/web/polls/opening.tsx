import type { PollsView } from '#functions/commands/poll-view.ts';
import { maxPolled } from '#shared/domain/poll-decisions.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Checkboxes, TextArea } from '../fields.tsx';
import { many, one } from '../form.ts';
import { paths } from '../paths.ts';
import type { Refused } from './page.tsx';

type Props = {
  t: Translator;
  roundId: string;
  opening: NonNullable<PollsView['opening']>;
  refused: Refused | undefined;
};

/** What the committee is to rank: those at the line whom ratings cannot tell apart, or whatever is named. */
export const OpeningForm = ({ t, roundId, opening: { group }, refused }: Props) => {
  const again = refused?.form === 'opening' ? refused : undefined;
  const isSuggested = group.length > 0;
  const chosen = isSuggested ? ['yes'] : [];
  return (
    <section>
      <h2 class="govuk-heading-m">{t('ballots.open')}</h2>
      <form method="post" action={paths.ballots(t.locale, roundId)} novalidate>
        {isSuggested && (
          <Checkboxes
            t={t}
            name="group"
            label={t('ballots.group')}
            hint={t('ballots.group.hint')}
            values={again ? many(again.typed, 'group') : chosen}
            options={[
              {
                value: 'yes',
                text: t('discussion.suggested.take', { count: group.length, numbers: group.join(', ') }),
              },
            ]}
          />
        )}
        <TextArea
          t={t}
          name="numbers"
          label={t(isSuggested ? 'discussion.numbers' : 'ballots.numbers')}
          hint={t('ballots.numbers.hint', { maximum: maxPolled })}
          errors={again?.errors}
          value={again ? one(again.typed, 'numbers') : ''}
          rows={4}
          optional={isSuggested}
        />
        <Button>{t('ballots.open')}</Button>
      </form>
    </section>
  );
};
