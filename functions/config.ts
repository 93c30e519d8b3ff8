import * as z from 'zod';
import { RegionCode } from '#shared/domain/region.ts';

const name = z.string().min(1);
const machine = z.string().regex(/^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:.+$/);

/** Every environment variable that functions read. Each function is given those it needs, and no other. */
const Environment = z.object({
  REGION_CODE: RegionCode,
  RECORDS_TABLE: name,
  PERSONS_TABLE: name,
  DOCUMENTS_BUCKET: name,
  /** Name of the function that delivers the outbox. */
  OUTBOX_FUNCTION: name,
  /** Alias of the key that signs published results. */
  SIGNING_KEY: name,
  /** Name of the function that looks at what was uploaded. */
  DOCUMENTS_FUNCTION: name,
  /** Name of the function that draws papers. */
  PAPERS_FUNCTION: name,
  SELECTION_ROUND_ARN: machine,
  OFFER_ARN: machine,
  ONBOARDING_ARN: machine,
  /** What browsers see, without a slash at the end; a proxy's address where there is one. */
  PUBLIC_ORIGIN: z.url().transform((url) => url.replace(/\/+$/, '')),
  MAIL_FROM: name,
  /** The configuration set of SES that letters leave under: it tells of those that come back. */
  MAIL_EVENTS: name,
  SCANNING: z.enum(['on', 'off']),
  /** Where clamd listens, `host:port` or the path of a socket; without it somebody else must let held files through. */
  CLAMD_ADDRESS: name,
  /** Where browsers reach the storage when functions reach it elsewhere. */
  BROWSER_S3_ENDPOINT: z.url(),
});
type Environment = z.infer<typeof Environment>;

export type Config = {
  /** @throws naming the variable when this function was not given it */
  need: <Name extends keyof Environment>(name: Name) => Environment[Name];
  optional: <Name extends keyof Environment>(name: Name) => Environment[Name] | undefined;
};

/** Reads the environment once, when a function starts. @throws naming every variable that cannot be right */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Environment.partial().safeParse(env);
  if (!parsed.success) throw new Error(`The environment is wrong.\n${z.prettifyError(parsed.error)}`);
  const values: { [Name in keyof Environment]?: Environment[Name] | undefined } = parsed.data;
  return {
    need: (wanted) => {
      const value = values[wanted];
      if (value === undefined) throw new Error(`The environment variable ${wanted} is not set.`);
      return value;
    },
    optional: (wanted) => values[wanted],
  };
};
