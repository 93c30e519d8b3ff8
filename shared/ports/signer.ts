/** The key of the region, wherever it lies; nobody but its keeper ever has the private half. */
export type Signer = {
  /** SubjectPublicKeyInfo of P-256, in DER. */
  publicKey: () => Promise<Uint8Array>;
  /** ECDSA with SHA-256 over the text in UTF-8, at most 4,096 bytes; ECDSA-Sig-Value in DER. */
  sign: (text: string) => Promise<Uint8Array>;
};
