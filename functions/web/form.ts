import type { Context } from 'hono';
import { faultText } from '#functions/http/refusal-text.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Result, refuse } from '#shared/result.ts';

/** What a person typed, exactly, to be drawn again beside what is wrong with it. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One thing wrong with one field, in the reader's language. `field` is the name (and id) of the control. */
export type FieldError = { field: string; text: string };

/** Texts of a posted form; files are left out, they go to storage directly or are read by their own page. */
export const readTyped = async (c: Context): Promise<Typed> => {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, textsOf(value)]));
};

/** The one text of a field; the first when it was sent several times, empty when it was not sent. */
export const one = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};

export const many = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name];
  return typeof value === 'string' ? [value] : (value ?? []);
};

/** The version that a form's page showed; undefined for a form from before pages said so, and for nonsense. */
export const basedOnIn = (typed: Typed): number | undefined => {
  const text = one(typed, 'basedOn');
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** The bytes of an uploaded file; whether they are text, and in which encoding, the reader of the file decides. */
export const bytesOf = async (c: Context, name: string): Promise<Result<Uint8Array, Refusal>> => {
  const { [name]: file } = await c.req.parseBody();
  if (!(file instanceof File) || file.size === 0) {
    return refuse({ kind: 'invalid', faults: [{ place: name, message: 'manage.fault.noFile' }] });
  }
  return { ok: true, value: new Uint8Array(await file.arrayBuffer()) };
};

/** Faults of a refusal as field errors. Only the first of each field: a person corrects one thing at a time. */
export const fieldErrors = (faults: readonly Fault[], t: Translator): FieldError[] => {
  const errors = new Map<string, FieldError>();
  for (const fault of faults) {
    if (!errors.has(fault.place)) errors.set(fault.place, { field: fault.place, text: faultText(fault, t) });
  }
  return [...errors.values()];
};

/** What is wrong with a typed reason, at its field; undefined where a refusal is about something else. */
export const reasonError = (refusal: Refusal, t: Translator, field = 'reason'): FieldError | undefined => {
  if (refusal.kind === 'reason-needed') return { field, text: t('problems.reason-needed.help') };
  const fault = refusal.kind === 'invalid' && refusal.faults.find(({ place }) => place === 'reason');
  return fault ? { field, text: faultText(fault, t) } : undefined;
};

/** The three boxes of a date as YYYY-MM-DD; what is no number stays as it was typed, to be shown again. */
export const dateOf = (typed: Typed, name: string): string => {
  const [year, month, day] = ['year', 'month', 'day'].map((part) =>
    one(typed, `${name}-${part}`).trim().replaceAll('-', ''),
  );
  if (!year && !month && !day) return '';
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-');
};

const textsOf = (value: string | File | (string | File)[]): string | string[] => {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.filter((item) => typeof item === 'string');
};
