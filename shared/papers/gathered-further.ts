import type { Candidacy } from '#shared/domain/candidacy.ts';
import { turnsIn } from '#shared/domain/further-turns.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { MinutesGate } from './minutes.ts';

/** The turns in which one more rating was asked near the line, at the gate of scoring that they were asked at. */
export const gatheredFurther = (
  candidacies: readonly Pick<Candidacy, 'further'>[],
  { stage, openedAt }: Pick<Gate, 'stage' | 'openedAt'>,
  end: Instant,
): Pick<MinutesGate, 'further'> => {
  if (stage !== 'scoring') return {};
  const further = turnsIn(candidacies).filter(({ at }) => at >= openedAt && at <= end);
  return further.length > 0 ? { further } : {};
};
