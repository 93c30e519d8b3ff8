import type { Typed } from '#shared/domain/application-form.ts';
import { fields } from '#shared/domain/application-form-fields.ts';

type Posted = Record<string, string | string[]>;

/** A section as a browser posts it: a date is three boxes, and of several entries each has boxes of the same names. */
export const asPosted = (typed: Typed | Readonly<Record<string, unknown>>): Posted =>
  Object.assign({}, ...Object.entries(typed).map(([name, value]) => boxesOf(name, value)));

const boxesOf = (name: string, value: unknown): Posted => {
  const field = fields.find((one) => one.name === name);
  if (field?.control === 'date') {
    const [year = '', month = '', day = ''] = String(value).split('-');
    return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
  }
  const values = [value].flat();
  if (field?.control !== 'entries')
    return { [name]: Array.isArray(value) ? values.map(String) : String(value) };
  const part = (box: string): string[] => values.map((entry) => String(Reflect.get(Object(entry), box)));
  return { [`${name}-kind`]: part('kind'), [`${name}-year`]: part('year'), [`${name}-text`]: part('text') };
};
