import { Correction } from '#shared/domain/claim.ts';
import type { Refusal } from '#shared/errors.ts';
import { Corrects } from '#shared/replay/correction.ts';
import { Supposition } from '#shared/replay/supposition.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What an address or a form asks to try. A field that this kind does not have is left aside, an empty one is none; decimals may be
 * written with a comma.
 */
export const suppositionIn = (typed: Readonly<Record<string, string>>): Result<Supposition, Refusal> => {
  const read = Supposition.safeParse(fieldsOf(typed));
  if (read.success) return ok(read.data);
  const place = String(read.error.issues[0]?.path[0] ?? 'kind');
  const known = ['number', 'rater', 'rows', 'criterion', 'points', 'part', 'import'].find(
    (one) => one === place,
  );
  return refuse({
    kind: 'invalid',
    faults: [
      place === 'corrected'
        ? { place: 'scoring', message: 'results.fault.percent' }
        : { place, message: `replay.fault.${known ?? 'kind'}` },
    ],
  });
};

/** The same, or that a correction be taken back. */
export const correctsIn = (typed: Readonly<Record<string, string>>): Result<Corrects, Refusal> => {
  if (typed['kind']?.trim() !== 'undo') return suppositionIn(typed);
  const read = Corrects.safeParse({ kind: 'undo', correction: Number(typed['correction']) });
  const fault = { place: 'correction', message: 'replay.fault.correction' };
  return read.success ? ok(read.data) : refuse({ kind: 'invalid', faults: [fault] });
};

/** Totals as an address has them. */
export const totalsIn = (typed: Readonly<Record<string, string>>): Result<Correction, Refusal> => {
  const read = Correction.safeParse(fieldsOf({ ...typed, kind: 'totals' })['corrected']);
  const fault = { place: 'scoring', message: 'results.fault.percent' };
  return read.success ? ok(read.data) : refuse({ kind: 'invalid', faults: [fault] });
};

const fieldsOf = (typed: Readonly<Record<string, string>>): Record<string, unknown> => {
  const text = (name: string): string | undefined => typed[name]?.trim() || undefined;
  const number = (name: string): number | undefined => {
    const given = text(name)?.replace(',', '.');
    return given === undefined ? undefined : Number(given);
  };
  const [kind, part, rater] = [text('kind'), text('part'), text('rater')];
  switch (kind) {
    case 'rows-shifted':
      return { kind, part, rater, rows: number('rows') };
    case 'rater-left-out':
      return { kind, part, rater };
    case 'criterion':
      return {
        kind,
        part,
        number: text('number'),
        criterion: text('criterion'),
        points: number('points'),
        ...(rater && { rater }),
      };
    case 'marks-file':
      return { kind, import: number('import') };
    case 'totals':
      return {
        kind,
        number: text('number'),
        corrected: given({ scoring: number('scoring'), interview: number('interview') }),
        ...(text('owed') === 'yes' && { owed: true }),
      };
    default:
      return { kind };
  }
};

const given = (totals: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(totals).flatMap(([part, total]) => (total === undefined ? [] : [[part, total]])),
  );
