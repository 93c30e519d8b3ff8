import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { isDiskFull } from '#infra/local/files.ts';
import { json, type OperatorAnswer, problem, readJson } from '#infra/local/operator/requests.ts';
import type { OperatorSources } from '#infra/local/operator/sources.ts';

/** What `npm run invite`, `backup` and `restore` ask of a running home. */

type Command = (sources: OperatorSources, request: IncomingMessage) => Promise<OperatorAnswer>;

const Invitation = z.strictObject({ role: z.string(), locale: z.string().default('kk') });

/** A rehearsal has nothing to protect. */
export const invite: Command = async (sources, request) => {
  if (!sources.rehearsal && !isOwner(sources, request))
    return problem(403, 'A link of a real region is written by npm run invite, which reads home.json.');
  const parsed = Invitation.safeParse(await readJson(request));
  if (!parsed.success) return problem(400, 'Send {"role": …, "locale": …}.');
  const result = await sources.invite(parsed.data);
  if (result.outcome === 'returned') return json(200, result.payload);
  return problem(422, result.outcome === 'failed' ? result.payload.errorMessage : result.message);
};

const Backup = z.strictObject({ folder: z.string().regex(/^\//) });

export const backUp: Command = async (sources, request) => {
  if (!isOwner(sources, request))
    return problem(403, 'A backup is taken by npm run backup, which reads home.json.');
  const parsed = Backup.safeParse(await readJson(request));
  if (!parsed.success) return problem(400, 'Send {"folder": …}, an absolute path.');
  if (!sources.backUp) return problem(409, 'The tables are in an engine of yours: back it up there.');
  try {
    return json(200, await sources.backUp(parsed.data.folder));
  } catch (error) {
    // Who asked reads it, on this machine.
    return problem(isDiskFull(error) ? 507 : 503, error instanceof Error ? error.message : String(error));
  }
};

const Release = z.strictObject({ except: z.array(z.string()) });

export const release: Command = async (sources, request) => {
  if (!isOwner(sources, request))
    return problem(403, 'Letters are released by npm run restore, which reads home.json.');
  const parsed = Release.safeParse(await readJson(request));
  if (!parsed.success) return problem(400, 'Send {"except": […]}, ids of letters that have arrived before.');
  const result = await sources.letters.release(parsed.data.except);
  if ('released' in result) return json(200, result);
  return problem(422, `No letter that is held has the id ${result.unknown.join(', ')}.`);
};

/**
 * A link makes an administrator, a backup writes files, and any account of the machine reaches this port: whoever asks shows
 * that they can read the data folder.
 */
const isOwner = ({ secret }: OperatorSources, { headers }: IncomingMessage): boolean =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${secret}`));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
