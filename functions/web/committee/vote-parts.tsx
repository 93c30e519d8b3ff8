import type { SeatView } from '#functions/commands/committee-view.ts';
import type { GateView } from '#functions/commands/gate-view.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { type Vote, VoteChoice } from '#shared/domain/gate.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { stageAfter, stageBefore } from '#shared/domain/stage.ts';
import { Button, Hidden, Radios, TextArea, WarningText } from '../fields.tsx';
import { one } from '../form.ts';
import { Details, Facts, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { may, type Refused } from './gate-form.ts';

type Part = { view: View; gate: GateView };

/** The votes so far, with their reasons, and how they stand. */
export const Votes = ({ view: { t }, gate }: Part) => {
  const state = gate.gate?.state;
  if (!state?.proposal || !gate.tally) return null;
  const { tally, seats, voteReasons } = gate;
  const votes = new Map(state.votes.map((vote) => [vote.memberId, vote]));
  const voting = seats.filter((seat) => seat.votes);
  const gone = whoVotedAndMayNot(state.votes, seats);
  return (
    <section>
      <h2 class="govuk-heading-m">{t('committee.votes')}</h2>
      <Facts
        facts={[
          { name: t('committee.vote.for'), value: t.number(tally.for) },
          { name: t('committee.vote.against'), value: t.number(tally.against) },
          { name: t('committee.vote.abstain'), value: t.number(tally.abstain) },
          { name: t('committee.quorum'), value: t.number(tally.needed) },
          { name: t('committee.votes.come'), value: t(standsText(tally)) },
        ]}
      />
      <Table
        caption={t('committee.votes')}
        hideCaption
        head={[t('committee.person'), t('committee.vote'), t('committee.reasons')]}
        rows={[...voting, ...gone].map(({ personId, name, votes: counts }) => {
          const vote = votes.get(personId);
          const notes = [
            ...(vote?.scan ? [t('committee.onPaper')] : []),
            ...(counts ? [] : [t('committee.vote.uncounted')]),
          ];
          return [
            name,
            vote
              ? `${t(`committee.vote.${vote.choice}`)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
              : '–',
            voteReasons.get(personId) ?? '',
          ];
        })}
      />
      {state.status === 'open' && may(gate, 'members.remind') && (
        <p>
          <a href={paths.reminders(t.locale, gate.round.id)}>{t('committee.remind.votes')}</a>
        </p>
      )}
    </section>
  );
};

/** What the votes come to by now; the chair decides on it. */
const standsText = ({ for: yes, against, abstain, needed, carried }: NonNullable<GateView['tally']>) => {
  if (yes + against + abstain < needed) return 'committee.noQuorum';
  return carried ? 'committee.carried' : 'committee.notCarried';
};

/** Whose vote was cast and no longer counts: in older records seats could change under votes. Each once. */
const whoVotedAndMayNot = (votes: readonly Vote[], seats: readonly SeatView[]): SeatView[] =>
  votes.flatMap(({ memberId }) => {
    const held = seats.filter(({ personId }) => personId === memberId);
    return held.some((seat) => seat.votes) ? [] : held.slice(0, 1);
  });

/** The proposal that the visitor may vote on now. */
const votesOn = (gate: GateView): Sha256 | undefined => {
  const state = gate.gate?.state;
  if (state?.status !== 'open' || !may(gate, 'gate.vote')) return undefined;
  const mine = gate.seats.find(({ personId }) => personId === gate.by.id);
  return mine?.votes && gate.absence?.chair !== gate.by.id ? state.proposal : undefined;
};

export const VoteForm = ({ view: { t }, gate, refused }: Part & { refused: Refused | undefined }) => {
  const proposal = votesOn(gate);
  if (!proposal) return null;
  const votes = gate.gate?.state.votes ?? [];
  const mine = votes.find(({ memberId }) => memberId === gate.by.id);
  const again = refused?.form === 'vote' ? refused : undefined;
  return (
    <form method="post" action={paths.vote(t.locale, gate.round.id)} novalidate>
      <Hidden name="proposal" value={proposal} />
      <Radios
        t={t}
        name="choice"
        label={t('committee.vote.own')}
        errors={again?.errors}
        value={again ? one(again.typed, 'choice') : mine?.choice}
        options={VoteChoice.options.map((choice) => ({ value: choice, text: t(`committee.vote.${choice}`) }))}
      />
      <TextArea
        t={t}
        name="reason"
        label={t('committee.reason')}
        hint={t('committee.reason.hint')}
        errors={again?.errors}
        value={again ? one(again.typed, 'reason') : (gate.voteReasons.get(gate.by.id) ?? '')}
      />
      <Button>{t('committee.vote.cast')}</Button>
    </form>
  );
};

/** How many applications the votes of those who take part in them do not decide. */
const undecidedIn = ({ recused }: GateView): number =>
  recused.reduce(
    (sum, { stands, applications }) => sum + (stands === 'carried' ? 0 : applications.length),
    0,
  );

/** The chair's button, with what it means. */
export const Decide = ({ view: { t }, gate }: Part) => {
  const state = gate.gate?.state;
  if (state?.status !== 'open' || !state.proposal || !gate.tally || !may(gate, 'gate.decide')) return null;
  if (!gate.chairs) return null;
  const stands = standsText(gate.tally);
  const isCarried = stands === 'committee.carried';
  const waiting = undecidedIn(gate);
  return (
    <section>
      <h2 class="govuk-heading-m">{t('committee.decision')}</h2>
      {isCarried && waiting === 0 ? (
        <form method="post" action={paths.advance(t.locale, gate.round.id)}>
          <WarningText t={t}>
            {t('committee.advance.warning', { stage: stageName(t, stageAfter(state.stage)) })}
          </WarningText>
          <Hidden name="proposal" value={state.proposal} />
          <Button>{t('committee.advance')}</Button>
        </form>
      ) : (
        <Undecided t={t} lacks={stands === 'committee.carried' ? undefined : stands} waiting={waiting} />
      )}
    </section>
  );
};

type UndecidedProps = {
  t: View['t'];
  lacks: 'committee.notCarried' | 'committee.noQuorum' | undefined;
  waiting: number;
};

const Undecided = ({ t, lacks, waiting }: UndecidedProps) => (
  <p>
    {lacks
      ? t(lacks)
      : `${t('problems.detail.recused', { count: waiting })}. ${t('problems.recused-undecided.help')}`}
  </p>
);

/** Taking the last advance back, as long as nobody outside the committee has noticed it. */
export const Undo = ({ view: { t }, gate, refused }: Part & { refused: Refused | undefined }) => {
  const { round, undoable } = gate;
  if (!undoable || !isGatedRound(round.state) || !gate.chairs || !may(gate, 'advance.undo')) return null;
  const before = stageBefore(round.state.stage);
  if (!before) return null;
  const again = refused?.form === 'undo' ? refused : undefined;
  return (
    <Details summary={t('committee.undo')} open={again !== undefined}>
      <form method="post" action={paths.undo(t.locale, round.id)} novalidate>
        <p>{t('committee.undo.text', { stage: stageName(t, before) })}</p>
        <TextArea
          t={t}
          name="undoReason"
          label={t('committee.reason')}
          errors={again?.errors}
          value={again ? one(again.typed, 'undoReason') : ''}
        />
        <Button kind="warning">{t('committee.undo')}</Button>
      </form>
    </Details>
  );
};
