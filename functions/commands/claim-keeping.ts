import type { Counterfactual, Trial } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed } from '#functions/commands/storing.ts';
import { correctedText } from '#shared/domain/corrected.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { type CorrectionEvent, correctionsAggregate } from '#shared/replay/correction.ts';
import { isOfMarksAlone } from '#shared/replay/settled.ts';

/** What is stored with the decision of a claim, so that the next lists are made with it. */
export type Kept = {
  changes: Change[];
  requires: NonNullable<Commit['requires']>;
  blobs: NonNullable<Commit['blobs']>;
};

export const nothingKept: Kept = { changes: [], requires: [], blobs: [] };

type OfClaim = Extract<CorrectionEvent, { type: `claim-${string}` }>;
type Event<One> = One extends OfClaim ? Omit<One, 'at' | 'by' | 'roundId' | 'list'> : never;

/** @param event none where nothing is counted otherwise; corrections that stand must still be those that were read */
export const keptWith = (
  { clock }: Pick<CommandDeps, 'clock'>,
  { corrections, given }: Trial,
  { by, found, event }: { by: PersonId; found: Counterfactual; event: Event<OfClaim> | undefined },
): Kept => {
  const { roundId } = given.basis;
  if (!event) {
    const version = corrections?.version ?? 0;
    return {
      changes: [],
      requires: [{ aggregate: correctionsAggregate.name, id: roundId, version }],
      blobs: [],
    };
  }
  const list = correctedText(roundId, {
    corrected: found.corrected,
    marksAlone: isOfMarksAlone(found.settled),
  });
  const counted = { ...event, at: clock.now(), by, roundId, list: list.sha256 };
  const { change } = changed(correctionsAggregate, roundId, corrections, [counted]);
  return { changes: [change], requires: [], blobs: [list] };
};
