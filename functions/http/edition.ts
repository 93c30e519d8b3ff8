import type { Context } from 'hono';
import * as z from 'zod';

const Edition = z.coerce.number().int().min(1);

/** Which edition of published results an address asks for; undefined for the one that counts. What is no number asks for none that there is. */
export const editionIn = (c: Context): number | undefined => {
  const asked = c.req.query('edition');
  return asked === undefined ? undefined : (Edition.safeParse(asked).data ?? 0);
};
