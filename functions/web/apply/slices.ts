import type { Context } from 'hono';
import * as z from 'zod';
import { askSlices, joinUploaded, type SlicedUpload } from '#functions/commands/sliced-uploads.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { SliceSize, WholeFile } from '#shared/domain/slices.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { refusalPage } from '../problem.tsx';
import { askedOf } from './application.ts';

/*
 * What the script of an upload page asks (`assets/upload.ts`), for whoever the page was drawn for: the applicant, or the desk in their
 * stead.
 */

export const postSlices = (deps: WebDeps) => async (c: Context) => {
  const asked = await slicedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const slices = await askSlices(deps, asked.value);
  return slices.ok ? c.json(slices.value) : refusalPage(c, slices.error);
};

export const postWhole = (deps: WebDeps) => async (c: Context) => {
  const asked = await slicedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const joined = await joinUploaded(deps, asked.value);
  return joined.ok ? c.json(joined.value) : refusalPage(c, joined.error);
};

/** As a form spells it; whoever asks for the whole says no size. */
const Sent = z.object({
  bytes: z.coerce.number().pipe(WholeFile.shape.bytes),
  sha256: WholeFile.shape.sha256,
  size: z.coerce.number().default(262_144).pipe(SliceSize),
});

const slicedOf = async (c: Context): Promise<Result<SlicedUpload & { size: SliceSize }, Refusal>> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const documentId = DocumentId.safeParse(c.req.param('document'));
  if (!documentId.success) return refuse({ kind: 'not-found', what: 'document' });
  const sent = Sent.safeParse(await c.req.parseBody());
  // Our own script writes it; nobody types it.
  if (!sent.success) return refuse({ kind: 'unreadable', expected: 'bytes, sha256, size' });
  const { size, ...whole } = sent.data;
  return ok({ ...asked.value, documentId: documentId.data, whole, size });
};
