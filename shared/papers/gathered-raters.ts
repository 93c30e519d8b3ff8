import type { Gate } from '#shared/domain/gate.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesGate } from './minutes.ts';

/** How the raters were drawn who scored for a gate: the last drawing before its end, and what moved since. */
export const gatheredDrawing = (
  { history, candidacies }: Pick<Gathered, 'history' | 'candidacies'>,
  { stage }: Pick<Gate, 'stage'>,
  end: Instant,
): Pick<MinutesGate, 'drawing'> => {
  if (stage !== 'scoring') return {};
  const drawn = history
    .map(({ fact }) => RoundEvent.parse(fact))
    .findLast((event) => event.type === 'raters-drawn' && event.at <= end);
  if (drawn?.type !== 'raters-drawn') return {};
  const { at, drawing: sha256, anchors, chance } = drawn;
  const moved = candidacies
    .flatMap((one) => one.moved ?? [])
    .filter((one) => one.at >= at && one.at <= end).length;
  return {
    drawing: {
      at,
      sha256,
      ...(anchors && { anchors: anchors.length }),
      ...(chance && { chance }),
      ...(moved > 0 && { moved }),
    },
  };
};
