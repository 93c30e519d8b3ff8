import type { GateView } from '#functions/commands/gate-view.ts';
import { beaconDue } from '#shared/domain/beacon.ts';
import { permit } from '#shared/domain/permission.ts';
import { holdsScoring } from '#shared/domain/redaction-decisions.ts';
import type { MessageKey } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { may } from './gate-form.ts';

type Work = { key: MessageKey; href: (locale: View['t']['locale'], roundId: string) => string };

/** Where the work of each stage is done, beside its gate. */
const work: Partial<Record<GateView['round']['state']['stage'], Work>> = {
  interviews: { key: 'interview.title', href: paths.interviews },
  claims: { key: 'results.claims', href: paths.claims },
  screening: { key: 'screening.title', href: paths.screening },
  scoring: { key: 'scoring.title', href: paths.scoring },
};

export const StageWork = ({ view: { t }, gate }: { view: View; gate: GateView }) => {
  const here = work[gate.round.state.stage];
  const { by, file, round } = gate;
  const practises = file.practice && permit('practice.score', by.role, round.state.stage).ok;
  return (
    <>
      {here && (
        <p class="screen-only">
          <a href={here.href(t.locale, round.id)}>{t(here.key)}</a>
        </p>
      )}
      {here && <Redaction view={{ t }} gate={gate} />}
      <Beacon view={{ t }} gate={gate} />
      {practises && (
        <p class="screen-only">
          <a href={paths.practice(t.locale, round.id)}>{t('practice.title')}</a>
        </p>
      )}
    </>
  );
};

/** Where draws wait for a public value: which one, and whether it is there. */
const Beacon = ({ view: { t }, gate }: { view: Pick<View, 't'>; gate: GateView }) => {
  const { file, round } = gate;
  const { state } = round;
  if (!file.ties.beacon || (state.stage !== 'screening' && state.stage !== 'scoring')) return null;
  const { round: number, at } = beaconDue(file.ties.beacon, state.closesAt);
  const missing = { round: String(number), at: t.moment(at, file.timeZone) };
  return (
    <p>
      <a href={paths.beacon(t.locale, round.id)}>{t('beacon.title')}</a>{' '}
      {state.beacon && t('beacon.gate.known')}
      {!state.beacon && state.beaconWaived && t('beacon.gate.waived')}
      {!state.beacon && !state.beaconWaived && (
        <>
          {t('beacon.needed', missing)} {t('beacon.gate.missing')}
        </>
      )}
    </p>
  );
};

/** Where raters are shown redacted copies, the secretary comes to them from here; scoring waits for them, or begins without. */
const Redaction = ({ view: { t }, gate }: { view: Pick<View, 't'>; gate: GateView }) => {
  const { file, round } = gate;
  if (!file.blind.shown || !may(gate, 'redaction.keep')) return null;
  const holds = holdsScoring(file) ? 'redaction.gate.holds' : 'redaction.gate.warns';
  return (
    <p>
      <a href={paths.redactions(t.locale, round.id)}>{t('redaction.title')}</a>
      {round.state.stage === 'screening' && <> {t(holds)}</>}
    </p>
  );
};
