import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  removeFormula as decideRemoval,
  saveFormula as decideSaving,
  type Formulas,
  type FormulasEvent,
  formulasAggregate,
  type SharedFormula,
  standingFormulas,
} from '#shared/domain/formula.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { FormulaId, type RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { type Checked, readFormula } from '#shared/formula/check.ts';
import { printFormula } from '#shared/formula/parse.ts';
import { termsByName, termsOf } from '#shared/formula/terms.ts';
import { type Locale, locales } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Reads = Pick<CommandDeps, 'records'>;

/** What a formula is called: in one language at least; whoever reads another one sees what there is. */
export const FormulaName = z.partialRecord(z.enum(locales), z.string());
export type FormulaName = z.infer<typeof FormulaName>;

const Typed = z.object({ name: FormulaName, formula: z.string() });

/** A formula of the committee. `checked` is undefined once it cannot be read any more. */
export type NamedFormula = Pick<SharedFormula, 'id' | 'by' | 'at' | 'removed'> & {
  name: FormulaName;
  text: string;
  checked: Checked | undefined;
};

/** Characters. */
const longestFormulaName = 80;

/** Understands a formula in the terms of a round. */
export const readIn = (
  file: Pick<RoundFile, 'rubric' | 'interviews'>,
  text: string,
): Result<Checked, Fault> => readFormula(text, termsByName(termsOf(file)));

/** Every formula that was shared in a round, also those that were removed, in the order of saving. */
export const formulasIn = async (
  { records }: Reads,
  { round, file }: Pick<Workplace, 'round' | 'file'>,
): Promise<NamedFormula[]> => {
  const found = await records.find(formulasAggregate, round.id);
  return await Promise.all((found?.state.formulas ?? []).map((one) => namedOf(records, one, file)));
};

/** Those that stand. */
export const sharedIn = async (
  { records }: Reads,
  { round, file }: Pick<Workplace, 'round' | 'file'>,
): Promise<NamedFormula[]> => {
  const found = await records.find(formulasAggregate, round.id);
  return await Promise.all(standingFormulas(found?.state).map((one) => namedOf(records, one, file)));
};

const namedOf = async (
  records: Pick<CommandDeps['records'], 'document'>,
  { id, by, at, document, removed }: SharedFormula,
  file: RoundFile,
): Promise<NamedFormula> => {
  const typed = Typed.safeParse(await records.document(document)).data;
  const text = typed?.formula ?? '';
  const read = readIn(file, text);
  const checked = read.ok ? read.value : undefined;
  return { id, by, at, ...(removed && { removed }), name: typed?.name ?? {}, text, checked };
};

type Saving = CommitteeCommand & {
  name: Readonly<Partial<Record<Locale, string | undefined>>>;
  formula: string;
};

/** Shares a formula with the committee. The same once more, by a second press, is shared once. */
export const saveFormula = (deps: Deps, command: Saving): Promise<Result<FormulaId, Refusal>> =>
  decideAgain(async (): Promise<Result<FormulaId, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'formulas.keep');
    if (!found.ok) return found;
    const place = found.value;
    const typed = typedIn(command, place.file);
    if (!typed.ok) return typed;
    const { roundId, by } = command;
    const before = await deps.records.find(formulasAggregate, roundId);
    const same = await sameIn(deps, place, typed.value);
    if (same) return ok(same.id);
    const id = FormulaId.parse(deps.chance.id());
    const owner = `round#${roundId}#${deps.chance.id()}`;
    const write = writeDocument({ owner, kind: 'formula', version: 1 }, typed.value, deps.chance.token(16));
    const saved = { roundId, formula: id, by: by.id, document: write.ref };
    const events = decideSaving(before?.state, saved, deps.clock.now());
    if (!events.ok) return events;
    const stored = await keep(deps, place, { roundId, before, events: events.value, documents: [write] });
    return stored.ok ? ok(id) : stored;
  });

/** Takes a formula away; that it was there stays on the timeline of the round. */
export const removeFormula = (
  deps: Deps,
  command: CommitteeCommand & { formula: FormulaId },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'formulas.keep');
    if (!found.ok) return found;
    const { roundId, formula } = command;
    const { by } = found.value;
    const before = await deps.records.find(formulasAggregate, roundId);
    const runsCommittee = by.role === 'secretary' || by.role === 'chair';
    const events = decideRemoval(before?.state, { formula, by: by.id, runsCommittee }, deps.clock.now());
    if (!events.ok) return events;
    return await keep(deps, found.value, { roundId, before, events: events.value });
  });

const keep = async (
  deps: Deps,
  { by, committee }: Workplace,
  {
    roundId,
    before,
    events,
    documents = [],
  }: {
    roundId: RoundId;
    before: Versioned<Formulas> | undefined;
    events: readonly FormulasEvent[];
    documents?: DocumentWrite[];
  },
): Promise<Result<void, LostRace>> => {
  if (events.length === 0) return ok(undefined);
  return await store(deps, {
    by,
    changes: [changed(formulasAggregate, roundId, before, events).change],
    documents,
    ...(committee && {
      requires: [{ aggregate: 'committee', id: committee.id, version: committee.version }],
    }),
  });
};

/** What was typed, in the one spelling; all faults at once. */
const typedIn = (
  { name, formula }: Pick<Saving, 'name' | 'formula'>,
  file: RoundFile,
): Result<z.infer<typeof Typed>, Refusal> => {
  const given = locales.flatMap((locale) => {
    const text = name[locale]?.trim().replaceAll(/\s+/gu, ' ') ?? '';
    return text === '' ? [] : [[locale, text] as const];
  });
  const read = readIn(file, formula);
  const faults: Fault[] = [
    ...(read.ok ? [] : [read.error]),
    ...(given.length === 0 ? [{ place: 'name.kk', message: 'formula.fault.no-name' }] : []),
    ...given.flatMap(([locale, text]) =>
      text.length > longestFormulaName
        ? [
            {
              place: `name.${locale}`,
              message: 'formula.fault.long-name',
              facts: { maximum: longestFormulaName },
            },
          ]
        : [],
    ),
  ];
  if (!read.ok || faults.length > 0) return refuse({ kind: 'invalid', faults });
  return ok({ name: Object.fromEntries(given), formula: printFormula(read.value.formula) });
};

const sameIn = async (
  deps: Reads,
  place: Workplace,
  typed: z.infer<typeof Typed>,
): Promise<NamedFormula | undefined> => {
  const wanted = canonicalJson(typed);
  return (await sharedIn(deps, place)).find(
    ({ name, text: formula }) => canonicalJson({ name, formula }) === wanted,
  );
};

/** In the reader's language, or in the first one that there is. */
export const nameFor = (locale: Locale, { name, text }: Pick<NamedFormula, 'name' | 'text'>): string =>
  name[locale] ?? locales.flatMap((other) => name[other] ?? [])[0] ?? text;
