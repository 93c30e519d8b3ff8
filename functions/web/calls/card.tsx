import { stageName } from '#functions/http/refusal-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { textIn } from '../words.ts';
import { deadlineOf, type PublicCall } from './facts.ts';

/** One call in a list: what it is, until when, how many posts. */
const CallCard = ({ t, call }: { t: Translator; call: PublicCall }) => {
  const { round, file } = call;
  return (
    <article class="card">
      <h3 class="govuk-heading-s">
        <a href={paths.call(t.locale, round.id)}>{textIn(t, file.title)}</a> <StageTag t={t} call={call} />
      </h3>
      <p>{textIn(t, file.summary)}</p>
      <p>
        <When t={t} call={call} />
        {round.register && t('call.posts', { count: round.register.posts })}
      </p>
    </article>
  );
};

type GroupProps = { t: Translator; title: string; calls: readonly PublicCall[]; none?: string };

/** Calls under one heading; without any the heading is left out, unless there is something to say. */
export const CallGroup = ({ t, title, calls, none }: GroupProps) =>
  calls.length === 0 && none === undefined ? null : (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      {calls.length === 0 && <p>{none}</p>}
      {calls.map((call) => (
        <CallCard t={t} call={call} />
      ))}
    </>
  );

const When = ({ t, call: { round, file, open, coming } }: { t: Translator; call: PublicCall }) => {
  const { opensAt } = round.plan;
  return (
    <>
      {coming && opensAt && <strong>{t('call.opensAt', { at: t.start(opensAt, file.timeZone) })}. </strong>}
      {(open || coming) && (
        <strong>{t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}. </strong>
      )}
    </>
  );
};

export const StageTag = ({ t, call }: { t: Translator; call: PublicCall }) => {
  const { stage } = call.round;
  if (call.open) return <Tag colour="green">{t('call.isOpen')}</Tag>;
  if (call.coming) return <Tag colour="blue">{t('call.isComing')}</Tag>;
  return (
    <Tag colour={stage === 'cancelled' ? 'red' : 'grey'}>
      {stage === 'call' ? t('call.notOpenNow') : stageName(t, stage)}
    </Tag>
  );
};
