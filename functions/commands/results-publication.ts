import type { CommandDeps } from '#functions/commands/deps.ts';
import { keepReceipts, keptText, readOpenings } from '#functions/commands/receipt-keeping.ts';
import { gatherResults } from '#functions/commands/results-gathering.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { composeResults } from '#shared/bundle/compose.ts';
import type { Bundle, Openings } from '#shared/bundle/format.ts';
import { signatureOf, signedText } from '#shared/bundle/signature.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import {
  nextOwed,
  type Owed,
  type PublishedStage,
  recordPublication,
} from '#shared/domain/results-publication.ts';
import type { Publication, Round } from '#shared/domain/round.ts';
import { type FinalRound, isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import { openingsKey, type Papers, resultsKey } from '#shared/ports/papers.ts';
import type { Signer } from '#shared/ports/signer.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'clock' | 'chance' | 'nudge'> & { signer: Signer };

const outbox: Actor = { kind: 'system', name: 'outbox' };

/**
 * Publishes what is owed about a decision: its bundle, and one for each edition that corrects it, in their order. The bundle of where offers ended
 * names those of the final results, so these come before.
 */
export const publishResults = async (
  deps: Deps,
  { roundId, stage }: { roundId: RoundId; stage: PublishedStage },
): Promise<void> => {
  if (stage === 'offers') while (await publishNext(deps, { roundId, stage: 'claims' }));
  while (await publishNext(deps, { roundId, stage }));
};

/**
 * Publishes the next bundle that is owed, once: what was written by a try that was cut is taken as it is. What does not hold by the check that
 * everybody can make is not published.
 * @returns false where none was owed
 * @throws when it does not hold, or storage or key cannot be reached
 */
const publishNext = async (
  deps: Deps,
  { roundId, stage }: { roundId: RoundId; stage: PublishedStage },
): Promise<boolean> => {
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  const owed = round && nextOwed(round, stage);
  if (!round || !owed || !isFinal(round)) return false;
  const { decision, edition } = owed;
  const place = { round, stage, ...owed };
  const text =
    (await keptText(deps.papers, resultsKey(round.id, stage, decision, edition?.number))) ??
    (await makeBundle(deps, place));
  const { holds, bundle, findings } = await verifyResults(text);
  if (!holds || !bundle) {
    const failed = findings.flatMap((finding) => (finding.holds ? [] : finding.check)).join(' ');
    throw new Error(`The bundle of ${roundId} does not hold: ${failed}.`);
  }
  const { statement, key, sha256 } = bundle;
  const about = { stage, decision, ...(edition && { edition: edition.number }) };
  const receiptParts = await keepReceipts(deps.papers, { roundId, ...about });
  await noted(deps, roundId, { ...about, root: statement.root, bundle: sha256, key, receiptParts });
  log.info('RESULTS_PUBLISHED', { roundId, stage, count: statement.rows.length });
  return true;
};

type Place = Owed & { round: FinalRound; stage: PublishedStage };

/** The openings first, since without them nobody could have a receipt of the bundle. */
const makeBundle = async (deps: Deps, place: Place): Promise<string> => {
  const { papers } = deps;
  const { round, stage, decision, edition } = place;
  const key = openingsKey(round.id, stage, decision, edition?.number);
  const kept = await keptText(papers, key);
  const openings = kept === undefined ? await composed(deps, place) : readOpenings(kept);
  const text = await signed(deps.signer, openings);
  if (!(await verifyResults(text)).holds) return text;
  if (kept === undefined) {
    const first = await keep(papers, key, canonicalJson(openings));
    // Two that publish at once: whose openings came second signs those of the first.
    if (first !== canonicalJson(openings)) return makeBundle(deps, place);
  }
  return await keep(papers, resultsKey(round.id, stage, decision, edition?.number), text);
};

const composed = async (deps: Deps, { round, ...about }: Place): Promise<Openings> => ({
  format: 1,
  ...composeResults(await gatherResults(deps, round, about)),
});

const signed = async (signer: Signer, { statement }: Openings): Promise<string> => {
  const sha256 = sha256Of(canonicalJson(statement));
  const [publicKey, der] = await Promise.all([signer.publicKey(), signer.sign(signedText(sha256))]);
  return canonicalJson({ signature: signatureOf(publicKey, der), statement } satisfies Bundle);
};

const noted = async (deps: Deps, roundId: RoundId, publication: Publication): Promise<void> => {
  const stored = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const round: Versioned<Round> | undefined = await deps.records.find(roundAggregate, roundId);
    if (!round) return refuse({ kind: 'not-found', what: 'round' });
    const events = recordPublication(round.state, publication, deps.clock.now());
    if (events.length === 0) return ok(undefined);
    const { change } = changed(roundAggregate, round.id, round, events);
    return await store(deps, { by: outbox, changes: [change] });
  });
  if (!stored.ok) throw new Error(`The bundle of ${roundId} could not be noted: ${stored.error.kind}.`);
};

/** What lies under the key from now on: the text, or what came first. */
const keep = async (papers: Papers, key: string, text: string): Promise<string> => {
  const bytes = new TextEncoder().encode(text);
  if (await papers.put({ key, bytes, mediaType: 'application/json' })) return text;
  return (await keptText(papers, key)) ?? text;
};
