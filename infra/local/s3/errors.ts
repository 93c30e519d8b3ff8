/** The errors of the S3 API that the home answers, each with its HTTP status ("Error Responses", S3 API reference). */
const statusOf = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MaxMessageLengthExceeded: 400,
  MaxPostPreDataLengthExceeded: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentChecksumMismatch: 400,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3ErrorCode = keyof typeof statusOf;

export class S3Error extends Error {
  readonly code: S3ErrorCode;
  readonly status: number;
  /** Elements of the answer besides Code and Message, such as ProposedSize. */
  readonly facts: Record<string, string>;
  constructor(
    code: S3ErrorCode,
    message: string,
    facts: Record<string, string> = {},
    status: number = statusOf[code],
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}

const outOfSpace = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Whether a write failed because nothing more fits on the disk or in its quota. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && outOfSpace.has(error.code);

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
