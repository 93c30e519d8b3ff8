import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import * as z from 'zod';
import { acceptedEncoding } from './compress.ts';

const Entry = z.object({
  file: z.string(),
  type: z.string(),
  encodings: z.array(z.enum(['br', 'gzip'])),
});
type Entry = z.infer<typeof Entry>;

/** The style sheet and the script of the pages, under names that change with their bytes. */
export type Assets = {
  stylesheet: string;
  script: string | undefined;
  passkeyScript: string | undefined;
  /** Sends a file in slices; only pages that take a file load it. */
  uploadScript?: string | undefined;
  /** The page that checks results without a network, to be kept as a file. */
  verificationPage?: string | undefined;
  /** Answers one asset; undefined when no build knows it. */
  answer: (c: Context, file: string) => Response | undefined;
};

/** @param folder holds what `infra/build` made: `manifest.json`, and each file plain, `.br` and `.gz` */
export const readAssets = (folder: string): Assets => {
  const manifest = z
    .record(z.string(), Entry)
    .parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const byFile = new Map(Object.values(manifest).map((entry) => [entry.file, entry]));
  const address = (name: string): string | undefined => {
    const entry = manifest[name];
    return entry && `/assets/${entry.file}`;
  };
  const stylesheet = address('site.css');
  if (stylesheet === undefined) throw new Error(`${folder}/manifest.json names no site.css.`);
  return {
    stylesheet,
    script: address('enhance.js'),
    passkeyScript: address('passkey.js'),
    uploadScript: address('upload.js'),
    verificationPage: address('verification.html'),
    answer: (c, file) => {
      const entry = byFile.get(file);
      return entry && send(c, folder, entry);
    },
  };
};

/** A name with a hash never means other bytes, so a browser asks once. */
const send = (c: Context, folder: string, entry: Entry): Response => {
  const accepted = acceptedEncoding(c.req.header('accept-encoding'));
  const encoding = entry.encodings.find((one) => one === accepted);
  const suffix = encoding === 'br' ? '.br' : encoding === 'gzip' ? '.gz' : '';
  return c.body(new Uint8Array(readFileSync(join(folder, `${entry.file}${suffix}`))), 200, {
    'content-type': entry.type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  });
};
