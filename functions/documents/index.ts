import { default as middy } from '@middy/core';
import { receiveDocument } from '#functions/commands/documents.ts';
import { receiveScan } from '#functions/commands/scans.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { readArrival } from '#functions/documents/arrival.ts';
import { log } from '#functions/log.ts';

const config = readConfig(process.env);
const deps = commandDeps(config);
const scanning = config.need('SCANNING') === 'on';

/** Invoked by EventBridge for each object that arrives in quarantine, at least once and perhaps late. */
export const handler = middy().handler(async (event: unknown): Promise<void> => {
  const arrival = readArrival(event);
  const received =
    'gateId' in arrival
      ? await receiveScan(deps, { ...arrival, scanning })
      : await receiveDocument(deps, { ...arrival, scanning });
  // A refusal is final: nobody waits for the file, which is gone by now.
  if (received.ok) log.info('DOCUMENT_RECEIVED', arrival);
  else log.warn('DOCUMENT_REFUSED', { ...arrival, reason: received.error.kind });
});
