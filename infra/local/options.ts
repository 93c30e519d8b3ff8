import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { regions } from '#infra/aws/regions.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** What a home is started with. */
export type HomeOptions = {
  /** Code of a region, such as KZ-19. */
  region: string;
  /** Of the pages; the operator's is the next one. 0 takes any two free ones. */
  port: number;
  dataFolder: string;
  rehearsal: boolean;
  /** What browsers see, where a proxy stands in front of the home; http://localhost:PORT without one. */
  publicOrigin?: string | undefined;
  /** An engine to use instead of our own. */
  engineEndpoint?: string | undefined;
  /** The mail server of real letters: smtp:// or smtps:// with user and password. */
  smtpUrl?: string | undefined;
  /** Where clamd listens; uploaded files are scanned then. */
  clamdAddress?: string | undefined;
  /** A folder that was synthesized already, instead of synthesizing. */
  assembly?: string | undefined;
};

export const usage = `Usage: npm start -- [--region KZ-19] [--port 3000] [--data FOLDER] [--rehearsal] [--stacks FOLDER]

  --region     the region whose stacks are hosted: ${regions.map(({ code }) => code).join(', ')}
  --port       of the pages; the operator's port is the next one
  --data       where everything is kept; .data/REGION when left out
  --rehearsal  play with time: the operator moves the clock. A folder is real or a rehearsal for ever.
  --stacks     a folder that cdk synth wrote, instead of synthesizing at the start

Environment: PUBLIC_ORIGIN (https://… when a proxy stands in front), DYNAMODB_ENDPOINT (another engine), SMTP_URL (letters),
CLAMD_ADDRESS (scans uploaded files: host:port, or the path of a socket).
`;

/**
 * Reads the command line.
 * @throws HomeFault that says what is wrong with it
 */
export const readOptions = (
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): HomeOptions | 'help' => {
  const values = parse(given);
  if (values.help) return 'help';
  const region = values.region ?? 'KZ-19';
  if (!regions.some(({ code }) => code === region)) {
    throw wrong(`There is no region ${region}; there are ${regions.map(({ code }) => code).join(', ')}.`);
  }
  const port = Number(values.port ?? '3000');
  if (!/^\d+$/.test(values.port ?? '3000') || port > 65_534) {
    throw wrong(`--port must be a number from 0 to 65534, not "${values.port}".`);
  }
  const publicOrigin = environment['PUBLIC_ORIGIN'];
  if (publicOrigin !== undefined && !isOrigin(publicOrigin)) {
    throw wrong(
      `PUBLIC_ORIGIN must be an address without a path, such as https://selection.example, not "${publicOrigin}".`,
    );
  }
  return {
    region,
    port,
    dataFolder: values.data ?? join('.data', region),
    rehearsal: values.rehearsal ?? false,
    publicOrigin,
    engineEndpoint: environment['DYNAMODB_ENDPOINT'],
    smtpUrl: environment['SMTP_URL'],
    clamdAddress: environment['CLAMD_ADDRESS'],
    assembly: values.stacks,
  };
};

const parse = (given: readonly string[]) => {
  try {
    return parseArgs({
      args: [...given],
      options: {
        region: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        rehearsal: { type: 'boolean' },
        stacks: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
};

const wrong = (message: string): HomeFault => new HomeFault(`${message}\n\n${usage}`, exitCodes.usage);

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
