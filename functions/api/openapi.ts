import * as z from 'zod';
import type { Operation } from '#functions/api/operation.ts';
import { problems } from '#functions/http/problem.ts';
import type { Refusal } from '#shared/errors.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of the operations, generated from the very objects that answer them. */
export const openApiOf = (operations: readonly Operation[], origin: string): Json => {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Irikteu',
      version: '1',
      description:
        'Competitive selection of teachers for regions with a shortage. Refusals are problem documents (RFC 9457) in the language of Accept-Language (kk, ru, en).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-irikteu',
          description: 'Signed in by code or passkey.',
        },
      },
    },
  };
};

const describe = (operation: Operation): Json => ({
  operationId: operation.id,
  summary: operation.summary,
  ...(operation.who !== 'public' && { security: [{ session: [] }] }),
  ...(Array.isArray(operation.who) && { 'x-roles': operation.who }),
  ...(operation.audit && { 'x-event': operation.audit }),
  parameters: [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(operation.body && {
    requestBody: {
      required: true,
      content: { [operation.body.type]: schemaIn(operation.body.schema) },
    },
  }),
  responses: { [operation.answer.status]: answered(operation), ...refused(operation) },
});

const answered = ({ answer }: Operation): Json => ({
  description: answer.schema ? 'Done.' : 'Done; nothing to say.',
  ...(answer.schema && { content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } } }),
});

/** One response a status; the kinds that share it are listed by name. */
const refused = ({ who, refusals }: Operation): Json => {
  const kinds: Refusal['kind'][] = [...refusals, ...(who === 'public' ? [] : accessRefusals)];
  const byStatus = Map.groupBy(new Set(kinds), (kind) => problems[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const accessRefusals: readonly Refusal['kind'][] = ['sign-in-needed', 'passkey-needed', 'not-allowed'];

const schemaIn = (schema: z.ZodType | undefined): Json =>
  schema ? { schema: schemaOf(schema, 'input') } : {};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', description: '/problems/KIND, a page that explains it' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          place: { type: 'string', description: 'a field, a JSON pointer, or a column' },
          message: { type: 'string' },
          text: { type: 'string', description: 'the message in the language of the answer' },
          line: { type: 'integer' },
          column: { type: 'integer' },
        },
      },
    },
  },
};
