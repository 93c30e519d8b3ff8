import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { readHomeFile } from '#infra/local/home-file.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

const usage = `npm run invite -- --role ROLE [OPTIONS]

Prints a one-time enrolment link, good for 48 hours. Give it to one person, by a way that you trust.

  --role ROLE      administrator, chair, secretary, member, auditor, school or coordinator
  --locale CODE    language of the link: kk (default), ru or en
  --data DIR       data folder of the running home (default .data/KZ-19)
  --aws FUNCTION   ask a deployment on AWS instead: the name of its invite function, such as
                   irikteu-kz-19-invite, with the environment's credentials and region
`;

const options = {
  role: { type: 'string' },
  locale: { type: 'string', default: 'kk' },
  data: { type: 'string', default: '.data/KZ-19' },
  aws: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Asked = { role: string; locale: string };

const Link = z.object({ link: z.url(), expiresAt: z.string() });
type Link = z.infer<typeof Link>;

/** The command line. @returns the exit code */
export const main = async (args: string[], print: (line: string) => void): Promise<number> => {
  try {
    const { role, locale, data, aws, help } = readArguments(args);
    if (help) {
      print(usage);
      return 0;
    }
    if (role === undefined) throw new HomeFault(`Which role? Say --role.\n\n${usage}`, exitCodes.usage);
    const { link, expiresAt } = await (aws === undefined
      ? askHome(data, { role, locale })
      : askAws(aws, { role, locale }));
    print(link);
    print(`It works once, until ${expiresAt}. It is kept nowhere: if it is lost, ask for another.`);
    return 0;
  } catch (error) {
    if (!(error instanceof HomeFault)) throw error;
    print(error.message);
    return error.exitCode;
  }
};

const readArguments = (args: string[]) => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new HomeFault(
      `${error instanceof Error ? error.message : 'Wrong options.'}\n\n${usage}`,
      exitCodes.usage,
    );
  }
};

/** Asks the operator's port of the home that runs on a data folder. */
const askHome = async (dataFolder: string, asked: Asked): Promise<Link> => {
  const { operator, operatorSecret } = readHomeFile(dataFolder);
  const response = await fetch(new URL('/invitations', operator), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorSecret}` },
    body: JSON.stringify(asked),
  }).catch(() => {
    throw new HomeFault('The home does not answer. Start it with npm start, then ask again.', exitCodes.data);
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new HomeFault(`No link: ${reasonIn(answer)}`, exitCodes.usage);
  return Link.parse(answer);
};

/** Invokes the deployment's function; whoever may do that may appoint administrators. */
const askAws = async (functionName: string, asked: Asked): Promise<Link> => {
  const { FunctionError, Payload } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(asked)) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  if (FunctionError !== undefined) throw new HomeFault(`No link: ${reasonIn(answer)}`, exitCodes.usage);
  return Link.parse(answer);
};

/** The sentence in a problem document, or in Lambda's error. */
const reasonIn = (answer: unknown): string => {
  const said = z
    .object({
      detail: z.string().optional(),
      title: z.string().optional(),
      errorMessage: z.string().optional(),
    })
    .safeParse(answer);
  const { detail, errorMessage, title } = said.data ?? {};
  return detail ?? errorMessage ?? title ?? 'no reason was given.';
};

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
}
