import { contendersOf } from '#functions/commands/contenders.ts';
import type { OfferBoard } from '#functions/commands/offer-board.ts';
import { type Ordered, offersGoBy } from '#functions/commands/offer-order.ts';
import { numbersBehind } from '#functions/commands/offer-preview.ts';
import { namingsKeptIn, roundFileOf } from '#functions/commands/pinned.ts';
import { eachOf, readForm } from '#functions/commands/selection.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { Actor } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Naming, namingIn, type Pairing, pairings } from '#shared/domain/partner.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Wall } from '#shared/domain/walls.ts';
import type { Records } from '#shared/ports/records.ts';

type Reading = Pick<Records, 'find' | 'document' | 'blob' | 'claimed'>;
type Decided = Pick<GatedRound, 'id'> & Ordered;
type Contenders = OfferBoard['contenders'];

const readsAtOnce = 64;

/**
 * Who of a board applies together with a partner, for whoever lets the offers go out. Numbers only: what was typed is read on the page of the
 * application, where the reading is noted. Nothing is read in a round that does not ask.
 */
export const partnersOn = async (
  { records }: { records: Reading },
  board: { contenders: Contenders; file: Pick<RoundFile, 'questions'>; round: { state: Decided } },
): Promise<readonly Pairing[]> => {
  if (!asksFor(board.file)) return [];
  const sha256 = await records.claimed(keptKey(board.round.state));
  const open = board.contenders.filter(({ state }) => !state.withdrawnAt);
  const numbers = new Set(open.map(({ state }) => state.number));
  const named = sha256 === undefined ? await namingsOf(records, open) : await namingsKeptIn(records, sha256);
  return pairings(
    named.filter(({ number }) => numbers.has(number)),
    numbers,
  );
};

/** The same without everybody who is closed to the reader, and without whom they named or who named them. */
export const pairsOn = async (
  deps: { records: Reading },
  board: Parameters<typeof partnersOn>[1] & { wall: Wall },
): Promise<readonly Pairing[]> => {
  const closed = numbersBehind(board, board.wall);
  return (await partnersOn(deps, board)).filter(
    ({ number, partner }) => !closed.has(number) && !(partner && closed.has(partner)),
  );
};

/**
 * Keeps who named whom, once: nobody changes a form after the call, so a board of ten thousand people need not read as many forms. Whoever
 * withdrew since is left out when it is read.
 */
export const keepPartners = async (
  { records }: { records: Reading & Pick<Records, 'commit'> },
  round: Decided & Pick<GatedRound, 'plan'>,
  { contenders, by }: { contenders: Contenders; by: Actor },
): Promise<void> => {
  if (!(await isMissing(records, round))) return;
  const key = keptKey(round);
  const text = canonicalJson(await namingsOf(records, contenders));
  const sha256 = sha256Of(text);
  // Where another has kept it meanwhile, that is as good.
  await records.commit({ by, changes: [], blobs: [{ sha256, text }], claims: [{ key, value: sha256 }] });
};

/**
 * The same of a round that makes offers, where forms may be read: as soon as it comes to them, and after each wave, so that whoever looks at the
 * board reads none.
 */
export const keepPartnersIn = async (
  deps: { records: Reading & Pick<Records, 'commit' | 'views'> },
  { roundId, by }: { roundId: RoundId; by: Actor },
): Promise<void> => {
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  // Before the board is read: a row follows each answer.
  if (round?.stage !== 'offers' || !(await isMissing(deps.records, round))) return;
  const contenders = await contendersOf(deps.records, round);
  await keepPartners(deps, round, { contenders, by });
};

const isMissing = async (records: Reading, round: Decided & Pick<GatedRound, 'plan'>): Promise<boolean> =>
  asksFor(await roundFileOf(records, round.plan)) && (await records.claimed(keptKey(round))) === undefined;

const asksFor = ({ questions }: Pick<RoundFile, 'questions'>): boolean =>
  questions.some(({ code }) => code === 'partner');

/** Another final list, or a correction of it, has other people. */
const keptKey = (round: Decided): string => `partners#${round.id}#${offersGoBy(round) ?? 'none'}`;

const namingsOf = async (records: Reading, contenders: Contenders): Promise<Naming[]> =>
  (await eachOf(contenders, readsAtOnce, ({ state }) => namingOf(records, state))).flat();

const namingOf = async (records: Reading, { applicationId, number }: Contender): Promise<Naming[]> => {
  const application = await records.find(applicationAggregate, applicationId);
  const ref = application && application.state.stage !== 'draft' ? application.state.form : undefined;
  const form = ref && (await readForm(records, ref));
  return form?.partner ? [namingIn(number, form.partner)] : [];
};
