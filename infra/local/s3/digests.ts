/** Digests of what is stored: MD5 for the ETag always, and whatever the sender declared, computed while bytes pass. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './errors.ts';

type ChecksumName = 'crc32' | 'sha1' | 'sha256';
const checksumNames: readonly ChecksumName[] = ['crc32', 'sha1', 'sha256'];

/** What the sender said that the bytes are. Values in base64 except `payloadSha256`, which the signature has in hex. */
export type Declared = {
  md5?: string;
  payloadSha256?: string;
  checksums: Partial<Record<ChecksumName, string>>;
  /** A checksum that is computed although its value comes only after the bytes, or never. */
  wanted: ChecksumName[];
};

export type Digests = { md5: Buffer; sha256?: Buffer; checksums: Partial<Record<ChecksumName, string>> };

export type Hashing = { update: (chunk: Buffer) => void; done: () => Digests };

const checksumHeader = 'x-amz-checksum-';

/** Reads the declarations from headers (or form fields) by lower-case name. */
export const declaredIn = (get: (name: string) => string | undefined): Declared => {
  const declared: Declared = { checksums: {}, wanted: [] };
  const md5 = get('content-md5');
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
      throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.');
    }
    declared.md5 = md5;
  }
  for (const name of checksumNames) {
    const value = get(checksumHeader + name);
    if (value !== undefined) declared.checksums[name] = value;
  }
  const trailer = get('x-amz-trailer')?.toLowerCase();
  if (trailer !== undefined) declared.wanted.push(checksumOfTrailer(trailer));
  for (const unknown of ['crc32c', 'crc64nvme']) {
    if (get(checksumHeader + unknown) !== undefined) throw notHosted(unknown);
  }
  return declared;
};

const checksumOfTrailer = (trailer: string): ChecksumName => {
  const name = checksumNames.find((each) => trailer === checksumHeader + each);
  if (!name) throw notHosted(trailer);
  return name;
};

const notHosted = (name: string): S3Error =>
  new S3Error('NotImplemented', `The checksum ${name} is not computed here; use crc32, sha1 or sha256.`);

export const hashing = (declared: Declared): Hashing => {
  const names = new Set([...declared.wanted, ...Object.keys(declared.checksums)]);
  const md5 = createHash('md5');
  const sha1 = names.has('sha1') ? createHash('sha1') : undefined;
  const sha256 =
    names.has('sha256') || declared.payloadSha256 !== undefined ? createHash('sha256') : undefined;
  let cyclic = 0;
  return {
    update: (chunk) => {
      md5.update(chunk);
      sha1?.update(chunk);
      sha256?.update(chunk);
      if (names.has('crc32')) cyclic = crc32(chunk, cyclic);
    },
    done: () => {
      const whole = sha256?.digest();
      const checksums: Digests['checksums'] = {};
      if (names.has('crc32')) checksums.crc32 = cyclicText(cyclic);
      if (sha1) checksums.sha1 = sha1.digest('base64');
      if (whole && names.has('sha256')) checksums.sha256 = whole.toString('base64');
      return { md5: md5.digest(), checksums, ...(whole && { sha256: whole }) };
    },
  };
};

const cyclicText = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
};

/** Compares what came with what was declared, in headers before the bytes and in trailers after them. */
export const checkDigests = (
  digests: Digests,
  declared: Declared,
  trailers: ReadonlyMap<string, string>,
): void => {
  if (declared.md5 !== undefined && digests.md5.toString('base64') !== declared.md5) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (declared.payloadSha256 !== undefined && digests.sha256?.toString('hex') !== declared.payloadSha256) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  for (const name of checksumNames) {
    const said = declared.checksums[name] ?? trailers.get(checksumHeader + name);
    const missing = said === undefined && declared.wanted.includes(name);
    if (missing || (said !== undefined && said !== digests.checksums[name])) {
      throw new S3Error(
        'BadDigest',
        `The ${name.toUpperCase()} you specified did not match what we received.`,
      );
    }
  }
};
