import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ItemKey } from '#functions/adapters/dynamodb/keys.ts';

/**
 * An item on the wire. Bodies are stored as one JSON text each, so items hold only texts, numbers and bytes and
 * need no marshalling library; the text of an event is the very text that its hash covers.
 */
export type Item = Record<string, AttributeValue>;

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });

export const keyOf = ({ pk, sk }: ItemKey): Item => ({ pk: text(pk), sk: text(sk) });

/** @throws when the attribute is not a text: the table was written by something else */
export const textOf = (item: Item, name: string): string => {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`${placeOf(item)} has no text ${name}.`);
  return value;
};

/** @throws when the attribute is not a number */
export const numberOf = (item: Item, name: string): number => {
  const value = Number(item[name]?.N);
  if (Number.isNaN(value)) throw new Error(`${placeOf(item)} has no number ${name}.`);
  return value;
};

export const jsonOf = (item: Item, name: string): unknown => JSON.parse(textOf(item, name));

const placeOf = (item: Item): string => `Item ${item['pk']?.S ?? '?'} / ${item['sk']?.S ?? '?'}`;
