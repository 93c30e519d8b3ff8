import type * as z from 'zod';
import { canonicalJson } from '#shared/domain/hash.ts';

/** Only the one spelling of what the text says: another one would have another hash. */
export const readCanonical = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
