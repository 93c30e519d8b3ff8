import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { asks, invokes, machine, machineArn, openHome } from './home.ts';

/** The real client against the home, as functions and workers use it. */
const openClient = async (home: ReturnType<typeof openHome>): Promise<SFNClient> => {
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { method = '', url = '' } = request;
    const body = Buffer.concat(chunks);
    const answer = await home.service.handle({ method, url, headers, body, caller: { kind: 'operator' } });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'home', secretAccessKey: 'home' },
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return client;
};

test('a round is started, decided and read back through the AWS client', async () => {
  let taskToken = '';
  const home = openHome({
    machines: {
      round: machine({ Read: invokes('read', { Next: 'Gate' }), Gate: asks('openGate', { End: true }) }),
    },
    functions: {
      read: () => ({ stage: 'screening' }),
      openGate: ({ token }) => {
        taskToken = token;
      },
    },
  });
  const client = await openClient(home);
  const stateMachineArn = machineArn('round');

  const { executionArn, startDate } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'KZ-19-r1-1', input: '{"roundId":"r1"}' }),
  );
  await home.settle();
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"advance":true}' }));
  await home.settle();
  const described = await client.send(new DescribeExecutionCommand({ executionArn }));
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));

  expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"advance":true}', name: 'KZ-19-r1-1' });
  expect(startDate?.getTime()).toBe(home.clock.now());
  expect(events[1]).toMatchObject({
    type: 'TaskStateEntered',
    stateEnteredEventDetails: { name: 'Read', input: '{"roundId":"r1"}' },
  });
  await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toBeInstanceOf(
    TaskTimedOut,
  );
  await expect(
    client.send(new StartExecutionCommand({ stateMachineArn, name: 'KZ-19-r1-1', input: '{}' })),
  ).rejects.toBeInstanceOf(ExecutionAlreadyExists);
});
