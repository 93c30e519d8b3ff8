import { stageName } from '#functions/http/refusal-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { textIn } from '../words.ts';
import { deadlineOf, type PublicCall } from './facts.ts';

/** One call in a list: what it is, until when, how many posts. */
export const CallCard = ({ t, call }: { t: Translator; call: PublicCall }) => {
  const { round, file } = call;
  return (
    <article class="card">
      <h3 class="govuk-heading-s">
        <a href={paths.call(t.locale, round.id)}>{textIn(t, file.title)}</a> <StageTag t={t} call={call} />
      </h3>
      <p>{textIn(t, file.summary)}</p>
      <p>
        {call.open && (
          <strong>{t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}. </strong>
        )}
        {round.register && t('call.posts', { count: round.register.posts })}
      </p>
    </article>
  );
};

export const StageTag = ({ t, call }: { t: Translator; call: Pick<PublicCall, 'round' | 'open'> }) =>
  call.open ? (
    <Tag colour="green">{t('call.isOpen')}</Tag>
  ) : (
    <Tag colour={call.round.stage === 'cancelled' ? 'red' : 'grey'}>
      {call.round.stage === 'call' ? t('call.notOpenNow') : stageName(t, call.round.stage)}
    </Tag>
  );
