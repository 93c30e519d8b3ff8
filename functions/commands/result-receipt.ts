import { type ApplicationCommand, ownApplication } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { receiptFrom } from '#functions/commands/receipt-keeping.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type PublishedStage, publicationsAbout } from '#shared/domain/results-publication.ts';
import type { Publication, Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import { resultsKey } from '#shared/ports/papers.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers'>;

const notThere = (): Result<never, Refusal> => refuse({ kind: 'not-found', what: 'document' });

/** Which edition of final results is asked for; the one that counts where none is named. */
type Asked = { stage: PublishedStage; edition?: number | undefined };

const askedFor = (round: Round, { stage, edition }: Asked): Publication | undefined => {
  const all = publicationsAbout(round, stage);
  return edition === undefined ? all.at(-1) : all.find((one) => (one.edition ?? 1) === edition);
};

/** Files of several editions lie beside each other. */
const fileStage = ({ stage, edition }: Publication): string =>
  edition === undefined ? stage : `${stage}-edition-${edition}`;

/** An address under which anyone can download a bundle for a minute; each asking gets a new one. */
export const openBundle = async (
  { records, papers }: Deps,
  { roundId, ...asked }: Asked & { roundId: RoundId },
): Promise<Result<Opening, Refusal>> => {
  const round = (await records.find(roundAggregate, roundId))?.state;
  const found = round && askedFor(round, asked);
  if (!round || !found) return notThere();
  const key = resultsKey(round.id, found.stage, found.decision, found.edition);
  const filename = `results-${round.plan.intake}-${fileStage(found)}.json`;
  return ok(await openPaper(papers, { key, filename }));
};

/**
 * The own receipt of a bundle, as the file that its owner keeps. Refused as `not-found` for an application that is another's, or that no
 * such bundle speaks of.
 */
export const ownReceipt = async (
  deps: Deps,
  command: ApplicationCommand & Asked,
): Promise<Result<{ text: string; filename: string }, Refusal>> => {
  const own = await ownApplication(deps, command);
  if (!own.ok) return own;
  const { roundId, number } = own.value.state;
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  const found = round && askedFor(round, command);
  if (!found) return notThere();
  const receipt = await receiptFrom(deps.papers, { roundId, ...found }, command.applicationId);
  return receipt
    ? ok({ text: canonicalJson(receipt), filename: `receipt-${number}-${fileStage(found)}.json` })
    : notThere();
};

/** Everything that was published of a round's decisions, as pages and the API name it. */
export const publicationsOf = (round: Round): readonly Publication[] =>
  (['claims', 'offers'] as const).flatMap((stage) => publicationsAbout(round, stage));
