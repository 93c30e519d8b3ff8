/** A piece of a picture's file: one that stays, or one that is taken out and may leave another in its place. */
export type Part = { keeps: Uint8Array } | { takes: Uint8Array; leaves?: Uint8Array | undefined };

/** A piece in whose place a smaller one stands, or none; the very same stays as it is. */
export const replaced = (whole: Uint8Array, leaves: Uint8Array | undefined): Part =>
  leaves?.length === whole.length && leaves.every((byte, index) => byte === whole[index])
    ? { keeps: whole }
    : { takes: whole, leaves };

export const bytesOf = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));
