import { default as middy } from '@middy/core';
import type { Context } from 'aws-lambda';
import { clamdScanner } from '#functions/adapters/clamd/clamd-scanner.ts';
import { heldFiles } from '#functions/adapters/documents/s3-held.ts';
import {
  type Checked,
  checkDocument,
  checkFile,
  settleDocument,
  settleFile,
  type Verdict,
} from '#functions/commands/document-checking.ts';
import { receiveDocument } from '#functions/commands/documents.ts';
import { receiveCopy } from '#functions/commands/redaction-files.ts';
import { checkPaper, receivePaper, settlePaper } from '#functions/commands/request-papers.ts';
import { checkScan, receiveScan, settleScan } from '#functions/commands/scans.ts';
import { joinSlices } from '#functions/commands/slice-joining.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, storageOf } from '#functions/deps.ts';
import {
  type Arrival,
  fileIn,
  isRound,
  readArrival,
  readScan,
  type Scanned,
} from '#functions/documents/arrival.ts';
import { checkEach } from '#functions/documents/held.ts';
import { log } from '#functions/log.ts';
import { step } from '#functions/steps/step.ts';
import { joinUpload } from '#shared/domain/slices.ts';
import type { Refusal } from '#shared/errors.ts';
import { redactedFiles } from '#shared/ports/files.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
import type { Result } from '#shared/result.ts';

const config = readConfig(process.env);
const deps = commandDeps(config);
const scanning = config.need('SCANNING') === 'on';
const clamd = config.optional('CLAMD_ADDRESS');

/** Invoked by the pages, which wait for the answer. */
const join = step(joinUpload, async (order) => ({ whole: await joinSlices(deps, order) }));

/**
 * Invoked by EventBridge for each object that arrives in quarantine and, on AWS, for each that GuardDuty has scanned, at least once
 * and perhaps late; and by a schedule.
 */
const look = middy().handler(async (event: unknown): Promise<void> => {
  if (isRound(event)) return checkHeld();
  const scan = readScan(event);
  if (scan) return settle(scan);
  const arrival = readArrival(event);
  const received = await receive(arrival);
  // A refusal is final: nobody waits for the file, which is gone by now.
  if (!received.ok) return log.warn('DOCUMENT_REFUSED', { ...arrival, reason: received.error.kind });
  log.info('DOCUMENT_RECEIVED', arrival);
  if (scanning && clamd !== undefined) {
    // The file is held now, and the schedule comes back to it.
    await check(clamd, arrival).catch((error: unknown) => log.error('SCANNER_DOWN', arrival, error));
  }
});

export const handler = (event: unknown, context: Context): Promise<unknown> =>
  (joinUpload.input.safeParse(event).success ? join : look)(event, context);

const receive = (arrival: Arrival): Promise<Result<unknown, Refusal>> => {
  if ('gateId' in arrival) return receiveScan(deps, { ...arrival, scanning });
  if ('requestId' in arrival) return receivePaper(deps, { ...arrival, scanning });
  if ('redactionOf' in arrival) return receiveCopy(deps, { ...arrival, scanning });
  return receiveDocument(deps, { ...arrival, scanning });
};

/** What the scanner was not there for, or could not judge. @throws while any is left: the alarm of this function says so */
const checkHeld = async (): Promise<void> => {
  if (!scanning || clamd === undefined) return;
  await checkEach(
    heldFiles(storageOf(config)),
    async (key) => await check(clamd, fileIn('held', key)),
    (key, error) => log.error('SCANNER_DOWN', { ...heldFact(key) }, error),
  );
};

/** Which file a line of the log is about, where its key names one of ours. */
const heldFact = (key: string): Arrival | undefined => {
  try {
    return fileIn('held', key);
  } catch {
    return undefined;
  }
};

/** What GuardDuty said. @throws when it came to no verdict: the file stays held, and the alarm of this function says so */
const settle = async ({ file, status, verdict }: Scanned): Promise<void> => {
  if (!verdict) {
    log.error('SCANNER_DOWN', { ...file, reason: status });
    throw new Error(`GuardDuty came to no verdict: ${status}.`);
  }
  say(await follow(file, verdict), file);
};

const follow = (file: Arrival, verdict: Verdict): Promise<Checked> => {
  if ('applicationId' in file) return settleDocument(deps, file, verdict);
  if ('requestId' in file) return settlePaper(deps, file, verdict);
  if ('gateId' in file) return settleScan(deps, file, verdict);
  return settleFile(deps, copyOf(file), verdict);
};

const check = async (address: string, file: Arrival): Promise<void> => {
  say(await ask({ ...deps, scanner: clamdScanner(address) }, file), file);
};

const ask = (withScanner: typeof deps & { scanner: Scanner }, file: Arrival): Promise<Checked> => {
  if ('applicationId' in file) return checkDocument(withScanner, file);
  if ('requestId' in file) return checkPaper(withScanner, file);
  if ('gateId' in file) return checkScan(withScanner, file);
  return checkFile(withScanner, copyOf(file));
};

const say = (checked: Checked, file: Arrival): void => {
  if (checked === 'infected') log.warn('DOCUMENT_INFECTED', file);
  if (checked === 'unreadable') log.warn('DOCUMENT_UNREADABLE', file);
};

/** Redacted copies: who releases one looks whether the scanner let it through. */
const copyOf = ({ redactionOf, documentId }: Extract<Arrival, { redactionOf: unknown }>) => ({
  owner: redactedFiles(redactionOf),
  documentId,
});
