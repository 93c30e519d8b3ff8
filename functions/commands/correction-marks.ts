import type { Trial } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { marksContext } from '#functions/commands/marks-place.ts';
import { previewOf } from '#functions/commands/marks-views.ts';
import { changed } from '#functions/commands/storing.ts';
import { atWork } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type Marks, type MarksEvent, type MarksImport, marksAggregate } from '#shared/domain/marks.ts';
import { confirmMarks, importOf } from '#shared/domain/marks-decisions.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Oddity } from '#shared/marks/oddities.ts';
import type { SampledMark } from '#shared/marks/sample.ts';
import type { Change } from '#shared/ports/records.ts';
import { type Correction, type Corrections, type Corrects } from '#shared/replay/correction.ts';
import { correctionOf } from '#shared/replay/correction-decisions.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;
type Applying = { by: PersonId; sample: readonly string[]; now: Instant };

/** What a correction does to the marks from outside beside the results. */
export type MarksShown = {
  /** Oddities of the file that the second person looks at; none where marks are taken back. */
  oddities: readonly Oddity[];
  /** The columns by which the file binds its marks to their numbers. */
  checks?: MarksImport['checks'];
  /** To be typed from another copy; empty for who brought the file. */
  sample: readonly Pick<SampledMark, 'number' | 'criterion'>[];
  applied: (applying: Applying) => Result<Change[], Refusal>;
};

/** Undefined for a correction that is not about a file of marks. */
export const correctionMarks = async (
  deps: Reads,
  place: Trial['place'],
  { corrections, correction, reader }: { corrections: Corrections; correction: Correction; reader: PersonId },
): Promise<Result<MarksShown | undefined, Refusal>> => {
  const { roundId } = corrections;
  const number = fileIn(corrections, correction.corrects);
  const before = number === undefined ? undefined : await deps.records.find(marksAggregate, roundId);
  if (number === undefined || !before) return ok(undefined);
  if (correction.corrects.kind === 'undo') return ok(takenBack(before, number));
  const marks = importOf(before.state, number);
  if (!marks || marks.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  const open = atWork(place);
  if (!open.ok) return ok({ oddities: [], sample: [], applied: () => open });
  const context = await marksContext(deps, open.value);
  const shown = await previewOf(
    deps,
    { ...open.value, by: { ...open.value.by, id: reader } },
    {
      context,
      number,
    },
  );
  if (!shown.ok) return shown;
  const { oddities, sample, sampleFaults, unmarked } = shown.value;
  return ok({
    oddities,
    checks: marks.checks,
    sample,
    applied: ({ by, sample: typed, now }) => {
      if (unmarked > 0) return refuse({ kind: 'changed-meanwhile' });
      const decision = { by, import: number, sha256: marks.sha256, reason: correction.reason, sample };
      const events = confirmMarks(before.state, decision, now);
      if (!events.ok) return events;
      const wrong = sampleFaults(typed);
      if (wrong.length > 0) return refuse({ kind: 'invalid', faults: wrong });
      return ok(changeOf(before, events.value));
    },
  });
};

/** The import that a correction is about, or the one that it takes back. */
const fileIn = (corrections: Corrections, corrects: Corrects): number | undefined => {
  if (corrects.kind === 'marks-file') return corrects.import;
  const undone = corrects.kind === 'undo' ? correctionOf(corrections, corrects.correction) : undefined;
  return undone?.corrects.kind === 'marks-file' ? undone.corrects.import : undefined;
};

const takenBack = (before: Versioned<Marks>, number: number): MarksShown => ({
  oddities: [],
  sample: [],
  applied: ({ by, now }) =>
    importOf(before.state, number)?.status === 'confirmed'
      ? ok(changeOf(before, [{ type: 'marks-undone', at: now, by, import: number }]))
      : refuse({ kind: 'changed-meanwhile' }),
});

const changeOf = (before: Versioned<Marks>, events: readonly MarksEvent[]): Change[] => [
  changed(marksAggregate, before.id, before, events).change,
];
