import type { Context } from 'hono';
import type * as z from 'zod';
import type { Route, Who } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Status = 200 | 201 | 202;

/** One operation: its route, its guard and its description are the same object, so they cannot drift apart. */
export type Operation = Route & {
  id: string;
  summary: string;
  body?: { type: string; schema?: z.ZodType };
  answer: { status: Status; schema?: z.ZodType };
  refusals: readonly Refusal['kind'][];
};

type Description<Output> = {
  id: string;
  method: Route['method'];
  /** Hono's spelling, `:id` for a parameter. */
  path: string;
  who: Who;
  /** The event that it leaves. */
  audit?: string;
  summary: string;
  /** Without a schema the answer is empty (204). */
  answer: { status: Status; schema?: z.ZodType<unknown, Output> };
  /** Beyond those of signing in, access and malformed bodies, which every operation can give. */
  refusals?: readonly Refusal['kind'][];
};

type Outcome<Output> = Result<Output, Refusal> | Promise<Result<Output, Refusal>>;

/** An operation without a body. */
export const ask = <Output>(
  description: Description<Output>,
  handle: (c: Context) => Outcome<Output>,
): Operation => ({
  ...description,
  refusals: description.refusals ?? [],
  handle: async (c) => answerOf(c, description, await handle(c)),
});

/** An operation with a JSON body, parsed here and nowhere else. */
export const send = <Input, Output>(
  { body, ...description }: Description<Output> & { body: z.ZodType<Input> },
  handle: (c: Context, input: Input) => Outcome<Output>,
): Operation => ({
  ...description,
  body: { type: 'application/json', schema: body },
  refusals: ['invalid', ...(description.refusals ?? [])],
  handle: async (c) => {
    const input = readJson(body, await c.req.text());
    return input.ok ? answerOf(c, description, await handle(c, input.value)) : problem(c, input.error);
  },
});

/** An operation whose body is a file, handed on byte by byte so that its SHA-256 is that of what was sent. */
export const sendFile = <Output>(
  { type, ...description }: Description<Output> & { type: string },
  handle: (c: Context, file: Uint8Array) => Outcome<Output>,
): Operation => ({
  ...description,
  body: { type },
  refusals: ['invalid', ...(description.refusals ?? [])],
  handle: async (c) => answerOf(c, description, await handle(c, new Uint8Array(await c.req.arrayBuffer()))),
});

const answerOf = <Output>(
  c: Context,
  { answer }: Description<Output>,
  outcome: Result<Output, Refusal>,
): Response => {
  if (!outcome.ok) return problem(c, outcome.error);
  // Only what the schema describes leaves: a field that a record gains later stays inside until it is described.
  return answer.schema ? c.json(answer.schema.parse(outcome.value), answer.status) : c.body(null, 204);
};

const readJson = <Input>(schema: z.ZodType<Input>, text: string): Result<Input, Refusal> => {
  const value = parseJson(text);
  if (!value) return refuse({ kind: 'invalid', faults: [{ place: '', message: 'problems.fault.not-json' }] });
  const parsed = schema.safeParse(value.json);
  if (parsed.success) return ok(parsed.data);
  return refuse({ kind: 'invalid', faults: parsed.error.issues.map(faultOf) });
};

const parseJson = (text: string): { json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const faultOf = ({ path, code }: z.core.$ZodIssue): Fault => ({
  place: path.map((part) => `/${String(part)}`).join(''),
  message: 'problems.fault.not-as-described',
  facts: { rule: code },
});
