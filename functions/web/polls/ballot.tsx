import type { OwnBallot, PollsView, SeenPoll } from '#functions/commands/poll-view.ts';
import { rankBox } from '#shared/domain/poll-decisions.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Fieldset, Hidden, Select } from '../fields.tsx';
import { one } from '../form.ts';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import type { Refused } from './page.tsx';

type Props = {
  view: View;
  found: PollsView;
  poll: SeenPoll;
  state: Extract<SeenPoll['state'], { kind: 'open' }>;
  refused: Refused | undefined;
};

/** A place for each application that is open to the member; as it is stored, or as it was refused. */
export const BallotForm = ({ view: { t }, found, poll, state: { ranks: own }, refused }: Props) => {
  if (!own) return null;
  const zone = found.place.file.timeZone;
  const again = refused?.form === 'ballot' ? refused : undefined;
  const places = own.ranks.map((_, index) => String(index + 1));
  return (
    <form method="post" action={paths.ballot(t.locale, found.place.round.id, String(poll.number))} novalidate>
      <h3 class="govuk-heading-s">{t('ballots.mine')}</h3>
      {own.at !== undefined && (
        <Inset>
          <p>{t('ballots.stored', { at: t.moment(own.at, zone), version: own.version })}</p>
          {again && <p>{orderOf(t, own)}</p>}
        </Inset>
      )}
      <Hidden name="seen" value={own.version} />
      <Fieldset t={t} name="ranks" label={t('ballots.ranks')} hint={t('ballots.ranks.hint')}>
        {own.ranks.map(({ number, rank }) => (
          <Select
            t={t}
            name={rankBox(number)}
            label={number}
            errors={again?.errors}
            empty={t('ballots.unranked')}
            value={again ? one(again.typed, rankBox(number)) : rank === undefined ? '' : String(rank)}
            options={places.map((value) => ({ value, text: value }))}
          />
        ))}
      </Fieldset>
      <p>{t('ballots.cast.text')}</p>
      <Button>{t(own.version === 0 ? 'ballots.cast' : 'ballots.cast.anew')}</Button>
    </form>
  );
};

/** `1. A = B; 3. C`, then whom it does not rank. */
const orderOf = (t: Translator, { ranks }: OwnBallot): string => {
  const ranked = ranks
    .filter(({ rank }) => rank !== undefined)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const levels = [...Map.groupBy(ranked, ({ rank }) => rank)].map(
    ([rank, level]) => `${rank}. ${level.map(({ number }) => number).join(' = ')}`,
  );
  const unranked = ranks.filter(({ rank }) => rank === undefined).map(({ number }) => number);
  return [
    ...levels,
    ...(unranked.length > 0 ? [t('ballots.unranked.list', { numbers: unranked.join(', ') })] : []),
  ].join('; ');
};

/** The own ballot of a poll that is over; nobody else sees it. */
export const OwnBallotList = ({ t, own, zone }: { t: Translator; own: OwnBallot; zone: string }) => (
  <Details summary={t('ballots.mine')}>
    {own.at !== undefined && (
      <p>{t('ballots.stored', { at: t.moment(own.at, zone), version: own.version })}</p>
    )}
    <p>{orderOf(t, own)}</p>
  </Details>
);
