import type { CommandDeps } from '#functions/commands/deps.ts';
import { marksAt, marksBasis } from '#functions/commands/marks-basis.ts';
import { type DryRun, dryRun } from '#functions/commands/marks-outcomes.ts';
import { importingPlace, type MarksContext, marksContext } from '#functions/commands/marks-place.ts';
import { fileOrderOf, markListOf } from '#functions/commands/pinned.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import {
  type CommitteeCommand,
  type OpenWorkplace,
  type Workplace,
  workplace,
} from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { type MarkList, type MarksImport, type MarksUndoing, standingImports } from '#shared/domain/marks.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { type Oddity, odditiesOf } from '#shared/marks/oddities.ts';
import { bindingColumns, markColumns } from '#shared/marks/row.ts';
import { type SampledMark, sampleFaults, sampleOf, sampleSecret } from '#shared/marks/sample.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Draws = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;

/** A request to undo an import with what was typed about it; undefined once that is erased. */
export type AskedUndoing = MarksUndoing & { said: string | undefined; answer: string | undefined };

export type MarksHistory = {
  place: Workplace;
  /** Newest first, each with what was typed about it. */
  imports: readonly (MarksImport & {
    /** The criteria at which it counts now. */
    countsAt: readonly string[];
    said: string | undefined;
    /** Requests to undo it, oldest first. */
    asked: readonly AskedUndoing[];
  })[];
  /** Whether the reader may confirm and undo now. */
  mayImport: boolean;
  /** Whether they may bring a file now: after scoring, to correct what was decided. */
  mayBring: boolean;
};

/** Every file of marks that was brought in a round, without a mark. */
export const marksHistory = async (
  { records, clock }: Reads,
  command: CommitteeCommand,
): Promise<Result<MarksHistory, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'marks.read');
  if (!found.ok) return found;
  const place = found.value;
  const { record } = await marksBasis(records, { roundId: command.roundId, file: place.file });
  const counting = standingImports(record?.state);
  const imports = await Promise.all(
    (record?.state.imports ?? []).toReversed().map(async (one) => {
      const countsAt = one.criteria.filter((code) => counting.get(code)?.number === one.number);
      const asked = await askedOf(records, one);
      return Object.assign({ countsAt, said: await reasonText(records, one.reason), asked }, one);
    }),
  );
  return ok({
    place,
    imports,
    mayImport: (await importingPlace({ records, clock }, command)).ok,
    mayBring: (await importingPlace({ records, clock }, command, 'marks.bring')).ok,
  });
};

export const askedOf = (records: Pick<Reads['records'], 'document'>, { undoings = [] }: MarksImport) =>
  Promise.all(
    undoings.map(async (asked): Promise<AskedUndoing> => {
      const said = await reasonText(records, asked.reason);
      return Object.assign({ said, answer: await reasonText(records, asked.ended?.reason) }, asked);
    }),
  );

/**
 * The rows of the list that goes to the other organisation: a number and a criterion each, the mark to be filled in, and the columns by
 * which marks are bound to their numbers: at least one of them.
 */
export const marksToFill = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<{ intake: string; rows: (string | number)[][] }, Refusal>> => {
  const place = await importingPlace(deps, command, 'marks.bring');
  if (!place.ok) return place;
  const { expected } = await marksContext(deps, place.value);
  const numbers = [...expected.scored].toSorted();
  const empty = bindingColumns.map(() => '');
  const rows = expected.criteria.flatMap((criterion) =>
    numbers.map((number) => [number, criterion.code, '', endsOf(criterion).most].concat(empty)),
  );
  return ok({ intake: place.value.file.intake, rows: [[...markColumns, ...bindingColumns], ...rows] });
};

/** What an import would do, for who may confirm it. */
export type MarksPreview = {
  place: OpenWorkplace;
  marks: MarksImport;
  oddities: readonly Oddity[];
  run: DryRun;
  /** Applications that are scored and not in the file: it was right once, and is not any more. */
  unmarked: number;
  /** Empty for who brought the file, and once it does not wait any more. */
  sample: readonly Pick<SampledMark, 'number' | 'criterion'>[];
  sampleFaults: (typed: readonly string[]) => Fault[];
};

export const marksPreview = async (
  deps: Draws,
  command: CommitteeCommand & { import: number },
): Promise<Result<MarksPreview, Refusal>> => {
  const place = await importingPlace(deps, command, 'marks.bring');
  if (!place.ok) return place;
  const context = await marksContext(deps, place.value);
  return await previewOf(deps, place.value, { context, number: command.import });
};

export const previewOf = async (
  { records, chance }: Omit<Draws, 'clock'>,
  place: OpenWorkplace,
  { context, number }: { context: MarksContext; number: number },
): Promise<Result<MarksPreview, Refusal>> => {
  const marks = context.record?.state.imports.find((one) => one.number === number);
  if (!marks) return refuse({ kind: 'not-found', what: 'marks' });
  const list = await markListOf(records, marks.sha256);
  const brought = new Map(marks.criteria.map((code): [string, MarksByNumber] => [code, marksAt(list, code)]));
  const after = new Map([...context.byCriterion, ...brought]);
  const run = await dryRun({ records }, place, { context, after });
  const { criteria, standing } = context.expected;
  const sample = await sampleFor({ records, chance }, place, { marks, list });
  return ok({
    place,
    marks,
    oddities: [
      ...(marks.rowOrder ?? []),
      ...odditiesOf(brought, criteria, { standing, rated: context.rated }),
    ],
    run,
    unmarked: [...context.expected.scored].filter((one) => !isWhole(brought, one)).length,
    sample: sample.map(({ number: application, criterion }) => ({ number: application, criterion })),
    sampleFaults: (typed) => sampleFaults(sample, typed),
  });
};

/** Drawn by chance when somebody who may confirm first looks, and the same from then on. */
const sampleFor = async (
  { records, chance }: Omit<Draws, 'clock'>,
  { by, round }: OpenWorkplace,
  { marks, list }: { marks: MarksImport; list: MarkList },
): Promise<SampledMark[]> => {
  if (marks.status !== 'waiting' || marks.by === by.id) return [];
  const name = sampleSecret({ roundId: round.state.id, number: marks.number });
  const order = marks.order && (await fileOrderOf(records, marks.order));
  return sampleOf(list, await records.secret(name, chance.token(32)), order);
};

const isWhole = (brought: ReadonlyMap<string, MarksByNumber>, number: ApplicationNumber): boolean =>
  [...brought.values()].every((marks) => marks.has(number));
