import type { CommandDeps } from '#functions/commands/deps.ts';
import { boardAt, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { alarmsOverOffers, openTo } from '#functions/commands/release-alarms.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RaisedAlarm } from '#shared/domain/release-alarms.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type OfferPreview = OfferBoard & {
  round: Versioned<Extract<Round, { decisions: unknown }>>;
  file: RoundFile;
  alarms: RaisedAlarm[];
};

/** Who has which offer, and who would be asked next, as the administrator sees it before letting the offers go out. */
export const previewOffers = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<OfferPreview, Refusal>> => {
  const found = await workplace(deps, command, 'offer.read');
  if (!found.ok) return found;
  const { round, file } = found.value;
  const { state } = round;
  if (!('decisions' in state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  const read = await offerBoard(deps, state);
  const board = boardAt(read, deps.clock.now());
  const shown = { ...board, wave: state.stage === 'offers' ? board.wave : [] };
  return ok({
    ...shown,
    round: { ...round, state },
    file,
    alarms: openTo(wallIn(found.value), alarmsOverOffers(shown, file)),
  });
};
