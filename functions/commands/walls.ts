import { disclosureGate } from '#functions/commands/disclosure-gate.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { type Wall, wallOf } from '#shared/domain/walls.ts';

/** Which applications are closed to whoever reads a list: all of them before the reader's disclosure was compared, where the round compares. */
export const wallIn = ({ by, round, committee, file }: Omit<Workplace, 'gate' | 'passport'>): Wall => {
  const entering = { by, round: round.state, committee: committee?.state, file };
  return disclosureGate(entering, 'lists.export').ok ? wallOf(committee?.state, by.id) : () => 'disclosure';
};
