import type { ScanSays } from '#shared/domain/application-documents.ts';

/**
 * Looks for malware in a file.
 * @throws when the scanner cannot be asked or gives no verdict: nothing is known of the file then
 */
export type Scanner = (bytes: AsyncIterable<Uint8Array>) => Promise<ScanSays>;
