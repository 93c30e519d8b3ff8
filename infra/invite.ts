import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { askOperator, command, reasonIn, runAsProcess, wrongUsage } from '#infra/local/command.ts';
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
} as const;

type Asked = { role: string; locale: string };

const Link = z.object({ link: z.url(), expiresAt: z.string() });
type Link = z.infer<typeof Link>;

/** The command line. */
export const main = command({ usage, options }, async ({ role, locale, data, aws }, print) => {
  if (role === undefined) throw wrongUsage('Which role? Say --role.', usage);
  const asked = { role, locale };
  const { link, expiresAt } = await (aws === undefined
    ? askOperator(data, { path: '/invitations', body: asked, Answer: Link, otherwise: 'No link' })
    : askAws(aws, asked));
  print(link);
  print(`It works once, until ${expiresAt}. It is kept nowhere: if it is lost, ask for another.`);
  return 0;
});

/** Invokes the deployment's function; whoever may do that may appoint administrators. */
const askAws = async (functionName: string, asked: Asked): Promise<Link> => {
  const { FunctionError, Payload } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(asked)) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  if (FunctionError !== undefined) throw new HomeFault(`No link: ${reasonIn(answer)}`, exitCodes.usage);
  return Link.parse(answer);
};

if (import.meta.main) await runAsProcess(main);
