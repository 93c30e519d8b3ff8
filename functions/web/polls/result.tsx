import { isWalledPlace, type OpenPlace, type SeenResult } from '#functions/commands/poll-result-view.ts';
import type { PollsView, SeenPoll } from '#functions/commands/poll-view.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details, Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

type Props = {
  view: View;
  found: PollsView;
  poll: SeenPoll;
  state: Extract<SeenPoll['state'], { kind: 'closed' }>;
};

/** What the ballots came to: the order, how firm it is, and every pair. */
export const Result = ({ view: { t }, found, poll, state: { result, outdated } }: Props) => {
  const { place } = found;
  const open = result.order.flatMap((one) => (isWalledPlace(one) ? [] : [one]));
  return (
    <>
      <h3 class="govuk-heading-s">{t('ballots.result')}</h3>
      <p>{t('ballots.result.counts', { ballots: result.ballots, voters: result.voters })}</p>
      <Inset>{t('ballots.result.text')}</Inset>
      {outdated && <Inset>{t('ballots.outdated')}</Inset>}
      <Table
        caption={t('ballots.result')}
        hideCaption
        head={[
          t('apply.numberName'),
          t('ballots.place'),
          t('ballots.by-points'),
          t('ballots.beats'),
          t('ballots.beaten'),
          t('ballots.borda'),
          t('ballots.borda.place'),
          t('ballots.level'),
        ]}
        numeric={[1, 2, 3, 4, 5, 6]}
        rows={result.order.map((one) =>
          isWalledPlace(one)
            ? [
                <Tag colour="orange">{t(`committee.walled.${one.walled}`)}</Tag>,
                t.number(one.place),
                ...Array.from({ length: 6 }, () => '–'),
              ]
            : rowOf(t, one),
        )}
      />
      <p>{smithText(t, result)}</p>
      {result.measured === 'otherwise' && <p>{t('ballots.margins')}</p>}
      {result.left.length > 0 && <p>{t('ballots.left', { numbers: result.left.join(', ') })}</p>}
      <Details summary={t('ballots.pairs')}>
        <Pairs t={t} open={open} />
      </Details>
      <Details summary={t('ballots.rule')}>
        <p>{t('ballots.rule.schulze')}</p>
        <p>{t('ballots.rule.conflicts')}</p>
        <p>{t('ballots.rule.borda')}</p>
      </Details>
      {found.departs && poll.current && (
        <p>
          <a href={paths.citeBallot(t.locale, place.round.id, String(poll.number))}>
            {t('ballots.cite.link')}
          </a>
        </p>
      )}
      {permit('lists.export', place.by.role, place.round.state.stage).ok && (
        <Files t={t} roundId={place.round.id} poll={String(poll.number)} />
      )}
    </>
  );
};

const rowOf = (t: Translator, { number, place, rank, beats, beatenBy, borda, level }: OpenPlace) => [
  <span class="whole">{number}</span>,
  t.number(place),
  rank === undefined ? '–' : t.number(rank),
  t.number(beats),
  t.number(beatenBy),
  borda.points === undefined ? '–' : t.number(rounded(borda.points)),
  t.number(borda.place),
  level.length === 0 ? '–' : level.map((other) => <span class="whole">{other} </span>),
];

/** Whether somebody beats everybody else. */
const smithText = (t: Translator, { smith: { count, numbers } }: SeenResult): string => {
  const [first] = numbers;
  if (count > 1) return t('ballots.smith.several', { count, numbers: numbers.join(', ') });
  return first === undefined ? t('ballots.smith.closed') : t('ballots.smith.one', { number: first });
};

/** Each pair once, from the better place. */
const Pairs = ({ t, open }: { t: Translator; open: readonly OpenPlace[] }) => (
  <Table
    caption={t('ballots.pairs')}
    hideCaption
    head={[
      t('apply.numberName'),
      t('ballots.pairs.other'),
      t('ballots.pairs.above'),
      t('ballots.pairs.below'),
    ]}
    numeric={[2, 3]}
    rows={open.flatMap(({ number, pairs }, index) =>
      pairs
        .slice(index)
        .map(({ number: other, above, below }) => [
          <span class="whole">{number}</span>,
          <span class="whole">{other}</span>,
          t.number(above),
          t.number(below),
        ]),
    )}
  />
);

const Files = ({ t, roundId, poll }: { t: Translator; roundId: string; poll: string }) => (
  <p>
    {t('lists.take')}{' '}
    {(['xlsx', 'csv'] as const).map((type, index) => (
      <>
        {index > 0 && ', '}
        <a href={paths.ballotFile(t.locale, roundId, poll, `result.${type}`)} download>
          {type.toUpperCase()}
        </a>
      </>
    ))}
    . {t('lists.logged')}
  </p>
);
