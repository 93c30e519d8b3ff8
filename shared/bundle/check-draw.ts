import type { Finding } from '#shared/bundle/finding.ts';
import type { Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { beaconDue, seedFrom } from '#shared/domain/beacon.ts';
import { readInstant } from '#shared/domain/time.ts';

type Rule = NonNullable<RoundRules['ties']['beacon']>;
type Draw = NonNullable<Statement['draw']>;

/**
 * Whether the seed of the draw comes from the receipts and from the value of the beacon that the rules name, signed by it. Nothing to say
 * where they name none, and where nothing was drawn.
 */
export const checkDraw = async (statement: Statement, rules: RoundRules): Promise<Finding[]> => {
  const { draw, drawSeed, rows } = statement;
  const { beacon: rule } = rules.ties;
  if (!draw) return rule && rows.some(({ tie }) => tie) ? [{ check: 'draw', holds: false }] : [];
  const isSeed = drawSeed === seedFrom(draw);
  if (!draw.beacon)
    return [{ check: 'draw-without', holds: isSeed && rule?.withoutAfterHours !== undefined }];
  const check = draw.beacon.chain === 'rehearsal' ? 'draw-rehearsal' : 'draw';
  if (!rule || !isSeed || !isThatOfRules(draw, rule, rules.call)) return [{ check, holds: false }];
  // Only such bundles need the curve.
  const { isFromBeacon } = await import('#shared/domain/beacon-signature.ts');
  return [{ check, holds: isFromBeacon(draw.beacon) }];
};

/** The call may have been extended, and never ends before the moment that its file names. */
const isThatOfRules = ({ beacon, callClosedAt }: Draw, rule: Rule, call: RoundRules['call']): boolean => {
  const due = beaconDue(rule, callClosedAt);
  const earliest = call && readInstant(call.closesAt);
  return (
    beacon?.chain === due.chain &&
    beacon.round === due.round &&
    earliest !== undefined &&
    callClosedAt >= earliest
  );
};
