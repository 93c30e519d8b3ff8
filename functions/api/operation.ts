import type { Context } from 'hono';
import type * as z from 'zod';
import type { Route, Who } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import { readJson } from '#shared/domain/json-text.ts';
import type { Action } from '#shared/domain/permission.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Answer<Schema> = { status: 200 | 201 | 202; schema: Schema } | { status: 204; schema?: never };

/** One operation: its route, its guard and its description are the same object, so they cannot drift apart. */
export type Operation = Route & {
  id: string;
  summary: string;
  body?: { type: string; schema?: z.ZodType; optional?: boolean };
  /** What the query may say, all of it optional, by name. */
  query?: Readonly<Record<string, z.ZodType>>;
  answer: Answer<z.ZodType>;
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
  /** The line of the table of permissions that it acts on. */
  does?: Action;
  summary: string;
  query?: Readonly<Record<string, z.ZodType>>;
  answer: Answer<z.ZodType<unknown, Output>>;
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
  {
    body,
    emptyBody,
    ...description
  }: Description<Output> & {
    body: z.ZodType<Input>;
    /** What a request without a body means, where that is allowed. */
    emptyBody?: string;
  },
  handle: (c: Context, input: Input) => Outcome<Output>,
): Operation => ({
  ...description,
  body: { type: 'application/json', schema: body, optional: emptyBody !== undefined },
  refusals: ['invalid', 'unreadable', ...(description.refusals ?? [])],
  handle: async (c) => {
    const mistyped = refusesType(c, 'application/json');
    if (mistyped) return problem(c, mistyped);
    const input = readBody(body, (await c.req.text()) || (emptyBody ?? ''));
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
  refusals: ['invalid', 'unreadable', ...(description.refusals ?? [])],
  handle: async (c) => {
    const mistyped = refusesType(c, type);
    if (mistyped) return problem(c, mistyped);
    return answerOf(c, description, await handle(c, new Uint8Array(await c.req.arrayBuffer())));
  },
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

/** Says what is wrong with a body as it does for a round file: every fault, with its place in the text. */
const readBody = <Input>(schema: z.ZodType<Input>, text: string): Result<Input, Refusal> => {
  const json = readJson(text);
  if (!json.ok) return refuse({ kind: 'invalid', faults: json.error });
  const parsed = schema.safeParse(json.value.value);
  if (parsed.success) return ok(parsed.data);
  return refuse({ kind: 'invalid', faults: schemaFaults(parsed.error.issues, json.value) });
};

/** A body that says it is something else is not guessed at; one that says nothing is taken at its word. */
const refusesType = (c: Context, expected: string): Refusal | undefined => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === undefined || type === expected ? undefined : { kind: 'unreadable', expected };
};
