import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Described = {
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object } | undefined> } | undefined
  >;
};

export type OpenApi = {
  paths: Record<string, Record<string, Described | undefined>>;
  components: { schemas: Record<string, object> };
};

export type Said = { method: string; path: string; status: number; type: string | null; body: unknown };

/**
 * Looks whether the description foresaw an answer: its path, method, status and media type, the kind of a refusal,
 * and the shape of the body. Answers what is wrong, or undefined.
 */
export const undescribed = (description: OpenApi): ((said: Said) => string | undefined) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const known = new Map<string, ValidateFunction>();
  const compiled = (name: string, schema: object): ValidateFunction => {
    const validate = known.get(name) ?? ajv.compile({ ...schema, components: description.components });
    known.set(name, validate);
    return validate;
  };
  return ({ method, path, status, type, body }) => {
    const named = templateOf(description, path);
    if (!named) return `${path} is not described`;
    const operation = description.paths[named]?.[method.toLowerCase()];
    if (!operation) return `${method} ${named} is not described`;
    const response = operation.responses[status];
    if (!response) return `${method} ${named} may not answer ${status}: ${JSON.stringify(body)}`;
    if (!response.content) return body === undefined ? undefined : `${method} ${named} says too much`;
    const schema = response.content[type?.split(';')[0] ?? '']?.schema;
    if (!schema) return `${method} ${named} may not answer ${type}`;
    const kind = kindOf(body);
    if (kind && !response.description.split(', ').includes(kind)) {
      return `${method} ${named} does not say that it refuses with ${kind}`;
    }
    const validate = compiled(`${method} ${named} ${status}`, schema);
    return validate(body) ? undefined : `${method} ${named}: ${ajv.errorsText(validate.errors)}`;
  };
};

/** A written-out address wins over one with a parameter. */
const templateOf = ({ paths }: OpenApi, path: string): string | undefined =>
  Object.keys(paths)
    .filter((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .toSorted((a, b) => a.split('{').length - b.split('{').length)[0];

const kindOf = (body: unknown): string | undefined => {
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
  return typeof type === 'string' ? /^\/problems\/(.+)$/.exec(type)?.[1] : undefined;
};
