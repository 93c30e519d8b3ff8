import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { MachineName } from '#shared/domain/outbox.ts';
import type { Machines } from '#shared/ports/machines.ts';

export const sfnClient = (): SFNClient => new SFNClient({});

/** The state machines and their executions, in Step Functions. */
export const stepFunctions = ({
  client,
  machineArns,
}: {
  client: SFNClient;
  machineArns: Readonly<Record<MachineName, string>>;
}): Machines => ({
  start: async ({ machine, name, input }) => {
    const command = new StartExecutionCommand({
      stateMachineArn: machineArns[machine],
      name,
      input: JSON.stringify(input),
    });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    });
  },
  state: async ({ machine, name }) => {
    const executionArn = `${machineArns[machine].replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' ? 'running' : 'ended';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'missing';
      throw error;
    }
  },
  signal: async (token, output) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      return 'resumed';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return 'not-waiting';
      throw error;
    }
  },
});
