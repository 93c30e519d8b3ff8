import { strFromU8, unzipSync } from 'fflate';

/** What an answer says, also where it is a workbook. */
export const readable = (bytes: Uint8Array): string =>
  bytes[0] === 0x50 && bytes[1] === 0x4b
    ? Object.values(unzipSync(bytes))
        .map((part) => strFromU8(part))
        .join('\n')
    : new TextDecoder().decode(bytes);
