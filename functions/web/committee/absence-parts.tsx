import type { GateView } from '#functions/commands/gate-view.ts';
import { Button, Hidden, Select, TextArea } from '../fields.tsx';
import { one } from '../form.ts';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { may, type Refused } from './gate-form.ts';

type Part = { view: View; gate: GateView; refused: Refused | undefined };

/** Who chairs while the chair is away, and the secretary's form that records it; nothing where the round file lets nobody. */
export const ChairAbsence = ({ view, gate, refused }: Part) => {
  const { t } = view;
  const state = gate.gate?.state;
  if (!state || !gate.file.committee.absentChair) return null;
  const { absence } = gate;
  const records = state.status === 'open' && may(gate, 'gate.record');
  const name = gate.seats.find(({ personId }) => personId === absence?.standIn)?.name;
  return (
    <>
      {absence && (
        <Inset>
          <p>{t('committee.chair.away', { name: name ?? absence.standIn })}</p>
          {absence.reason !== undefined && <p class="typed">{absence.reason}</p>}
        </Inset>
      )}
      {records && absence && (
        <form method="post" action={`${paths.committee(t.locale, gate.round.id)}/chair-absence`}>
          <Hidden name="gate" value={state.id} />
          <Button kind="secondary" name="press" value="back">
            {t('committee.chair.back')}
          </Button>
        </form>
      )}
      {records && <AbsenceForm view={view} gate={gate} refused={refused} />}
    </>
  );
};

const AbsenceForm = ({ view: { t }, gate, refused }: Part) => {
  const again = refused?.form === 'absence' ? refused : undefined;
  const electable = gate.seats.filter(({ votes, seat }) => votes && seat !== 'chair');
  return (
    <Details summary={t('committee.chair.record')} open={again !== undefined}>
      <form method="post" action={`${paths.committee(t.locale, gate.round.id)}/chair-absence`} novalidate>
        <Hidden name="gate" value={(again && one(again.typed, 'gate')) || (gate.gate?.id ?? '')} />
        <p>{t('committee.chair.text')}</p>
        <Select
          t={t}
          name="standIn"
          label={t('committee.chair.elected')}
          empty={t('committee.chair.choose')}
          errors={again?.errors}
          value={again ? one(again.typed, 'standIn') : undefined}
          options={electable.map(({ personId, name }) => ({ value: personId, text: name }))}
        />
        <TextArea
          t={t}
          name="absenceReason"
          label={t('committee.chair.reason')}
          hint={t('committee.chair.reason.hint')}
          errors={again?.errors}
          value={again ? one(again.typed, 'absenceReason') : ''}
        />
        <Button>{t('committee.chair.record')}</Button>
      </form>
    </Details>
  );
};
