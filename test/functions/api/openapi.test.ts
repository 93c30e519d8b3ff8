import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemStatus } from '#functions/http/problem.ts';
import { roundFileText } from '#test/builders/round-file.ts';
import { aDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});

/** What the router answers besides: the descriptions themselves. */
const descriptions = [
  'GET /openapi.json',
  'GET /schemas/personal-data-1.json',
  'GET /schemas/round-file-1.json',
];

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(desk.description));

    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('names every route that the router has, and no other', () => {
    const routed = desk.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(desk.description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect([...new Set(routed)].toSorted()).toEqual([...described, ...descriptions].toSorted());
  });

  it('gives every operation a name of its own and a sentence', () => {
    const operations = Object.values(desk.description.paths).flatMap((path) => Object.values(path));
    const names = operations.map((operation) => Reflect.get(operation ?? {}, 'operationId'));

    expect(new Set(names).size).toBe(operations.length);
    expect(
      operations.filter((operation) => !String(Reflect.get(operation ?? {}, 'summary')).endsWith('.')),
    ).toEqual([]);
  });

  it('lists refusals under the status that they have', () => {
    const wrong = Object.values(desk.description.paths)
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => Object.entries(operation?.responses ?? {}))
      .filter(([status]) => Number(status) >= 400)
      .flatMap(([status, response]) =>
        (response?.description ?? '')
          .split(', ')
          .filter((kind) => Reflect.get(problemStatus, kind) !== Number(status)),
      );

    expect(wrong).toEqual([]);
  });

  it('may be read by any page and kept for a while', async () => {
    const answer = await desk.app.request('/openapi.json');

    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toContain('max-age');
  });
});

const schema = async (): Promise<object> => (await desk.app.request('/schemas/round-file-1.json')).json();
const check = async (file: unknown): Promise<string[]> => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(await schema());
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

describe('the schema of a round file', () => {
  it('accepts the file of the Almaty region', async () => {
    expect(await check(JSON.parse(roundFileText))).toEqual([]);
  });

  it('refuses a file without an intake and with a member that nobody knows', async () => {
    const { intake: _, ...rest } = JSON.parse(roundFileText);

    expect(await check({ ...rest, colour: 'red' })).toEqual([' required', ' additionalProperties']);
  });
});
