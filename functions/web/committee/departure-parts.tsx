import type { GateView } from '#functions/commands/gate-view.ts';
import { mayDepart } from '#shared/domain/departure-decisions.ts';
import { Standing } from '#shared/domain/standing.ts';
import { openIn } from '#shared/domain/walls.ts';
import { reasonText } from '#shared/reason-texts.ts';
import { Button, Hidden, Radios, TextArea, TextField } from '../fields.tsx';
import { one } from '../form.ts';
import { Details, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { may, type Refused } from './gate-form.ts';
import { Outcome } from './proposal-table.tsx';

const outcomes = Standing.shape.outcome.options;

type Part = {
  view: View;
  gate: GateView;
  refused: Refused | undefined;
  /** A reason to begin with: what a ballot came to. */
  cited: string | undefined;
};

/** Where the list on the table departs from the points, and the form that moves one more: only where the round file allows it. */
export const Departures = ({ view, gate, refused, cited }: Part) => {
  const { t } = view;
  const { departures, file } = gate;
  const movable = mayMove(gate);
  if (departures.length === 0 && !movable) return null;
  return (
    <section id="departure">
      <h2 class="govuk-heading-m">{t('committee.departure.title')}</h2>
      {departures.length > 0 && (
        <>
          <p>{t('committee.departure.text')}</p>
          <Table
            caption={t('committee.departure.title')}
            hideCaption
            head={[
              t('apply.numberName'),
              t('committee.departure.instead'),
              t('committee.decision'),
              t('committee.reasons'),
            ]}
            rows={departures.map(({ applicationId, number, instead, outcome, reason }) => [
              <span class="whole">{number}</span>,
              instead.length === 0
                ? t('committee.outcome.goes-on')
                : instead.map((code) => reasonText(t, code, file, partsOf(gate, applicationId))).join('; '),
              <Outcome t={t} outcome={outcome} />,
              reason ?? '–',
            ])}
          />
        </>
      )}
      {movable && <MoveForm view={view} gate={gate} refused={refused} cited={cited} />}
    </section>
  );
};

/** What the list on the table has of single parts of a result. */
const partsOf = ({ proposal }: GateView, id: string) =>
  proposal && openIn(proposal).find(({ applicationId }) => applicationId === id);

/** Before anybody has voted, by whoever has a vote. */
const mayMove = (gate: GateView): boolean => {
  const state = gate.gate?.state;
  if (state?.status !== 'open' || !state.proposal || state.votes.length > 0) return false;
  const mine = gate.seats.find(({ personId }) => personId === gate.by.id);
  return mayDepart(state.stage, gate.file) && may(gate, 'gate.depart') && mine?.votes === true;
};

const MoveForm = ({ view: { t }, gate, refused, cited }: Part) => {
  const again = refused?.form === 'departure' ? refused : undefined;
  const value = (name: string): string => (again ? one(again.typed, name) : '');
  return (
    <Details summary={t('committee.departure.move')} open={again !== undefined || cited !== undefined}>
      <form method="post" action={`${paths.committee(t.locale, gate.round.id)}/departure`} novalidate>
        <p>{t('committee.departure.move.text')}</p>
        <Hidden name="proposal" value={gate.gate?.state.proposal ?? ''} />
        <TextField
          t={t}
          name="number"
          label={t('apply.numberName')}
          errors={again?.errors}
          value={value('number')}
        />
        <Radios
          t={t}
          name="outcome"
          label={t('committee.departure.outcome')}
          errors={again?.errors}
          value={value('outcome')}
          options={outcomes.map((outcome) => ({ value: outcome, text: t(`committee.outcome.${outcome}`) }))}
        />
        <TextArea
          t={t}
          name="departureReason"
          label={t('committee.reason')}
          hint={t('committee.departure.reason.hint')}
          errors={again?.errors}
          value={again ? value('departureReason') : (cited ?? '')}
        />
        <Button kind="secondary">{t('committee.departure.move')}</Button>
      </form>
    </Details>
  );
};
