import { beaconDue, randomnessOf } from '#shared/domain/beacon.ts';
import type { Gathered } from './gathered.ts';
import type { Minutes } from './minutes.ts';

/** The public value that lots were drawn from, or that the committee did without it. */
export const gatheredDraw = ({
  round,
  file,
  said,
}: Pick<Gathered, 'round' | 'file' | 'said'>): Pick<Minutes, 'draw'> => {
  const { beacon: value, beaconWaived, closesAt } = round;
  const rule = file.ties.beacon;
  if (rule && value) {
    const { at: outAt } = beaconDue(rule, closesAt);
    return { draw: { value, randomness: randomnessOf(value), outAt } };
  }
  if (!beaconWaived) return {};
  const reason = said(beaconWaived.reason);
  return { draw: { waivedAt: beaconWaived.at, ...(reason !== undefined && { reason }) } };
};
