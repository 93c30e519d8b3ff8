import type { GateView } from '#functions/commands/gate-view.ts';
import { isWalledPlace, type SeenResult } from '#functions/commands/poll-result-view.ts';
import type { SeenPoll } from '#functions/commands/poll-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { State } from './poll.tsx';

/** `1. A; 2. B = C`: those of one place beside each other, and of what is closed to the reader only that. */
const orderText = (t: Translator, { order }: SeenResult): string =>
  [...Map.groupBy(order, ({ place }) => place)]
    .map(([place, level]) => {
      const names = level.map((one) =>
        isWalledPlace(one) ? t(`committee.walled.${one.walled}`) : one.number,
      );
      return `${place}. ${names.join(' = ')}`;
    })
    .join('; ');

/** At the gate: that the committee ranks by ballot, or what it came to, beside the proposal. */
export const PollNotes = ({ view: { t }, gate }: { view: View; gate: GateView }) => {
  if (gate.polls.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('ballots.title')}</h2>
      <ul class="govuk-list">
        {gate.polls.map((poll) => (
          <li>
            <a href={paths.ballot(t.locale, gate.round.id, String(poll.number))}>
              {t('ballots.number', { number: poll.number })}
            </a>{' '}
            <State t={t} poll={poll} /> {noteOf(t, poll)}
          </li>
        ))}
      </ul>
      {gate.polls.some(({ state }) => state.kind === 'closed') && <p>{t('ballots.result.text')}</p>}
    </section>
  );
};

const noteOf = (t: Translator, { state }: SeenPoll): string => {
  if (state.kind === 'closed') return orderText(t, state.result);
  if (state.kind !== 'open') return '';
  const cast = state.asked.filter(({ at }) => at !== undefined).length;
  return t('ballots.gate.open', { cast, all: state.asked.length });
};

/** The reason of a departure that names a closed poll; undefined where the address names none. */
export const citedIn = (
  t: Translator,
  { polls, file }: Pick<GateView, 'polls' | 'file'>,
  named: string | undefined,
): string | undefined => {
  const poll = polls.find(({ number }) => String(number) === named);
  if (poll?.state.kind !== 'closed') return undefined;
  const at = t.moment(poll.state.at, file.timeZone);
  return t('ballots.cite', { number: poll.number, at, order: orderText(t, poll.state.result) });
};
