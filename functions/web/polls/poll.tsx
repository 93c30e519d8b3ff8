import type { Asked, PollsView, SeenPoll } from '#functions/commands/poll-view.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import { type Colour, Details, type Fact, Facts, Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { BallotForm, OwnBallotList } from './ballot.tsx';
import type { Refused } from './page.tsx';
import { Result } from './result.tsx';

type Props = { view: View; found: PollsView; poll: SeenPoll; refused: Refused | undefined };

/** One poll: who is asked and has ranked, the own ballot, what it came to. */
export const Poll = (props: Props) => {
  const { view, found, poll, refused } = props;
  const { t } = view;
  const { state } = poll;
  const zone = found.place.file.timeZone;
  return (
    <section id="ballot">
      <h2 class="govuk-heading-m">
        {t('ballots.number', { number: poll.number })} <State t={t} poll={poll} />
      </h2>
      <Facts facts={factsOf(t, poll, zone)} />
      {state.kind === 'lapsed' && <Inset>{t('ballots.lapsed')}</Inset>}
      {state.kind === 'open' && (
        <>
          <BallotForm view={view} found={found} poll={poll} state={state} refused={refused} />
          <Progress t={t} asked={state.asked} zone={zone} />
        </>
      )}
      {state.kind === 'closed' && <Result view={view} found={found} poll={poll} state={state} />}
      {poll.own && <OwnBallotList t={t} own={poll.own} zone={zone} />}
      {found.leads && <Leading {...props} />}
    </section>
  );
};

const colours = { open: 'green', lapsed: 'grey', closed: 'blue', annulled: 'grey' } as const satisfies Record<
  SeenPoll['state']['kind'],
  Colour
>;

export const State = ({ t, poll: { state } }: { t: Translator; poll: SeenPoll }) => (
  <Tag colour={colours[state.kind]}>{t(`ballots.state.${state.kind}`)}</Tag>
);

const factsOf = (
  t: Translator,
  { stage, openedAt, openedBy, open, state }: SeenPoll,
  zone: string,
): Fact[] => [
  { name: t('apply.roundStage'), value: stageName(t, stage) },
  { name: t('ballots.opened'), value: byText(t.moment(openedAt, zone), openedBy) },
  ...('at' in state
    ? [{ name: t(`ballots.ended.${state.kind}`), value: byText(t.moment(state.at, zone), state.by) }]
    : []),
  ...(state.kind === 'annulled' && state.reason !== undefined
    ? [{ name: t('committee.reason'), value: state.reason }]
    : []),
  { name: t('ballots.applications'), value: open.map(({ number }) => <Number number={number} />) },
];

/** Each in one piece, with a place to break before the next. */
const Number = ({ number }: { number: string }) => (
  <>
    <span class="whole">{number}</span>{' '}
  </>
);

const byText = (at: string, name: string | undefined): string => (name === undefined ? at : `${at}, ${name}`);

/** Who has cast a ballot, and nothing of what is on it. */
const Progress = ({ t, asked, zone }: { t: Translator; asked: readonly Asked[]; zone: string }) => {
  const cast = asked.filter(({ at }) => at !== undefined).length;
  return (
    <>
      <h3 class="govuk-heading-s">{t('ballots.progress')}</h3>
      <p>{t('ballots.progress.text', { cast, all: asked.length })}</p>
      <Table
        caption={t('ballots.progress')}
        hideCaption
        head={[t('ballots.member'), t('ballots.cast-at')]}
        rows={asked.map(({ name, at }) => [
          name,
          at === undefined ? t('ballots.not-yet') : t.moment(at, zone),
        ])}
      />
    </>
  );
};

/** What secretary and chair can do with it, while the stage is not decided. */
const Leading = ({ view: { t }, found, poll, refused }: Props) => {
  const { state } = poll;
  if (!poll.current || (state.kind !== 'open' && state.kind !== 'closed')) return null;
  const roundId = found.place.round.id;
  const again = refused?.form === 'annulling' ? refused : undefined;
  return (
    <>
      {state.kind === 'open' && (
        <form method="post" action={paths.ballotPress(t.locale, roundId, String(poll.number), 'closing')}>
          <p>{t('ballots.close.text')}</p>
          <span id="close">
            <Button kind="secondary">{t('ballots.close')}</Button>
          </span>
        </form>
      )}
      <Details summary={t('ballots.annul')} open={again !== undefined}>
        <form
          method="post"
          action={paths.ballotPress(t.locale, roundId, String(poll.number), 'annulling')}
          novalidate
        >
          <TextArea
            t={t}
            name="reason"
            label={t('committee.reason')}
            hint={t('ballots.annul.hint')}
            errors={again?.errors}
            value={again ? one(again.typed, 'reason') : ''}
            rows={3}
          />
          <Button kind="warning">{t('ballots.annul')}</Button>
        </form>
      </Details>
    </>
  );
};

/** The other polls of the round. */
export const Earlier = ({
  t,
  found,
  shown,
}: {
  t: Translator;
  found: PollsView;
  shown: SeenPoll | undefined;
}) => {
  const others = found.polls.filter(({ number }) => number !== shown?.number);
  if (others.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('ballots.others')}</h2>
      <ul class="govuk-list">
        {others.map((poll) => (
          <li>
            <a href={paths.ballot(t.locale, found.place.round.id, String(poll.number))}>
              {t('ballots.number', { number: poll.number })}
            </a>{' '}
            <State t={t} poll={poll} /> {t.moment(poll.openedAt, found.place.file.timeZone)}
          </li>
        ))}
      </ul>
    </section>
  );
};
