import type { CommandDeps } from '#functions/commands/deps.ts';
import { closeOne } from '#functions/commands/elsewhere-closing.ts';
import { type Telling, tellEach, tellOne } from '#functions/commands/elsewhere-noting.ts';
import { untoldOf } from '#functions/commands/elsewhere-outcome-import.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { log } from '#functions/log.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { type BroughtList, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { noteOutcome, whyNotHanded } from '#shared/domain/elsewhere-choices.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import { countingOf } from '#shared/domain/elsewhere-heard.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type TellElsewhere = Extract<OutboxMessage['body'], { kind: 'tell-elsewhere' }>;

/**
 * Tells each who agreed what came of a list: what the other region decided, what follows from what they answered there, or that nothing of theirs was handed over. Repeatable: who was told is passed over.
 */
export const tellElsewhere = async (
  deps: Deps,
  { roundId, list: number, about }: { roundId: RoundId } & Pick<TellElsewhere, 'list' | 'about'>,
): Promise<void> => {
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  const elsewhere = await deps.records.find(elsewhereAggregate, roundId);
  const list = elsewhere && listOf(elsewhere.state, number);
  if (!round || !isFinal(round) || !list) return;
  const board = await offerBoard(deps, round);
  if (about === 'answers') return await closeAll(deps, { roundId, list, board, version: elsewhere.version });
  const tellings = (about === 'outcome' ? untoldOf(board, list.sha256) : board.contenders).flatMap(
    ({ state }) => {
      const telling = about === 'outcome' ? outcomeFor(state, list) : notHandedFor(state, list);
      return telling ? [{ id: state.applicationId, telling }] : [];
    },
  );
  await tellEach(tellings, ({ id, telling }) => tellOne(deps, { round, list }, id, telling));
  log.info('ELSEWHERE_TOLD', { roundId, count: tellings.length });
};

/** What follows from the statement that counts by now, with everyone whom it names. */
const closeAll = async (
  deps: Deps,
  {
    roundId,
    list,
    board,
    version,
  }: { roundId: RoundId; list: BroughtList; board: OfferBoard; version: number },
): Promise<void> => {
  const heard = countingOf(list);
  if (!heard) return;
  const byNumber = new Map(board.contenders.map(({ state }) => [state.number, state.applicationId]));
  // One after the other: each of them may take the turn of the offers.
  for (const said of heard.people) {
    const id = byNumber.get(said.number);
    if (id) await closeOne(deps, { roundId, list, number: heard.number, version }, { id, said });
  }
  log.info('ELSEWHERE_ANSWERS_APPLIED', { roundId, count: heard.people.length });
};

const outcomeFor = ({ number }: Contender, { sha256: list, outcome }: BroughtList): Telling | undefined => {
  if (!outcome?.confirmed) return undefined;
  const kind = outcome.posts.includes(number) ? 'post' : 'none';
  return {
    note: (candidacy, now) => noteOutcome(candidacy, { list, outcome: kind }, now),
    template: `elsewhere-${kind}`,
  };
};

const notHandedFor = (
  person: Contender,
  { sha256: list, handing, status, endedAt }: BroughtList,
): Telling | undefined => {
  const stoppedAt = status === 'stopped' ? endedAt : undefined;
  const at = { list, numbers: handing?.numbers, stoppedAt };
  const why = whyNotHanded(person, at);
  if (!why) return undefined;
  return {
    note: (candidacy, now) =>
      whyNotHanded(candidacy, at) === why ? [{ type: 'elsewhere-not-handed', at: now, list, why }] : [],
    template: `elsewhere-${why}`,
  };
};
