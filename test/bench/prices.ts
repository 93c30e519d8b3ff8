/** One thing that AWS bills, with its price in US dollars. */
type Price = { what: string; dollars: number; source: string };

/**
 * List prices of us-east-1 on demand, without any free tier, as of November 2026: what PERFORMANCE figures are given in.
 * The price of Step Functions was compared with AWS's own page on 26 November 2026; compare the others before a budget
 * stands on them.
 */
export const prices = {
  httpRequest: {
    what: 'HTTP API requests',
    dollars: 1.0e-6,
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  lambdaRequest: {
    what: 'Lambda requests',
    dollars: 0.2e-6,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  gigabyteSecond: {
    what: 'Lambda GB-s (arm64; estimated)',
    dollars: 13.3334e-6,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  writeUnit: {
    what: 'DynamoDB write units',
    dollars: 0.625e-6,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  readUnit: {
    what: 'DynamoDB read units',
    dollars: 0.125e-6,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  transition: {
    what: 'Step Functions transitions',
    dollars: 25e-6,
    source: 'https://aws.amazon.com/step-functions/pricing/',
  },
  storagePut: { what: 'S3 writes', dollars: 5e-6, source: 'https://aws.amazon.com/s3/pricing/' },
  storageGet: { what: 'S3 reads', dollars: 0.4e-6, source: 'https://aws.amazon.com/s3/pricing/' },
  logByte: {
    what: 'bytes of logs',
    dollars: 0.5e-9,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  letter: { what: 'letters (SES)', dollars: 100e-6, source: 'https://aws.amazon.com/ses/pricing/' },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof prices;

/** In the order of the table. */
export const priced = [
  'httpRequest',
  'lambdaRequest',
  'gigabyteSecond',
  'writeUnit',
  'readUnit',
  'transition',
  'storagePut',
  'storageGet',
  'logByte',
  'letter',
] as const satisfies readonly Priced[];
