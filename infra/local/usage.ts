import type { IncomingMessage } from 'node:http';
import { unitsOf } from '#infra/local/endpoint/capacity.ts';
import type { Invoke, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';
import type { FunctionDescription } from '#infra/local/template/description.ts';

/** What AWS would have billed since somebody first asked: how much of what, by name. */
export type Usage = ReturnType<typeof createUsage>;

type Service = (request: ServiceRequest) => Promise<ServiceAnswer>;

/**
 * Counts on the wire, so that nothing that is used can be forgotten; from the first time that somebody asks, since weighing
 * every item takes a good part of what answering takes.
 */
export const createUsage = () => {
  const counts = new Map<string, number>();
  let isAskedFor = false;
  const add = (name: string, amount = 1): void => {
    if (isAskedFor) counts.set(name, (counts.get(name) ?? 0) + amount);
  };

  return {
    counts: (): Record<string, number> => {
      isAskedFor = true;
      return Object.fromEntries(counts);
    },

    /** DynamoDB by its request units; a call that failed is not billed. */
    dynamodb:
      (service: Service): Service =>
      async (request) => {
        const answer = await service(request);
        const operation = operationOf(request);
        add(`dynamodb.${operation}`);
        if (isAskedFor && answer.status === 200) {
          const [asked, given] = [request.body, answer.body].map((body) => JSON.parse(body.toString()));
          const { read, write } = unitsOf(operation, asked, given);
          add('dynamodb.readUnits', read);
          add('dynamodb.writeUnits', write);
        }
        return answer;
      },

    letters:
      (service: Service): Service =>
      async (request) => {
        const answer = await service(request);
        if (answer.status === 200) add('ses.letters');
        return answer;
      },

    /** Storage by its methods; a copy is a put. */
    storage: ({ method = 'GET' }: IncomingMessage): void => add(`s3.${method}`),

    /** Functions by their invocations; how long one takes here says nothing of how long it takes there. */
    functions:
      (invoke: Invoke, find: (name: string) => FunctionDescription | undefined): Invoke =>
      (name, payload, patience) => {
        add(`lambda.${find(name)?.logicalId ?? 'unknown'}.requests`);
        return invoke(name, payload, patience);
      },

    /** What functions write to their logs. */
    logged: (text: string): void => add('logs.bytes', Buffer.byteLength(text)),
  };
};

/** `DynamoDB_20120810.GetItem`, without its version. */
const operationOf = ({ headers }: ServiceRequest): string =>
  headers['x-amz-target']?.split('.').at(-1) ?? 'unknown';
