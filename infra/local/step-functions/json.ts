/** What flows through an execution: JSON and nothing else. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** AWS's limit for an input, an output and a task's result. */
export const payloadBytes = 262_144;

/** @throws SyntaxError when the text is no JSON */
export const parseJson = (text: string): Json => JSON.parse(text);

/** The compact text that histories and answers carry; numbers as JavaScript writes them. */
export const textOf = (value: Json): string => JSON.stringify(value);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A piece of text above the limit in UTF-8; the cheap test first, as nearly every payload is small. */
export const isTooLarge = (text: string): boolean =>
  text.length * 3 > payloadBytes && Buffer.byteLength(text) > payloadBytes;
