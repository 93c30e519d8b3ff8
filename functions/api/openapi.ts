import * as z from 'zod';
import type { Operation } from '#functions/api/operation.ts';
import { problemStatus } from '#functions/http/problem.ts';
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
      description: [
        'Competitive selection of teachers for regions with a shortage.',
        'Refusals are problem documents (RFC 9457) in the language of Accept-Language (kk, ru, en).',
        'Requests without a body that change something name their origin (`Origin`), as a browser does: the cookie alone is no proof that the person meant it.',
      ].join(' '),
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
  parameters: parametersOf(operation),
  ...(operation.body && {
    requestBody: {
      required: operation.body.optional !== true,
      content: { [operation.body.type]: schemaIn(operation.body.schema) },
    },
  }),
  responses: {
    [operation.answer.status]: answered(operation),
    ...refused(operation),
    default: refusalOf('Something went wrong here; `requestId` is the number under which the log has it.'),
  },
});

const parametersOf = ({ path, query = {} }: Operation): Json[] => [
  ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema, 'input'),
  })),
];

const answered = ({ answer }: Operation): Json => ({
  description: answer.schema ? 'Done.' : 'Done; nothing to say.',
  ...(answer.schema && { content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } } }),
});

/** One response a status; the kinds that share it are listed by name. */
const refused = ({ method, who, refusals }: Operation): Json => {
  const kinds: Refusal['kind'][] = [
    ...refusals,
    ...(who === 'public' ? [] : accessRefusals),
    ...(method === 'GET' ? [] : writeRefusals),
  ];
  const byStatus = Map.groupBy(new Set(kinds), (kind) => problemStatus[kind]);
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, refusalOf(same.join(', '))]));
};

const refusalOf = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** What every request that changes something can be refused for, whatever it brings. */
const writeRefusals: readonly Refusal['kind'][] = ['cross-site', 'too-large'];

const accessRefusals: readonly Refusal['kind'][] = ['sign-in-needed', 'passkey-needed', 'not-allowed'];

const schemaIn = (schema: z.ZodType | undefined): Json =>
  schema ? { schema: schemaOf(schema, 'input') } : {};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const faultList = (description: string): Json => ({
  type: 'array',
  description,
  items: {
    type: 'object',
    required: ['place', 'message', 'text'],
    properties: {
      place: { type: 'string', description: 'a field, a JSON pointer, or a column' },
      message: { type: 'string', description: 'stable, for programs' },
      text: { type: 'string', description: 'the message in the language of the answer' },
      line: { type: 'integer' },
      column: { type: 'integer' },
      facts: { type: 'object' },
    },
  },
});

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', description: '/problems/KIND, a page that explains it' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    faults: faultList('what is wrong with what was sent'),
    missing: faultList('what submission still needs'),
  },
};
