import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { stepFunctions } from '#functions/adapters/step-functions/machines.ts';

const sfn = mockClient(SFNClient);
afterAll(() => sfn.restore());
afterEach(() => sfn.reset());

const machines = stepFunctions({
  client: new SFNClient({ region: 'eu-central-1' }),
  machineArns: {
    'selection-round': 'arn:aws:states:eu-central-1:111122223333:stateMachine:irikteu-selection-round',
    offer: 'arn:aws:states:eu-central-1:111122223333:stateMachine:irikteu-offer',
    onboarding: 'arn:aws:states:eu-central-1:111122223333:stateMachine:irikteu-onboarding',
  },
});
const ofRound = { machine: 'selection-round', name: 'KZ-19-R1-1' } as const;
const ofOffer = { machine: 'offer', name: 'a' } as const;
const said = { message: '', $metadata: {} };

describe('executions in Step Functions', () => {
  it('starts an execution by its name', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    await machines.start({ ...ofRound, input: { roundId: 'R1' } });

    expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: 'arn:aws:states:eu-central-1:111122223333:stateMachine:irikteu-selection-round',
      name: 'KZ-19-R1-1',
      input: '{"roundId":"R1"}',
    });
  });

  it('takes one that exists already as started, and passes on everything else', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejectsOnce(new ExecutionAlreadyExists(said))
      .rejects(new Error('no machine'));

    await expect(machines.start({ ...ofRound, input: {} })).resolves.toBeUndefined();
    await expect(machines.start({ ...ofRound, input: {} })).rejects.toThrow('no machine');
  });

  it('tells running, ended and missing executions apart', async () => {
    sfn
      .on(DescribeExecutionCommand)
      .resolvesOnce({ status: 'RUNNING' })
      .resolvesOnce({ status: 'FAILED' })
      .rejectsOnce(new ExecutionDoesNotExist(said));

    const states = [
      await machines.state(ofOffer),
      await machines.state(ofOffer),
      await machines.state(ofOffer),
    ];

    expect(states).toEqual(['running', 'ended', 'missing']);
    expect(sfn.commandCalls(DescribeExecutionCommand)[0]?.args[0].input.executionArn).toBe(
      'arn:aws:states:eu-central-1:111122223333:execution:irikteu-offer:a',
    );
  });

  it('says whether a waiting task was resumed', async () => {
    sfn
      .on(SendTaskSuccessCommand)
      .resolvesOnce({})
      .rejectsOnce(new TaskTimedOut(said))
      .rejectsOnce(new TaskDoesNotExist(said))
      .rejectsOnce(new InvalidToken(said));

    expect(await machines.signal('token', { outcome: 'cancelled' })).toBe('resumed');
    expect(await machines.signal('token', {})).toBe('not-waiting');
    expect(await machines.signal('token', {})).toBe('not-waiting');
    await expect(machines.signal('token', {})).rejects.toBeInstanceOf(InvalidToken);
  });
});
