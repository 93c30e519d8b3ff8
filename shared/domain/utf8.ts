/** The text of bytes that are UTF-8, its byte order mark kept so that hash and text agree; undefined when they are not. */
export const readUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

export const byteOrderMark = '\uFEFF';
